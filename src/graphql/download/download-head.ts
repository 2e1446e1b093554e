import { createHash } from 'node:crypto';
import type { Link } from '../../downloads/opened-download.ts';
import type { Dataset, Release } from '../../measures/release.ts';
import type { Services } from '../context.ts';
import { releaseUrl } from '../release/citation.ts';

// What the heads of all downloads have.

/** A release as its files cite it: without a day, so that they are the same on every one. */
export function citedRelease(
  { publisher, publicUrl }: Pick<Services, 'publisher' | 'publicUrl'>,
  release: Release,
  dataset: Dataset,
) {
  const url = releaseUrl(release, publicUrl);
  return { release, dataset, publisher, url, query: null, accessed: null };
}

/** Whom to cite, and under which licence. */
export function citingLinks(citeAs: string, licenceUrl: string | null): Link[] {
  return [
    { url: citeAs, relation: 'cite-as' },
    ...(licenceUrl === null ? [] : [{ url: licenceUrl, relation: 'license' as const }]),
  ];
}

/** Weak: the same rows, though not the same bytes in every version of the program. */
export function etagOf(question: string): string {
  return `W/"${createHash('sha256').update(question).digest('base64url').slice(0, 22)}"`;
}
