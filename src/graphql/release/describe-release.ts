import { prunedRelease } from '../../measures/release-reader.ts';
import type { Services } from '../context.ts';
import { citationBibtex, citationCsl, citationText, releaseUrl } from './citation.ts';

/** A release as plain JSON, for those who follow the address of a citation. */
export async function describeRelease(
  { releases, publicUrl, publisher }: Services,
  id: string,
): Promise<object | null> {
  const release = await releases.findRelease(id);
  if (release === null) {
    const prunedAt = await releases.findPruned(id);
    if (prunedAt !== null) throw prunedRelease(id, prunedAt);
    return null;
  }
  const { key, ...described } = release;
  const dataset = await releases.dataset(release.datasetId);
  const url = releaseUrl(release, publicUrl);
  const cited = { release, dataset, publisher, url, query: null, accessed: null };
  return {
    ...described,
    title: dataset.title,
    citation: { text: citationText(cited), bibtex: citationBibtex(cited), csl: citationCsl(cited), url },
    graphql: `${publicUrl}/graphql`,
  };
}
