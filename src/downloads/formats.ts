import { encodeArrow } from './arrow.ts';
import type { Batches, Column } from './columns.ts';
import { encodeCsv } from './csv.ts';
import { encodeJsonLines } from './json-lines.ts';
import { encodeParquet } from './parquet.ts';
import type { TableDescription } from './table-description.ts';

/** How a table becomes a file. */
export interface Format {
  readonly extension: string;
  readonly mediaType: string;
  readonly description: string;
  readonly encode: (
    columns: readonly Column[],
    batches: Batches,
    about: TableDescription,
  ) => AsyncIterable<string | Uint8Array>;
}

/** Every format of downloads. The API's enum, the addresses and the documentation derive from this list. */
export const formats = {
  CSV: {
    extension: 'csv',
    mediaType: 'text/csv; charset=utf-8; header=present',
    description:
      'Comma-separated values (RFC 4180) in UTF-8 with a header; text that a spreadsheet could run as a formula begins with an apostrophe.',
    encode: encodeCsv,
  },
  JSONL: {
    extension: 'jsonl',
    mediaType: 'application/jsonl; charset=utf-8',
    description: 'JSON Lines: one object a line, decimals as text.',
    encode: encodeJsonLines,
  },
  PARQUET: {
    extension: 'parquet',
    mediaType: 'application/vnd.apache.parquet',
    description: 'Apache Parquet, with units, definitions, release and citation in its metadata.',
    encode: encodeParquet,
  },
  ARROW: {
    extension: 'arrow',
    mediaType: 'application/vnd.apache.arrow.file',
    description:
      'Apache Arrow IPC file (Feather 2), with units, definitions, release and citation in its metadata.',
    encode: encodeArrow,
  },
} as const satisfies Record<string, Format>;

export type FormatName = keyof typeof formats;
export const formatNames = Object.keys(formats) as FormatName[];

export function formatOfExtension(extension: string): Format | undefined {
  return Object.values<Format>(formats).find((format) => format.extension === extension);
}
