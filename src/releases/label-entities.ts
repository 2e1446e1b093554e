import type pg from 'pg';
import { categories, type Category, resolveLabel, type Tag, tags } from '../catalog/index.ts';
import type { LabelKeys } from '../rollups/labels.ts';
import { copyRows } from './copy-rows.ts';
import { tabSeparated } from './tab-separated.ts';

/** Categories and tags with the numbers by which the rows of one release refer to them. */
export interface LabelEntities {
  categories: ReadonlyMap<number, Category>;
  tags: ReadonlyMap<number, Tag & { categoryKey: number }>;
  /** Null: unmapped. */
  keysOf(label: string): LabelKeys | null;
}

/** Numbers all categories and tags by id: the same taxonomy always gets the same numbers. */
export function numberLabels(): LabelEntities {
  const categoryKeys = numberIds(categories());
  const tagKeys = numberIds(tags());
  return {
    categories: new Map(
      [...categories().values()].map((category) => [keyOf(categoryKeys, category.id), category]),
    ),
    tags: new Map(
      [...tags().values()].map((tag) => [
        keyOf(tagKeys, tag.id),
        { ...tag, categoryKey: keyOf(categoryKeys, tag.categoryId) },
      ]),
    ),
    keysOf: (label) => {
      const resolved = resolveLabel(label);
      if (resolved === null) return null;
      return {
        tagKey: keyOf(tagKeys, resolved.tagId),
        categoryKey: keyOf(categoryKeys, resolved.categoryId),
      };
    },
  };
}

/** Writes the categories and tags of a release and returns how many there are. */
export async function copyLabelEntities(
  client: pg.ClientBase,
  releaseKey: number,
  entities: LabelEntities,
): Promise<number> {
  const categoryRows = [...entities.categories].map(
    ([key, { id, name, description }]) => [releaseKey, key, id, name, description] as const,
  );
  const tagRows = [...entities.tags].map(
    ([key, { id, name, categoryKey }]) => [releaseKey, key, id, name, categoryKey] as const,
  );
  const named = ['release_key', 'key', 'id', 'name'];
  return (
    (await copyRows(client, 'categories', [...named, 'description'], tabSeparated(categoryRows))) +
    (await copyRows(client, 'tags', [...named, 'category_key'], tabSeparated(tagRows)))
  );
}

function numberIds(entities: ReadonlyMap<string, unknown>): Map<string, number> {
  return new Map([...entities.keys()].sort().map((id, index) => [id, index + 1]));
}

function keyOf(keys: ReadonlyMap<string, number>, id: string): number {
  const key = keys.get(id);
  if (key === undefined) throw new Error(`no number for ${id}`);
  return key;
}
