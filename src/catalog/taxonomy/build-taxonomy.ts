import { createHash } from 'node:crypto';
import { labelKey, parentOf } from './label-key.ts';
import { readTable } from './read-table.ts';

/** What prompts are about, as the charts of the study name it. */
export interface Category {
  readonly id: string;
  readonly name: string;
  readonly description: string;
}

/** A finer content label; it belongs to one category. */
export interface Tag {
  readonly id: string;
  readonly name: string;
  readonly categoryId: string;
}

/** The nine buckets of the study's method section, which it does not reconcile with its twelve categories. */
export const buckets = [
  'programming',
  'roleplay',
  'translation',
  'general-q-and-a',
  'productivity-writing',
  'education',
  'literature',
  'adult',
  'others',
] as const;

export type Bucket = (typeof buckets)[number];

export interface Taxonomy {
  /** The declared version and a digest of the tables: the same for the same meaning of every label. */
  readonly version: string;
  readonly categories: ReadonlyMap<string, Category>;
  readonly tags: ReadonlyMap<string, Tag>;
  /** Tag and bucket of each path that the table names, by its key. Outside the categories the tag is null. */
  readonly paths: ReadonlyMap<string, { readonly tag: Tag | null; readonly bucket: Bucket }>;
}

/** The texts of the three tables. */
export interface TaxonomyTables {
  categories: string;
  tags: string;
  paths: string;
}

const noTag = '-';

/** Builds the taxonomy from its tables; a table that does not hold together is refused with its line. */
export function buildTaxonomy(tables: TaxonomyTables): Taxonomy {
  const categories = new Map<string, Category>();
  for (const { line, cells } of readTable('categories.tsv', tables.categories, categoryColumns).rows) {
    addOnce(categories, cells.category, { id: cells.category, ...cells }, `categories.tsv:${line}`);
  }
  const tags = new Map<string, Tag>();
  for (const { line, cells } of readTable('tags.tsv', tables.tags, ['tag', 'category', 'name']).rows) {
    const category = known(categories, cells.category, `tags.tsv:${line}: category`);
    const tag = { id: cells.tag, name: cells.name, categoryId: category.id };
    addOnce(tags, tag.id, tag, `tags.tsv:${line}`);
  }
  const { version, rows } = readTable('paths.tsv', tables.paths, ['path', 'tag', 'bucket']);
  if (version === null || version === '') throw new Error('paths.tsv: the line "version" is missing');
  const paths: Map<string, { tag: Tag | null; bucket: Bucket }> = new Map();
  for (const { line, cells } of rows) {
    const where = `paths.tsv:${line}`;
    const tag = cells.tag === noTag ? null : known(tags, cells.tag, `${where}: tag`);
    const bucket = known(bucketsByName, cells.bucket, `${where}: bucket`);
    const key = labelKey(cells.path);
    if (parentOf(key) === null) throw new Error(`${where}: a path begins with "/" and names a segment`);
    addOnce(paths, key, { tag, bucket }, where);
  }
  const digest = createHash('sha256').update(JSON.stringify(tables)).digest('hex').slice(0, 12);
  return { version: `${version}+${digest}`, categories, tags, paths };
}

const categoryColumns = ['category', 'name', 'description'] as const;
const bucketsByName: ReadonlyMap<string, Bucket> = new Map(buckets.map((bucket) => [bucket, bucket]));

function addOnce<Value>(map: Map<string, Value>, key: string, value: Value, where: string): void {
  if (map.has(key)) throw new Error(`${where}: ${key} stands here a second time`);
  map.set(key, value);
}

function known<Value>(map: ReadonlyMap<string, Value>, name: string, where: string): Value {
  const value = map.get(name);
  if (value === undefined) throw new Error(`${where}: there is no "${name}"`);
  return value;
}
