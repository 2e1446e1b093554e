import type { Release } from '../../measures/release.ts';

/** How to cite a release: the data set's own sentence, and the release that makes the numbers findable again. */
export function citationOf(release: Release, publicUrl: string) {
  const url = `${publicUrl}/releases/${release.id}`;
  const published = release.publishedAt.toISOString().slice(0, 10);
  const source = release.citation.replace(/\.?\s*$/, '.');
  return {
    text: `${source} Counted by Token Atlas, release ${release.id}, published ${published}. ${url}`,
    bibtex: [
      `@misc{${release.id.replace(/[^A-Za-z0-9]+/g, '_')},`,
      `  title = {${escapeBibtex(release.datasetId)}: release ${escapeBibtex(release.id)}},`,
      `  author = {{Token Atlas}},`,
      `  year = {${published.slice(0, 4)}},`,
      `  note = {${escapeBibtex(source)} Licence: ${escapeBibtex(release.licence)}},`,
      `  url = {${url}}`,
      '}',
    ].join('\n'),
    url,
  };
}

function escapeBibtex(text: string): string {
  return text.replace(/[\\{}%&$#_]/g, (character) =>
    character === '\\' ? '\\textbackslash{}' : `\\${character}`,
  );
}
