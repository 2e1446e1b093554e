import { readFileSync } from 'node:fs';
import path from 'node:path';
import { type Bucket, buildTaxonomy, type Category, type Tag, type Taxonomy } from './build-taxonomy.ts';
import { labelKey, parentOf } from './label-key.ts';

export interface ResolvedLabel {
  tagId: string;
  categoryId: string;
}

/** Every category, by id. */
export function categories(): ReadonlyMap<string, Category> {
  return taxonomy().categories;
}

/** Every tag, by id. */
export function tags(): ReadonlyMap<string, Tag> {
  return taxonomy().tags;
}

/**
 * Tag and category of a content-classification path (`/Computers & Electronics/Programming`), by the longest
 * path of the table that it begins with, or of a tag by its id. Null: unmapped, and to be counted as such.
 */
export function resolveLabel(pathOrTag: string): ResolvedLabel | null {
  const key = labelKey(pathOrTag);
  const tag = key.startsWith('/') ? nearest(key)?.tag : taxonomy().tags.get(key);
  return tag === undefined || tag === null ? null : { tagId: tag.id, categoryId: tag.categoryId };
}

/** The bucket of a path by the study's method section: `others` for whatever it does not name. */
export function bucketOf(contentPath: string): Bucket {
  return nearest(labelKey(contentPath))?.bucket ?? 'others';
}

/** Declared version and digest of the tables. A release with content labels records it. */
export function taxonomyVersion(): string {
  return taxonomy().version;
}

function nearest(key: string) {
  const { paths } = taxonomy();
  for (let at: string | null = key; at !== null; at = parentOf(at)) {
    const found = paths.get(at);
    if (found !== undefined) return found;
  }
  return undefined;
}

let built: Taxonomy | undefined;

// Only what deals with labels reads the tables.
function taxonomy(): Taxonomy {
  built ??= buildTaxonomy({
    categories: table('categories.tsv'),
    tags: table('tags.tsv'),
    paths: table('paths.tsv'),
  });
  return built;
}

function table(name: string): string {
  return readFileSync(path.join(import.meta.dirname, name), 'utf8');
}
