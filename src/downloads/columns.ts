/** INTEGER: 64 bits. DECIMAL: exact, as text. DATE: a day as `YYYY-MM-DD`. */
export type ColumnType = 'INTEGER' | 'DECIMAL' | 'FLOAT' | 'BOOLEAN' | 'TEXT' | 'DATE';

/** A column of a table, whatever the format of its file. */
export interface Column {
  readonly name: string;
  readonly type: ColumnType;
  /** Null: it is no quantity. */
  readonly unit: string | null;
  readonly description: string;
}

/** DECIMAL and DATE are text; missing is null. */
export type Cell = string | number | boolean | null;

/** One row, in the order of the columns. */
export type Cells = readonly Cell[];

/** Rows as they come, some at a time. */
export type Batches = AsyncIterable<readonly Cells[]>;

/** A column that knows its value in a row. */
export interface ColumnOf<Row> extends Column {
  readonly cellOf: (row: Row) => Cell;
}

export function toCells<Row>(columns: readonly ColumnOf<Row>[], row: Row): Cells {
  return columns.map(({ cellOf }) => cellOf(row));
}

export async function* toBatches<Row>(
  columns: readonly ColumnOf<Row>[],
  batches: AsyncIterable<readonly Row[]>,
): AsyncGenerator<readonly Cells[]> {
  for await (const rows of batches) yield rows.map((row) => toCells(columns, row));
}

/** `totalTokens` of the API is `total_tokens` in files. */
export function snakeCase(field: string): string {
  return field.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}
