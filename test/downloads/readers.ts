import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { Big } from 'big.js';
import polars from 'nodejs-polars';
import { expect } from 'vitest';
import xlsx from 'xlsx';
import type { Cell, Column } from '../../src/downloads/columns.ts';

/** Values as text, so that what readers make of them can be compared; null where there is none. */
export type TextRow = Readonly<Record<string, string | null>>;

/** What a reader should find. */
export function expectedRow(columns: readonly Column[], cells: readonly Cell[]): TextRow {
  return Object.fromEntries(columns.map((column, index) => [column.name, asText(column, cells[index])]));
}

/** The same number, day or word, however a reader writes it. */
function asText({ type }: Column, value: unknown): string | null {
  if (value === null || value === undefined) return null;
  if (type === 'DECIMAL') return new Big(String(value)).toFixed();
  if (type === 'FLOAT') return String(Number(value));
  return String(value);
}

function textRows(columns: readonly Column[], rows: readonly Record<string, unknown>[]): TextRow[] {
  return rows.map((row) => {
    expect(Object.keys(row)).toEqual(columns.map(({ name }) => name));
    return Object.fromEntries(columns.map((column) => [column.name, asText(column, row[column.name])]));
  });
}

/** Runs SQL over a file, whose name the statement has as `FILE`. */
export async function askDuckDb(bytes: Uint8Array, statement: string): Promise<Record<string, unknown>[]> {
  const directory = await mkdtemp(path.join(tmpdir(), 'atlas-download-'));
  const file = path.join(directory, 'file');
  await writeFile(file, bytes);
  const instance = await DuckDBInstance.create(':memory:');
  const connection = await instance.connect();
  try {
    const reader = await connection.runAndReadAll(statement.replaceAll('FILE', `'${file}'`));
    return reader.getRowObjectsJson() as Record<string, unknown>[];
  } finally {
    connection.closeSync();
    instance.closeSync();
    await rm(directory, { recursive: true });
  }
}

const duckTables = {
  CSV: 'read_csv(FILE, header = true, all_varchar = true)',
  JSONL: `read_json(FILE, format = 'newline_delimited', sample_size = -1)`,
  PARQUET: 'read_parquet(FILE)',
} as const;

export async function readWithDuckDb(
  format: keyof typeof duckTables,
  bytes: Uint8Array,
  columns: readonly Column[],
): Promise<TextRow[]> {
  return textRows(columns, await askDuckDb(bytes, `SELECT * FROM ${duckTables[format]}`));
}

export function readWithPolars(
  format: 'PARQUET' | 'ARROW',
  bytes: Uint8Array,
  columns: readonly Column[],
): TextRow[] {
  const buffer = Buffer.from(bytes);
  const frame = format === 'ARROW' ? polars.readIPC(buffer) : polars.readParquet(buffer);
  const text = frame.select(...columns.map(({ name }) => polars.col(name).cast(polars.Utf8)));
  return textRows(columns, text.toRecords());
}

/** The cells of a spreadsheet that opens the file, by its first row. */
export function openInSpreadsheet(bytes: Uint8Array): Record<string, xlsx.CellObject>[] {
  const book = xlsx.read(Buffer.from(bytes), { type: 'buffer', codepage: 65_001 });
  const sheet = book.Sheets[book.SheetNames[0]!]!;
  const [head, ...rows] = xlsx.utils.sheet_to_json<unknown[]>(sheet, { header: 1, blankrows: true });
  return rows.map((_row, index) =>
    Object.fromEntries(
      head!.map((name, column) => [
        String(name),
        sheet[xlsx.utils.encode_cell({ r: index + 1, c: column })] as xlsx.CellObject,
      ]),
    ),
  );
}
