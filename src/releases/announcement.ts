import { createHash } from 'node:crypto';
import type { DatasetDeclaration } from './dataset-declaration.ts';
import type { PublishSummary } from './publish.ts';

/** What receivers are told of a release: what everybody who may see the data set can read, and nothing of users. */
export interface Announcement {
  /** The same whenever this release is told of, so that receivers know a repeat. */
  readonly id: string;
  /** JSON. */
  readonly payload: string;
  readonly release: string;
}

export function announcementOf(
  { id, title, licence, synthetic, visibility, nextUpdate }: DatasetDeclaration,
  summary: PublishSummary,
  publicUrl: string,
): Announcement {
  const { releaseId, periodFrom, periodTo, totalTokens, rowsRead, rowsQuarantined, rollups, withheld } =
    summary;
  const leftOut = withheld?.leftOut ?? { tokens: 0, requests: 0 };
  const payload = JSON.stringify({
    type: 'release.published',
    timestamp: new Date().toISOString(),
    data: {
      release: releaseId,
      dataset: id,
      title,
      licence,
      synthetic,
      visibility,
      periodFrom,
      periodTo,
      // As the release says it: what is left out for privacy would otherwise be told by subtraction.
      totalTokens: totalTokens - leftOut.tokens,
      rowsRead: rowsRead - leftOut.requests,
      rowsQuarantined,
      rollups: rollups.map(({ name, version, sha256 }) => ({ name, version, sha256 })),
      nextUpdate: nextUpdate ?? null,
      url: `${publicUrl}/releases/${releaseId}`,
      feed: `${publicUrl}/feeds/${id}.atom`,
      graphql: `${publicUrl}/graphql`,
    },
  });
  const hash = createHash('sha256').update(`${publicUrl} ${releaseId}`).digest('hex');
  return { id: `msg_${hash.slice(0, 32)}`, payload, release: releaseId };
}
