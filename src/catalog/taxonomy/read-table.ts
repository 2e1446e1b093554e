/** A row of a table, with the line of the file that errors name. */
export interface TableRow<Column extends string> {
  readonly line: number;
  readonly cells: Readonly<Record<Column, string>>;
}

export interface Table<Column extends string> {
  /** Of the line `version`; null where there is none. */
  readonly version: string | null;
  readonly rows: readonly TableRow<Column>[];
}

/**
 * Reads tab-separated text with these columns: comments begin with `#`, the first other line names the columns,
 * and a line `version` may stand before it. Tables ship with the program, so what is wrong in one is its fault.
 */
export function readTable<Column extends string>(
  file: string,
  text: string,
  columns: readonly Column[],
): Table<Column> {
  const lines = text
    .split(/\r?\n/)
    .map((content, index) => ({ line: index + 1, cells: content.split('\t').map((cell) => cell.trim()) }))
    .filter(({ cells }) => cells.some((cell) => cell !== '') && !cells[0]?.startsWith('#'));
  const version = lines[0]?.cells[0] === 'version' ? (lines.shift()?.cells[1] ?? '') : null;
  const header = lines.shift();
  if (header?.cells.join('\t') !== columns.join('\t')) {
    throw new Error(`${file}:${header?.line ?? 0}: the columns must be ${columns.join(', ')}`);
  }
  return {
    version,
    rows: lines.map(({ line, cells }) => ({ line, cells: named(file, line, cells, columns) })),
  };
}

function named<Column extends string>(
  file: string,
  line: number,
  cells: readonly string[],
  columns: readonly Column[],
): Record<Column, string> {
  if (cells.length !== columns.length || cells.includes('')) {
    throw new Error(`${file}:${line}: ${columns.length} filled fields are needed: ${columns.join(', ')}`);
  }
  return Object.fromEntries(columns.map((column, index) => [column, cells[index]])) as Record<Column, string>;
}
