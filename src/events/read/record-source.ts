import type { Container, LogRow } from '../formats/log-format.ts';

/** A row as read, or the reason why a line is none, in words that complete `the row …`. */
export type ReadRow = { line: number; values: LogRow } | { line: number; malformed: string };

export interface ReadOptions {
  onProgress?: ((bytesRead: number, bytesTotal: number) => void) | undefined;
  signal?: AbortSignal | undefined;
}

/** A file whose container is known. Nothing is held open until `rows` is iterated. */
export interface RecordSource {
  container: Container;
  /** Column names found; of NDJSON those of the first rows, with `a.b` for members of an object. */
  columns: readonly string[];
  /** The rows in batches, each cut down to the wanted columns: no other value leaves the reader. */
  rows(wanted: readonly string[], options: ReadOptions): AsyncIterable<ReadRow[]>;
}

/** Rows per batch: enough to make the cost of an asynchronous step vanish, little enough to hold. */
export const batchSize = 200;

/** Longest line or record read, in characters. Metadata need a thousandth; the bound keeps memory bounded. */
export const maximumRecordLength = 1_048_576;
