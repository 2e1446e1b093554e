import type { LogRow } from '../formats/log-format.ts';
import { byteStream } from './lines.ts';
import { explained, unreadable, type FileHead } from './file-head.ts';
import { columnsOf, picker, recordsIn } from './json-records.ts';
import { batchSize, type ReadOptions, type ReadRow, type RecordSource } from './record-source.ts';

// JSON can not be read in pieces without another parser; above this, NDJSON is the better form anyway.
const maximumDocumentBytes = 268_435_456;

/**
 * Opens a JSON document: an array of records, an API answer with them under `data`, or one record.
 * It is read as a whole, and rows are numbered by record.
 */
export async function openJson(head: FileHead, options: ReadOptions): Promise<RecordSource> {
  const records = [...recordsIn(await readDocument(head, options))];
  return {
    container: 'json',
    columns: columnsOf(records),
    async *rows(wanted) {
      const pick = picker(wanted);
      for (let start = 0; start < records.length; start += batchSize) {
        yield records
          .slice(start, start + batchSize)
          .map((record, index) => rowOf(pick(record), start + index + 1));
      }
    },
  };
}

function rowOf(values: LogRow | undefined, line: number): ReadRow {
  return values === undefined ? { line, malformed: 'is not a JSON object' } : { line, values };
}

async function readDocument(head: FileHead, options: ReadOptions): Promise<unknown> {
  const chunks: Buffer[] = [];
  let length = 0;
  try {
    for await (const chunk of byteStream(head, options) as AsyncIterable<Buffer>) {
      length += chunk.length;
      if (length > maximumDocumentBytes) {
        throw unreadable(
          head.path,
          `is a JSON document of more than ${maximumDocumentBytes / 2 ** 20} MiB: write it as NDJSON, one object per line`,
        );
      }
      chunks.push(chunk);
    }
  } catch (error) {
    throw explained(head.path, error);
  }
  try {
    return JSON.parse(
      Buffer.concat(chunks)
        .toString('utf8')
        .replace(/^\ufeff/, ''),
    );
  } catch {
    throw unreadable(head.path, 'is not a valid JSON document: it may be cut off');
  }
}
