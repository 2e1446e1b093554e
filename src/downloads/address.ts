import { AtlasError } from '../errors.ts';
import { permalinkLimits } from '../permalinks/permalink-limits.ts';

/** The reports that can be downloaded, by the field of the API that answers the same. */
export const reportNames = ['usage', 'retention', 'retentionRanking', 'costMap'] as const;
export type ReportName = (typeof reportNames)[number];

/** `/download/usage.csv?release=…&groupBy=MODEL,COUNTRY`. */
export function downloadPath(
  report: ReportName,
  extension: string,
  parameters: readonly (readonly [name: string, text: string])[],
): string {
  const query = new URLSearchParams(parameters.map(([name, text]): [string, string] => [name, text]));
  // All are allowed as they are in a query, where people read and copy them.
  const text = query
    .toString()
    .replaceAll('%40', '@')
    .replaceAll('%3A', ':')
    .replaceAll('%2C', ',')
    .replaceAll('%2F', '/');
  const path = `/download/${report}.${extension}${text === '' ? '' : `?${text}`}`;
  const limit = permalinkLimits.addressCharacters;
  if (path.length <= limit) return path;
  throw new AtlasError(
    'LIMIT_EXCEEDED',
    `The address of the download would have ${path.length} characters; at most ${limit} are allowed. Give fewer values in filters.`,
    { details: { limit } },
  );
}

/** `openrouter-rankings_2026-08-22.1_usage.csv`: release and report, in characters that every file system takes. */
export function fileNameOf(release: string, report: ReportName | 'datapackage', extension: string): string {
  return `${release.replace(/[^A-Za-z0-9._-]+/g, '_')}_${report}.${extension}`;
}
