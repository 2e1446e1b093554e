import { headText } from './container.ts';
import { unreadable, type FileHead } from './file-head.ts';
import { columnsOf, picker, recordsIn } from './json-records.ts';
import { readLines, tooLong } from './lines.ts';
import { batchSize, maximumRecordLength, type ReadRow, type RecordSource } from './record-source.ts';

/** Opens a file of one JSON object per line. The columns are those found at the beginning of the file. */
export function openNdjson(head: FileHead): RecordSource {
  return {
    container: 'ndjson',
    columns: columnsOf(headRecords(head)),
    async *rows(wanted, options) {
      const pick = picker(wanted);
      let batch: ReadRow[] = [];
      let line = 0;
      for await (const text of readLines(head, options)) {
        line += 1;
        if (text === '' || text.trim() === '') continue;
        for (const row of rowsOf(text, line, pick)) batch.push(row);
        if (batch.length >= batchSize) {
          yield batch;
          batch = [];
        }
      }
      if (batch.length > 0) yield batch;
    },
  };
}

function rowsOf(text: string, line: number, pick: ReturnType<typeof picker>): ReadRow[] {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    // The parser's own message quotes the data, which may name a user.
    return [{ line, malformed: 'is not valid JSON' }];
  }
  return Array.from(recordsIn(value), (record) => {
    const values = pick(record);
    return values === undefined ? { line, malformed: 'is not a JSON object' } : { line, values };
  });
}

function headRecords(head: FileHead): unknown[] {
  const lines = headText(head).split('\n');
  const long = lines.findIndex((text) => text.length > maximumRecordLength);
  if (long !== -1) throw tooLong(head.path, long + 1);
  // Of a longer file the last line is cut.
  if (!head.whole) lines.pop();
  const records = lines.flatMap((text) => {
    try {
      return [...recordsIn(JSON.parse(text))];
    } catch {
      return [];
    }
  });
  if (records.length === 0) throw unreadable(head.path, 'no line at its beginning is valid JSON');
  return records;
}
