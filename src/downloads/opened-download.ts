/** A download whose question was checked and may be asked by this viewer; nothing was read or paid yet. */
export interface OpenedDownload {
  readonly fileName: string;
  readonly mediaType: string;
  /** Changes with the release, the question and the format. */
  readonly etag: string;
  /** Whether the address names the release, so that it gives the same file for as long as that is kept. */
  readonly isPinned: boolean;
  readonly links: readonly Link[];
  /** Pays, reads and gives the bytes to `take`; throws before it does where nothing can be read. */
  readonly run: (take: (chunks: AsyncIterable<string | Uint8Array>) => Promise<void>) => Promise<void>;
}

/** Of the header `Link` (RFC 8288). */
export interface Link {
  readonly url: string;
  readonly relation: 'cite-as' | 'license' | 'describedby';
  readonly mediaType?: string;
}
