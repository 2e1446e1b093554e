import { type Batches, type Column, type ColumnOf, toBatches } from '../../downloads/columns.ts';
import { inBatches } from '../../downloads/in-batches.ts';
import type { Dataset, Release } from '../../measures/release.ts';

/** A question that was checked and that the viewer may ask: what its table has, and how to read it. */
export interface DownloadSource {
  readonly release: Release;
  readonly dataset: Dataset;
  readonly columns: readonly Column[];
  /** What the report of the API says of itself. */
  readonly report: Readonly<Record<string, unknown>>;
  /** Takes points, reads, and is over when its reader is. */
  readonly read: (use: (batches: Batches) => Promise<void>) => Promise<void>;
}

/** Reports that are small enough to be answered as the API answers them. */
export function readAtOnce<Row>(
  columns: readonly ColumnOf<Row>[],
  answer: () => Promise<readonly Row[]>,
): DownloadSource['read'] {
  return async (use) => use(toBatches(columns, inBatches(await answer())));
}
