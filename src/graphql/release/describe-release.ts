import type { Services } from '../context.ts';
import { citationOf } from './citation.ts';

/** A release as plain JSON, for those who follow the address of a citation. */
export async function describeRelease({ releases, publicUrl }: Services, id: string): Promise<object | null> {
  const release = await releases.findRelease(id);
  if (release === null) return null;
  const { key, ...described } = release;
  const { title } = await releases.dataset(release.datasetId);
  return {
    ...described,
    title,
    citation: citationOf(release, publicUrl),
    graphql: `${publicUrl}/graphql`,
  };
}
