import { readFileSync } from 'node:fs';
import path from 'node:path';

const directory = path.join(import.meta.dirname, 'world');

export type TableRow = Readonly<Record<string, string>>;

/** Reads a table of `world/`: tab-separated, or comma-separated in `series/`; lines with # are remarks. */
export function readTable(name: string): TableRow[] {
  const separator = name.endsWith('.csv') ? ',' : '\t';
  const text = readFileSync(path.join(directory, name), 'utf8');
  const lines = text.split(/\r?\n/).filter((line) => line !== '' && !line.startsWith('#'));
  const [header = '', ...rows] = lines;
  const columns = header.split(separator);
  return rows.map((row) => {
    const values = row.split(separator);
    return Object.fromEntries(columns.map((column, index) => [column, values[index] ?? '']));
  });
}

/** A cell that has to be there. */
export function textOf(row: TableRow, column: string): string {
  const value = row[column];
  if (value === undefined || value === '') throw new RangeError(`a row of the world lacks ${column}`);
  return value;
}

/** A number that has to be there. */
export function numberOf(row: TableRow, column: string): number {
  const value = Number(textOf(row, column));
  if (Number.isNaN(value)) throw new RangeError(`${column} of the world is no number: ${row[column]}`);
  return value;
}

/** A number, or null where the cell is empty. */
export function optionalNumberOf(row: TableRow, column: string): number | null {
  return (row[column] ?? '') === '' ? null : numberOf(row, column);
}
