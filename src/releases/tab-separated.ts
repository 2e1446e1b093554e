import { plainField, textField } from '../engine/tab-separated.ts';

export type Value = string | number | bigint | boolean | null;

const ROWS_PER_CHUNK = 500;

/** Rows of entities as COPY reads them, in chunks. */
export async function* tabSeparated(rows: Iterable<readonly Value[]>): AsyncGenerator<Buffer> {
  let lines: string[] = [];
  for (const row of rows) {
    lines.push(`${row.map(field).join('\t')}\n`);
    if (lines.length < ROWS_PER_CHUNK) continue;
    yield Buffer.from(lines.join(''));
    lines = [];
  }
  if (lines.length > 0) yield Buffer.from(lines.join(''));
}

function field(value: Value): string {
  return typeof value === 'string'
    ? textField(value)
    : plainField(typeof value === 'bigint' ? `${value}` : value);
}
