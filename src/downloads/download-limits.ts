/** Limits of downloads. They are listed in `dataset { limits }` and refused, never clamped. */
export const downloadLimits = {
  /** Rows of one file. */
  downloadRows: 10_000_000,
  /** From the request to the last byte. */
  downloadSeconds: 3_600,
  /** Within which a client must take the next 64 KiB. */
  downloadStallSeconds: 30,
  /** For the database to find the next rows: less than a silent connection is kept open. */
  downloadStatementSeconds: 100,
  /** At once on one server, since each holds a connection to the database. */
  downloadsAtOnce: 2,
} as const;

export type DownloadLimits = { readonly [Name in keyof typeof downloadLimits]: number };

/** How the rows of a download are read within its limits. */
export function readingSettings(limits: DownloadLimits) {
  return {
    batchRows: BATCH_ROWS,
    fetchSeconds: limits.downloadStatementSeconds,
    atOnce: limits.downloadsAtOnce,
    mostRows: limits.downloadRows,
  };
}

/** Rows that are read, turned into bytes and sent together: few enough that other requests come in between. */
export const BATCH_ROWS = 500;
