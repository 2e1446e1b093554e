import { BATCH_ROWS } from './download-limits.ts';

/** Rows that are there already, some at a time as if they were read. */
export async function* inBatches<Row>(rows: readonly Row[]): AsyncGenerator<readonly Row[]> {
  for (let start = 0; start < rows.length; start += BATCH_ROWS) yield rows.slice(start, start + BATCH_ROWS);
}
