import type { Batches, Cells } from './columns.ts';

/** The same rows, so many at a time, for formats that keep a heading for each group of rows. */
export async function* regroup(batches: Batches, size: number): AsyncGenerator<readonly Cells[]> {
  let waiting: Cells[] = [];
  for await (const rows of batches) {
    for (const row of rows) waiting.push(row);
    while (waiting.length >= size) {
      yield waiting.slice(0, size);
      waiting = waiting.slice(size);
    }
  }
  if (waiting.length > 0) yield waiting;
}
