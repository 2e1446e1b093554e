import { useLocation, useRoute } from 'preact-iso';
import { useMemo } from 'preact/hooks';
import { filterOf, readAddress, writeAddress, type FigureAddress } from '../../shared/address.ts';
import { preloadCharts } from '../../shared/draw.ts';
import { ProblemNotice, SyntheticNotice } from '../../shared/notice.tsx';
import { openKeyDialog, PageFrame } from '../../shared/page-frame.tsx';
import { useAnswer } from '../../shared/use-answer.ts';
import { datasetOf } from '../datasets.ts';
import { FidelityPart } from './fidelity-part.tsx';
import { FigureCitation } from './figure-citation.tsx';
import { figureQuery, type FigureAnswer } from './figure-query.ts';
import { NotCovered } from './not-covered.tsx';
import { PanelPart } from './panel-part.tsx';
import { QueryPart } from './query-part.tsx';
import { ViewForm } from './view-form.tsx';

preloadCharts();

/** One figure: its chart, what it may be asked for, its query, rows, published values and citation. */
export function FigurePage() {
  const { url, route } = useLocation();
  const id = useRoute().params.id ?? '';
  const search = new URL(url, location.origin).search;
  const address = useMemo(() => readAddress(search), [search]);
  const { answer, problem, loading, retry } = useAnswer<FigureAnswer>(figureQuery, variablesOf(id, address));
  const change = (part: Partial<FigureAddress>): void =>
    route(`/figures/${id}${writeAddress({ ...address, ...part })}`);

  const datasets = answer?.data.datasets ?? [];
  const figure = answer?.data.figure ?? null;
  const dataset = figure === null ? undefined : datasetOf(datasets, figure.coverage.release);
  const title = figure === null ? 'Figure' : `${figure.number}: ${figure.title}`;
  return (
    <PageFrame place="/" title={title}>
      {figure !== null && (
        <header>
          <p class="hint">{figure.section}</p>
          <h1>
            <span class="card-number">{figure.number}</span> {figure.title}
          </h1>
          <p class="lead">{figure.question}</p>
        </header>
      )}
      {problem !== null && <ProblemNotice problem={problem} onRetry={retry} onKey={openKeyDialog} />}
      {answer !== null && figure === null && <p>There is no figure {id}.</p>}
      {problem !== null && figure === null && hasView(address) && (
        <p>
          <a href={`/figures/${id}`}>Show the figure without filters and dates</a>
        </p>
      )}
      <p role="status" class={loading && figure === null ? 'hint' : 'visually-hidden'}>
        {loading ? 'Loading the figure…' : figure === null ? '' : `${figure.title} is drawn.`}
      </p>
      {figure !== null && dataset !== undefined && (
        <div aria-busy={loading}>
          {dataset.synthetic && <SyntheticNotice title={dataset.title} />}
          <ViewForm
            figure={figure}
            address={address}
            datasets={datasets}
            dataset={dataset}
            onChange={change}
          />
          {figure.coverage.covered ? (
            <div class={figure.panels.length > 1 ? 'panels' : ''}>
              {figure.panels.map((panel) => (
                <PanelPart
                  key={panel.key}
                  figure={figure}
                  panel={panel}
                  address={address}
                  onChange={change}
                />
              ))}
            </div>
          ) : (
            <NotCovered figure={figure} datasets={datasets} dataset={dataset} />
          )}
          <QueryPart figure={figure} release={figure.coverage.release} dataset={dataset.id} />
          <FidelityPart figure={figure} />
          <FigureCitation release={figure.coverage.release} />
        </div>
      )}
    </PageFrame>
  );
}

function variablesOf(id: string, address: FigureAddress): Record<string, unknown> {
  const { dataset, release, panel, from, to, grain, where } = address;
  return {
    id,
    dataset,
    release,
    panels: panel === null ? null : [panel],
    from,
    to,
    grain,
    where: filterOf(where),
  };
}

function hasView({ panel, from, to, grain, where }: FigureAddress): boolean {
  return [panel, from, to, grain].some((part) => part !== null) || Object.keys(where).length > 0;
}
