import { ProblemNotice } from '../../shared/notice.tsx';
import { openKeyDialog } from '../../shared/page-frame.tsx';
import { RowsTable } from '../../shared/rows-table.tsx';
import { useAnswer } from '../../shared/use-answer.ts';
import { inWords } from '../build/chart-of-answer.ts';
import type { Compared } from './compared.ts';
import {
  differenceQuery,
  type Difference,
  type DifferenceAnswer,
  type DifferenceRow,
} from './difference-query.ts';

/** What moved: days, sums, groups, names and definitions. */
export function DifferenceAnswerPart({ compared }: { readonly compared: Compared }) {
  const isSame = compared.from === compared.to;
  const { answer, problem, loading, retry } = useAnswer<DifferenceAnswer>(isSame ? null : differenceQuery, {
    ...compared,
  });
  if (isSame) return <p class="notice">Choose two different releases.</p>;
  if (problem !== null) return <ProblemNotice problem={problem} onRetry={retry} onKey={openKeyDialog} />;
  if (answer === null) return <p role="status">{loading ? 'Comparing …' : ''}</p>;
  const { daysAdded, daysGone, totals, rows, revisedDays, models, authors, rollups } =
    answer.data.releaseDifference;
  return (
    <div aria-busy={loading}>
      <ul>
        <li>
          {count(daysAdded, 'day')} more, {count(daysGone, 'day')} gone, {count(revisedDays.totalRows, 'day')}{' '}
          revised.
        </li>
        <EntityLines noun="Models" entities={models} />
        <EntityLines noun="Authors" entities={authors} />
        <li>
          {rollups.length === 0
            ? 'Counted by the same definitions.'
            : `Counted by other definitions: ${rollups.map(({ name }) => name).join(', ')}.`}
        </li>
      </ul>
      <h3>Sums</h3>
      <RowsTable
        rows={totals.map(({ field, unit, ...change }) => ({ measure: inWords(field), unit, ...change }))}
        caption="Sums of both releases"
      />
      <h3>{compared.groupBy === null ? 'All together' : `By ${inWords(compared.groupBy).toLowerCase()}`}</h3>
      <MovedRows
        rows={rows.rows}
        total={rows.totalRows}
        caption={`${inWords(compared.measure)} that moved`}
        none="Nothing moved."
      />
      <h3>Revised days</h3>
      <MovedRows
        rows={revisedDays.rows}
        total={revisedDays.totalRows}
        caption="Days that were revised"
        none="No day that both cover was revised."
      />
    </div>
  );
}

interface MovedRowsProps {
  readonly rows: readonly DifferenceRow[];
  readonly total: number;
  readonly caption: string;
  readonly none: string;
}

/** The largest changes first. */
function MovedRows({ rows, total, caption, none }: MovedRowsProps) {
  if (rows.length === 0) return <p>{none}</p>;
  const isTimed = rows.some(({ periodStart }) => periodStart !== null);
  const isGrouped = rows.some(({ id }) => id !== null);
  return (
    <>
      {total > rows.length && (
        <p class="hint">
          The {rows.length} largest changes of {total.toLocaleString('en')}.
        </p>
      )}
      <RowsTable
        rows={rows.map(({ id, name, periodStart, status, ...change }) => ({
          ...(isTimed && { day: periodStart }),
          ...(isGrouped && { group: name ?? id }),
          status,
          ...change,
        }))}
        caption={caption}
        missing="none"
      />
    </>
  );
}

function EntityLines({ noun, entities }: { readonly noun: string; readonly entities: Difference['models'] }) {
  const { added, gone, renamed, relabelled } = entities;
  const parts = [
    ['new', added.map(({ name }) => name)],
    ['gone', gone.map(({ name }) => name)],
    ['renamed', renamed.map(({ before, after }) => `${before.name} to ${after.name}`)],
    ['relabelled, and so counted in other groups', relabelled.map(({ after }) => after.name)],
  ] as const;
  const said = parts.filter(([, names]) => names.length > 0);
  if (said.length === 0) return <li>{noun}: the same.</li>;
  return (
    <li>
      {noun}: {said.map(([what, names]) => `${names.length} ${what} (${shortened(names)})`).join('; ')}.
    </li>
  );
}

const mostNames = 8;

function shortened(names: readonly string[]): string {
  const shown = names.slice(0, mostNames).join(', ');
  return names.length > mostNames ? `${shown} and ${names.length - mostNames} more` : shown;
}

function count(number: number, noun: string): string {
  return `${number.toLocaleString('en')} ${noun}${number === 1 ? '' : 's'}`;
}
