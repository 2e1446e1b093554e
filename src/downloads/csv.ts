import type { Options } from 'csv-stringify';
import { stringify } from 'csv-stringify/sync';
import type { Batches, Cells, Column } from './columns.ts';

/** RFC 4180: commas, CRLF, quotes where needed. */
const form: Options = {
  record_delimiter: 'windows',
  // A lone CR or LF too, which readers take for the end of a row.
  quote_record_delimiter: true,
  cast: { boolean: (value: boolean) => String(value) },
};

/** What spreadsheets take for the beginning of a formula, wide forms as some of them read these too. */
const formulaStart = /^[=+\-@\t\r\n＝＋－＠]/;

/** CSV in UTF-8 with the names of the columns first; missing is empty. */
export async function* encodeCsv(columns: readonly Column[], batches: Batches): AsyncGenerator<string> {
  const isText = columns.map(({ type }) => type === 'TEXT');
  const guarded = (row: Cells): Cells =>
    row.map((cell, index) => (isText[index] ? guardFormula(cell) : cell));
  yield stringify([columns.map(({ name }) => name)], form);
  for await (const rows of batches) yield stringify(rows.map(guarded), form);
}

/** As OWASP advises: a leading apostrophe makes a spreadsheet show text instead of running it. */
function guardFormula(cell: Cells[number]): Cells[number] {
  return typeof cell === 'string' && formulaStart.test(cell) ? `'${cell}` : cell;
}
