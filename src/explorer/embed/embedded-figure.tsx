import { useCallback, useEffect, useRef, useState } from 'preact/hooks';
import { Chart } from '../shared/chart.tsx';
import { ProblemNotice } from '../shared/notice.tsx';
import { Problem } from '../shared/problem.ts';
import type { Asked } from './asked.ts';
import { askChart, type ChartFile, type ChartSource } from './chart-file.ts';
import { useFrame } from './use-frame.ts';

/** One chart with its source, as large as its frame. */
export function EmbeddedFigure({ asked }: { readonly asked: Asked }) {
  const content = useRef<HTMLElement>(null);
  const height = useFrame(content);
  const { chart, problem, retry } = useChart(asked);
  return (
    <main class="embed" ref={content}>
      {problem !== null && <ProblemNotice problem={problem} onRetry={retry} />}
      {chart === null && problem === null && (
        <p class="hint" role="status">
          Loading the figure …
        </p>
      )}
      {chart !== null && <DrawnChart chart={chart} asked={asked} height={height} />}
    </main>
  );
}

interface DrawnChartProps {
  readonly chart: ChartFile;
  readonly asked: Asked;
  readonly height: number;
}

function DrawnChart({ chart, asked, height }: DrawnChartProps) {
  const { datasets, usermeta, ...spec } = chart;
  const { figure, panel, dataset, release, licence } = usermeta.source;
  const heading = asked.parameters.panel === undefined ? figure.title : panel.title;
  const hasRows = Object.values(datasets).some((rows) => rows.length > 0);
  useEffect(() => {
    document.title = `${figure.number}: ${heading}`;
  }, [figure.number, heading]);
  return (
    <>
      <header>
        <h1>{heading}</h1>
        {dataset.synthetic && (
          <strong class="synthetic-mark" title="Made by a simulator: no measurements of any real use.">
            Synthetic
          </strong>
        )}
      </header>
      {hasRows ? (
        <Chart
          spec={spec}
          rows={datasets}
          label={`${figure.number}: ${heading}`}
          fileName={figure.id}
          height={height}
          bare
        />
      ) : (
        <p class="notice">The data hold nothing for this.</p>
      )}
      <footer>
        Source: {dataset.title}, release {release} ({licence}).{' '}
        <a href={pageOf(usermeta.source, asked)} target="_blank" rel="noopener">
          {figure.number}: data and how to cite
        </a>
      </footer>
    </>
  );
}

/** The figure's own page, of the same release, so that it shows the same numbers. */
function pageOf({ figure, dataset, release }: ChartSource, { parameters }: Asked): string {
  const query = new URLSearchParams({ ...parameters, dataset: dataset.id, release });
  return `/figures/${figure.id}?${query.toString()}`;
}

function useChart(asked: Asked) {
  const [chart, setChart] = useState<ChartFile | null>(null);
  const [problem, setProblem] = useState<Problem | null>(null);
  const [round, setRound] = useState(0);
  const retry = useCallback(() => setRound((count) => count + 1), []);
  useEffect(() => {
    const abort = new AbortController();
    setProblem(null);
    askChart(asked, abort.signal).then(setChart, (error: unknown) => {
      if (!abort.signal.aborted) setProblem(asProblem(error));
    });
    return () => abort.abort();
  }, [round]);
  return { chart, problem, retry };
}

function asProblem(error: unknown): Problem {
  return error instanceof Problem ? error : new Problem('UNREADABLE', String(error));
}
