import { AtlasError } from '../errors.ts';
import type { ReleaseCatalog } from './release.ts';
import type { EntityName } from './types.ts';

/**
 * Ids are unique over all kinds. A model's is `author/model`; other kinds share names (`google` is an author
 * and a provider), so theirs carry the kind: `author:google`, `country:DE`. Wherever the kind is clear, the
 * name alone is taken as well.
 */
const prefixedKinds = ['author', 'provider', 'category', 'tag', 'country', 'continent'] as const;

export function globalId(entity: EntityName, name: string): string {
  return entity === 'model' ? name : `${entity}:${name}`;
}

/** The name without its kind; another kind's id is returned as it is, and so is not found. */
export function entityNameOf(entity: EntityName, id: string): string {
  const prefix = globalId(entity, '');
  const name = id.startsWith(prefix) ? id.slice(prefix.length) : id;
  return entity === 'country' || entity === 'continent' ? name.toUpperCase() : name;
}

/** Kind and name of a global id. */
export function parseGlobalId(id: string): { entity: EntityName; name: string } {
  const entity = prefixedKinds.find((kind) => id.startsWith(`${kind}:`)) ?? 'model';
  return { entity, name: entityNameOf(entity, id) };
}

/** What aggregate rows of the release carry for the entity. */
export function entityKey(entity: EntityName, id: string, catalog: ReleaseCatalog): number | string {
  const found = catalog[entity].withId(entityNameOf(entity, id));
  if (found !== undefined) return found.key;
  const list = { category: 'categories', country: 'countries' }[entity as string] ?? `${entity}s`;
  throw new AtlasError(
    'BAD_ARGUMENT',
    `The release ${catalog.release.id} knows no ${entity} '${id.slice(0, 100)}'. \`${list} { nodes { id } }\` lists them.`,
    { details: { entity } },
  );
}
