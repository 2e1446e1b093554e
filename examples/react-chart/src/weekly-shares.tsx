import { lazy, Suspense, useMemo } from 'react';
import { Loading } from './loading.tsx';
import { ProblemNotice } from './problem-notice.tsx';
import { ReportNotices } from './report-notices.tsx';
import { SharesTable } from './shares-table.tsx';
import { SourceNote } from './source-note.tsx';
import { useAnswer } from './use-answer.ts';
import { type UsageReport, weeklySharesQuery } from './weekly-shares-query.ts';
import { partsOf } from './weekly-parts.ts';

/** Most of the scripts are the drawing library: it comes when there is something to draw. */
const SharesChart = lazy(() => import('./shares-chart.tsx'));

interface WeeklySharesProps {
  readonly apiKey: string | null;
  readonly dataset: string | null;
}

/** Asks, and shows what became of it. */
export function WeeklyShares({ apiKey, dataset }: WeeklySharesProps) {
  const answer = useAnswer(weeklySharesQuery, { dataset }, apiKey);
  switch (answer.state) {
    case 'LOADING':
      return <Loading />;
    case 'REFUSED':
      return <ProblemNotice problem={answer.problem} onRetry={answer.retry} />;
    case 'ANSWERED':
      return <Report report={answer.result.usage} />;
  }
}

/** What must be seen with the numbers comes before them, where they come from below. */
function Report({ report }: { readonly report: UsageReport }) {
  const parts = useMemo(() => partsOf(report), [report]);
  return (
    <>
      <ReportNotices report={report} hasIncomplete={parts.some(({ complete }) => !complete)} />
      <Suspense fallback={<Loading />}>
        <SharesChart parts={parts} />
      </Suspense>
      <SharesTable parts={parts} />
      <SourceNote report={report} />
    </>
  );
}
