import { containerOf } from './container.ts';
import { openCsv } from './csv.ts';
import { readFileHead } from './file-head.ts';
import { openJson } from './json.ts';
import { openNdjson } from './ndjson.ts';
import { openParquet } from './parquet.ts';
import type { ReadOptions, RecordSource } from './record-source.ts';

/** Opens a log file of any container, plain or gzipped, and finds its columns. */
export async function openSource(path: string, options: ReadOptions): Promise<RecordSource> {
  const head = await readFileHead(path);
  switch (containerOf(head)) {
    case 'csv':
      return openCsv(head);
    case 'ndjson':
      return openNdjson(head);
    case 'json':
      return openJson(head, options);
    case 'parquet':
      return openParquet(head);
  }
}
