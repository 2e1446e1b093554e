import { useState } from 'preact/hooks';
import { Chart } from '../../shared/chart.tsx';
import { type Download, Downloads } from '../../shared/downloads.tsx';
import { Notice, ProblemNotice, WithheldNotice } from '../../shared/notice.tsx';
import { openKeyDialog } from '../../shared/page-frame.tsx';
import { RowsTable } from '../../shared/rows-table.tsx';
import { useAnswer } from '../../shared/use-answer.ts';
import { CopyButton } from '../copy-button.tsx';
import { chartOfAnswer, drawablesOf, type UsageRow } from './chart-of-answer.ts';
import type { Choice } from './choice.ts';
import type { Metadata } from './metadata.ts';

interface UsageAnswer {
  readonly usage: {
    readonly rows: readonly UsageRow[];
    readonly totalRows: number;
    readonly meta: {
      readonly release: { readonly id: string };
      readonly from: string;
      readonly to: string;
      readonly shareOf: string;
      readonly comparedTo: string | null;
      readonly truncated: boolean;
      readonly withheld: {
        readonly cells: number;
        readonly tokenShare: number | null;
        readonly minimumUsers: number;
      } | null;
      readonly warnings: readonly string[];
    };
    readonly citation: { readonly text: string; readonly bibtex: string };
    readonly csv: string;
    readonly jsonLines: string;
    readonly parquet: string;
    readonly arrow: string;
  };
}

export interface ResultsProps {
  readonly document: string;
  /** What the document was written from. */
  readonly choice: Choice;
  readonly metadata: Metadata;
  readonly isStale: boolean;
}

/** The answer as chart and table. */
export function Results({ document, choice, metadata, isStale }: ResultsProps) {
  const { answer, problem, loading, retry } = useAnswer<UsageAnswer>(document);
  const [asked, setAsked] = useState<readonly [UsageAnswer, Choice] | null>(null);
  // The rows of one question must not be drawn by the choice of the next.
  if (answer !== null && !loading && problem === null && asked?.[0] !== answer.data)
    setAsked([answer.data, choice]);
  return (
    <section class="results" aria-label="Answer" aria-busy={loading}>
      {problem !== null && <ProblemNotice problem={problem} onRetry={retry} onKey={openKeyDialog} />}
      {loading && <p role="status">Running …</p>}
      {isStale && !loading && <p class="hint">The query was changed since: run it again.</p>}
      {answer !== null && problem === null && asked !== null && (
        <>
          <Drawing usage={asked[0].usage} choice={asked[1]} metadata={metadata} />
          {answer.cost !== null && (
            <p class="hint">
              Cost {answer.cost.actual.toLocaleString('en')} points, at most{' '}
              {answer.cost.requested.toLocaleString('en')} before.
            </p>
          )}
        </>
      )}
    </section>
  );
}

interface DrawingProps extends Pick<ResultsProps, 'choice' | 'metadata'> {
  readonly usage: UsageAnswer['usage'];
}

function Drawing({ usage, choice, metadata }: DrawingProps) {
  const { rows, totalRows, meta, citation } = usage;
  const drawables = drawablesOf(choice, metadata);
  const [field, setField] = useState('');
  const drawable = drawables.find((each) => each.field === field) ?? drawables[0];
  const chart = drawable === undefined ? null : chartOfAnswer(rows, choice, metadata, drawable);
  if (rows.length === 0) return <Notice>The data hold nothing for this.</Notice>;
  return (
    <>
      {drawables.length > 1 && (
        <label class="inline">
          <span class="field-name">Draw</span>
          <select value={drawable?.field} onChange={({ currentTarget }) => setField(currentTarget.value)}>
            {drawables.map(({ field: name, title }) => (
              <option key={name} value={name}>
                {title}
              </option>
            ))}
          </select>
        </label>
      )}
      {chart !== null && drawable !== undefined && (
        <Chart
          spec={chart.spec}
          rows={chart.rows}
          label={drawable.title}
          fileName="usage"
          tableId="answer-rows"
        />
      )}
      {chart !== null && chart.leftOut > 0 && (
        <p class="hint">
          The chart leaves out the {chart.leftOut.toLocaleString('en')} smallest groups, which are in the
          table. A top would sum them up as others.
        </p>
      )}
      {meta.withheld !== null && <WithheldNotice {...meta.withheld} />}
      {meta.warnings.map((warning) => (
        <Notice key={warning}>{warning}</Notice>
      ))}
      <p class="hint">
        {meta.from} to before {meta.to}.{choice.share === null ? '' : ` Shares: ${meta.shareOf}`}
        {meta.comparedTo === null ? '' : ` Compared with: ${meta.comparedTo}`}
        {meta.truncated &&
          ` The first ${rows.length.toLocaleString('en')} of ${totalRows.toLocaleString('en')} rows.`}
      </p>
      <RowsTable rows={rows} caption="Rows of the answer" id="answer-rows" />
      <Downloads title="the answer" downloads={downloadsOf(usage)} />
      <h2>How to cite</h2>
      <p>{citation.text}</p>
      <p>
        <CopyButton text={citation.text} name="sentence" />{' '}
        <CopyButton text={citation.bibtex} name="BibTeX" />
      </p>
    </>
  );
}

function downloadsOf({ csv, jsonLines, parquet, arrow }: UsageAnswer['usage']): Download[] {
  const report = 'usage';
  return [
    { report, format: 'CSV', url: csv },
    { report, format: 'JSONL', url: jsonLines },
    { report, format: 'PARQUET', url: parquet },
    { report, format: 'ARROW', url: arrow },
  ];
}
