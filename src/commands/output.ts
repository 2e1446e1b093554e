/** Results go to standard output, so that they can be piped; all else goes to standard error. */
export function printResult(text: string): void {
  process.stdout.write(`${text}\n`);
}

/** A result for programs: one JSON document. */
export function printJson(value: unknown): void {
  printResult(JSON.stringify(value, (_key, part) => (typeof part === 'bigint' ? Number(part) : part), 2));
}

/** What is going on, or how to go on. */
export function printProgress(text: string): void {
  process.stderr.write(`${text}\n`);
}

/** A cell; numbers are aligned to the right, and what is missing is a dash. */
export type Cell = string | number | null;

/** Columns under their names, aligned with spaces. */
export function formatTable(names: readonly string[], rows: readonly (readonly Cell[])[]): string {
  const columns = names.map((name, index) => {
    const cells = rows.map((row) => row[index] ?? null);
    const texts = [name, ...cells.map(formatCell)];
    const width = Math.max(...texts.map(({ length }) => length));
    const isNumeric = cells.some((cell) => typeof cell === 'number');
    return texts.map((text) => (isNumeric ? text.padStart(width) : text.padEnd(width)));
  });
  const lines = ['', ...rows].map((_, line) => columns.map((texts) => texts[line]).join('  '));
  return lines.map((line) => line.trimEnd()).join('\n');
}

function formatCell(cell: Cell): string {
  if (cell === null) return '–';
  return typeof cell === 'number' ? formatCount(cell) : cell;
}

/** 12345678 as 12,345,678. */
export function formatCount(count: number): string {
  return count.toLocaleString('en-US');
}

/** 1 as `1 row`, 2 as `2 rows`. */
export function formatCounted(count: number, noun: string): string {
  return `${formatCount(count)} ${noun}${count === 1 ? '' : 's'}`;
}

/** 0.98765 as 98.8 %. */
export function formatShare(share: number): string {
  return `${(share * 100).toFixed(1)} %`;
}
