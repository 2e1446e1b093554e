import type { Day } from '../../measures/periods.ts';
import type { Dataset, Release } from '../../measures/release.ts';

/** All that citations are made of. */
export interface Cited {
  readonly release: Release;
  readonly dataset: Dataset;
  /** Who publishes the numbers. */
  readonly publisher: string;
  /** Address that gives the same again: of the release, or of one query to it. */
  readonly url: string;
  /** Null: of the release as a whole. */
  readonly query: { readonly shortHash: string } | null;
  /** The day on which it was read; null where that is not known. */
  readonly accessed: Day | null;
}

export function releaseUrl({ id }: Release, publicUrl: string): string {
  return `${publicUrl}/releases/${id}`;
}

/** A sentence for people, which begins with who publishes and ends with the address. */
export function citationText({ release, dataset, publisher, url, query }: Cited): string {
  const what = query === null ? '' : 'Query of ';
  return (
    `${publisher} (${publishedOn(release).slice(0, 4)}). ${what}${dataset.title}, release ${release.id} [data set]. ` +
    `${sourceOf(release)} Licence: ${release.licence}. ${url}`
  );
}

/** `@misc`, which every BibTeX style knows; `version` and `urldate` are of BibLaTeX, which others pass over. */
export function citationBibtex(cited: Cited): string {
  const { release, publisher, url, accessed } = cited;
  const fields: [name: string, value: string][] = [
    ['title', `{${escapeBibtex(titleOf(cited))}}`],
    ['author', `{${escapeBibtex(publisher)}}`],
    ['publisher', escapeBibtex(publisher)],
    ['year', publishedOn(release).slice(0, 4)],
    ['version', escapeBibtex(release.id)],
    ['note', `Data set. ${escapeBibtex(sourceOf(release))} Licence: ${escapeBibtex(release.licence)}`],
    // Verbatim in BibLaTeX and for the package `url`.
    ['url', url],
    ...(accessed === null ? [] : [['urldate', accessed] as [string, string]]),
  ];
  return [
    `@misc{${keyOf(cited).replace(/[^A-Za-z0-9]+/g, '_')},`,
    fields.map(([name, value]) => `  ${name} = {${value}}`).join(',\n'),
    '}',
  ].join('\n');
}

/** An item of CSL-JSON 1.0.2, as Zotero, pandoc and citeproc read it. */
export function citationCsl(cited: Cited): Record<string, unknown> {
  const { release, publisher, url, accessed } = cited;
  return {
    id: keyOf(cited),
    type: 'dataset',
    title: titleOf(cited),
    author: [{ literal: publisher }],
    publisher,
    issued: dateOf(publishedOn(release)),
    version: release.id,
    license: release.licence,
    note: sourceOf(release),
    URL: url,
    ...(accessed !== null && { accessed: dateOf(accessed) }),
  };
}

function titleOf({ dataset, query }: Cited): string {
  return query === null ? dataset.title : `Query of ${dataset.title}`;
}

function keyOf({ release, query }: Cited): string {
  return query === null ? release.id : `${release.id}-${query.shortHash}`;
}

function publishedOn({ publishedAt }: Release): Day {
  return publishedAt.toISOString().slice(0, 10);
}

/** The data set's own sentence. */
function sourceOf({ citation }: Release): string {
  return citation.replace(/\.?\s*$/, '.');
}

function dateOf(day: Day): { 'date-parts': [number[]] } {
  return { 'date-parts': [day.split('-').map(Number)] };
}

const bibtexEscapes: Readonly<Record<string, string>> = {
  '\\': '\\textbackslash{}',
  '~': '\\textasciitilde{}',
  '^': '\\textasciicircum{}',
};

function escapeBibtex(text: string): string {
  return text.replace(/[\\{}%&$#_~^]/g, (character) => bibtexEscapes[character] ?? `\\${character}`);
}
