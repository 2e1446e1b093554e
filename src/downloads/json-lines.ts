import type { Batches, Column } from './columns.ts';

/** One JSON object a line; decimals are text, as in the API. */
export async function* encodeJsonLines(columns: readonly Column[], batches: Batches): AsyncGenerator<string> {
  const names = columns.map(({ name }) => JSON.stringify(name));
  for await (const rows of batches) {
    const lines = rows.map(
      (cells) => `{${cells.map((cell, index) => `${names[index]}:${JSON.stringify(cell)}`).join(',')}}\n`,
    );
    yield lines.join('');
  }
}
