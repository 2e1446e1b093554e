import { useLocation } from 'preact-iso';
import { ProblemNotice } from '../../shared/notice.tsx';
import { openKeyDialog, PageFrame } from '../../shared/page-frame.tsx';
import { useAnswer } from '../../shared/use-answer.ts';
import { readCompared, writeCompared, type Compared } from './compared.ts';
import { DatasetPart } from './dataset-part.tsx';
import { DifferencePart } from './difference-part.tsx';
import './releases.css';
import { releasesQuery, type ReleasesAnswer } from './releases-query.ts';

/** The data sets with their releases, and what moved between two of them. */
export function ReleasesPage() {
  const { url, route } = useLocation();
  const { answer, problem, loading, retry } = useAnswer<ReleasesAnswer>(releasesQuery);
  const datasets = answer?.data.datasets ?? [];
  const compared = readCompared(new URL(url, location.origin).search, datasets);
  const change = (part: Partial<Compared>): void => {
    if (compared !== null) route(`/releases?${writeCompared({ ...compared, ...part })}`, true);
  };
  return (
    <PageFrame place="/releases" title="Releases">
      <h1>Data sets and their releases</h1>
      <p class="lead">
        A release never changes, so a number can be looked up again. Each says what it holds and how to cite
        it; feeds tell of new ones.
      </p>
      {problem !== null && <ProblemNotice problem={problem} onRetry={retry} onKey={openKeyDialog} />}
      <p role="status" class={loading && answer === null ? 'hint' : 'visually-hidden'}>
        {loading ? 'Loading the releases …' : `${datasets.length} data sets.`}
      </p>
      {answer !== null && (
        <>
          <p class="small">
            <a href="/feeds/releases.atom">Atom feed of all data sets</a>
          </p>
          {datasets.map((dataset) => (
            <DatasetPart key={dataset.id} dataset={dataset} />
          ))}
          <DifferencePart datasets={datasets} compared={compared} onChange={change} />
        </>
      )}
    </PageFrame>
  );
}
