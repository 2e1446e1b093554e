import { headText } from './container.ts';
import { CsvRows, parseCsv } from './csv-rows.ts';
import { unreadable, type FileHead } from './file-head.ts';
import { readLines, tooLong } from './lines.ts';
import { batchSize, maximumRecordLength, type RecordSource } from './record-source.ts';

/** Opens a CSV file with a header: comma-separated, quoted as RFC 4180 says, lines ended by LF or CRLF. */
export function openCsv(head: FileHead): RecordSource {
  const { columns, headerLine } = readHeader(head);
  return {
    container: 'csv',
    columns,
    async *rows(wanted, options) {
      const rows = new CsvRows(columns, wanted);
      let line = 0;
      for await (const text of readLines(head, options)) {
        line += 1;
        if (line > headerLine) rows.add(text, line);
        if (rows.count >= batchSize) yield rows.take();
      }
      rows.finish();
      if (rows.count > 0) yield rows.take();
    },
  };
}

function readHeader(head: FileHead): { columns: string[]; headerLine: number } {
  const lines = headText(head).split(/\r?\n/);
  const index = lines.findIndex((text) => text.trim() !== '');
  const text = lines[index] ?? '';
  const line = index + 1;
  if (text.length > maximumRecordLength) throw tooLong(head.path, line);
  const columns = parseCsv(text)?.[0]?.map((name) => name.trim());
  if (columns === undefined) throw unreadable(head.path, 'the header is not well-formed CSV', line);
  if (columns.length === 1 && /[;\t|]/.test(text)) {
    throw unreadable(head.path, 'the columns are not separated by commas', line);
  }
  const named = columns.filter((name) => name !== '');
  if (new Set(named).size !== named.length) {
    throw unreadable(head.path, 'the header names a column twice', line);
  }
  return { columns, headerLine: line };
}
