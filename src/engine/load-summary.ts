import { AtlasError } from '../errors.ts';
import type { RefusedRow } from '../events/event-row.ts';
import type { Engine } from './engine.ts';
import { exactCount } from './engine.ts';

/** Rows refused for the same reason. */
export interface RefusalCount {
  /** The file's own column name, or null where the whole row is at fault. */
  field: string | null;
  code: RefusedRow['code'];
  count: number;
  firstLine: number;
  /** That of the first line. */
  reason: string;
}

/** What became of a file. */
export interface LoadSummary {
  /** Null where the file held nothing new: then the store is as it was. */
  loadId: number | null;
  rowsRead: number;
  accepted: number;
  alreadyLoaded: number;
  refused: number;
  /** Rows in order that are not counted: labels of too little confidence. */
  dropped: number;
  /** The most frequent first. */
  refusedByReason: RefusalCount[];
  /** Of the accepted rows, as are the following. */
  totalTokens: number;
  /** Decimal text; null where no accepted row carries its spend. */
  spendUsd: string | null;
  /** First UTC day, `YYYY-MM-DD`; null for labels, which have no day of their own. */
  from: string | null;
  /** The day after the last. */
  to: string | null;
}

/** Counts the refusals of the load that is being committed. */
export async function countRefusals(engine: Engine): Promise<RefusalCount[]> {
  const rows = await engine.rows<{
    field: string | null;
    code: RefusedRow['code'];
    rows: string;
    first_line: string;
    reason: string;
  }>(
    'load.count_refusals',
    `SELECT field, code, count() AS rows, min(line) AS first_line, argMin(reason, line) AS reason
     FROM staged_refusals GROUP BY field, code ORDER BY rows DESC, first_line`,
  );
  return rows.map(({ field, code, rows: count, first_line, reason }) => ({
    field,
    code,
    count: exactCount(count),
    firstLine: exactCount(first_line),
    reason,
  }));
}

/** Why a load with too many refused rows changed nothing, with its first refusals to look at. */
export async function tooManyRefused(
  engine: Engine,
  load: { file: string; rowsRead: number; refused: number; maxRefusedShare: number },
  refusedByReason: readonly RefusalCount[],
): Promise<AtlasError> {
  const firstRefusals = await engine.rows(
    'load.first_refusals',
    'SELECT toUInt32(line) AS line, field, code, reason FROM staged_refusals ORDER BY line LIMIT 20',
  );
  const kinds = refusedByReason.slice(0, 5).map(describeRefusals);
  return new AtlasError(
    'TOO_MANY_REFUSED',
    `${load.file}: ${load.refused} of ${load.rowsRead} rows were refused (${percent(load.refused / load.rowsRead)}, ` +
      `at most ${percent(load.maxRefusedShare)} are allowed), so nothing was loaded. Mend the file, or allow more with --max-refused.\n${kinds.join('\n')}`,
    { details: { ...load, refusedByReason, firstRefusals } },
  );
}

function describeRefusals({ field, code, count, firstLine, reason }: RefusalCount): string {
  const what = field === null ? code : `${code} ${field}`;
  const where = field === null ? 'the row' : field;
  return `  ${what}: ${count} ${count === 1 ? 'row' : 'rows'}, first in line ${firstLine}: ${where} ${reason}`;
}

function percent(share: number): string {
  return `${Number((share * 100).toPrecision(3))} %`;
}
