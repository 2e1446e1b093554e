import { AtlasError } from '../errors.ts';
import type { ReleaseCatalog } from './release.ts';
import type { EntityName } from './types.ts';

/**
 * Ids are unique over all kinds. A model's is `author/model`; authors and providers share names (`google` is
 * both), so theirs carry the kind: `author:google`, `provider:google`. Wherever the kind is clear, the
 * name alone is taken as well.
 */
const prefixes = { model: '', author: 'author:', provider: 'provider:' } as const satisfies Record<
  EntityName,
  string
>;

export function globalId(entity: EntityName, name: string): string {
  return prefixes[entity] + name;
}

/** The name without its kind; another kind's id is returned as it is, and so is not found. */
export function entityNameOf(entity: EntityName, id: string): string {
  const prefix = prefixes[entity];
  return id.startsWith(prefix) ? id.slice(prefix.length) : id;
}

/** Kind and name of a global id. */
export function parseGlobalId(id: string): { entity: EntityName; name: string } {
  for (const entity of ['author', 'provider'] as const) {
    if (id.startsWith(prefixes[entity])) return { entity, name: id.slice(prefixes[entity].length) };
  }
  return { entity: 'model', name: id };
}

/** The number that aggregate rows of the release carry for the entity. */
export function entityKey(entity: EntityName, id: string, catalog: ReleaseCatalog): number {
  const set = { model: catalog.models, author: catalog.authors, provider: catalog.providers }[entity];
  const found = set.withId(entityNameOf(entity, id));
  if (found !== undefined) return found.key;
  throw new AtlasError(
    'BAD_ARGUMENT',
    `The release ${catalog.release.id} knows no ${entity} '${id.slice(0, 100)}'. \`${entity}s { nodes { id } }\` lists them.`,
    { details: { entity } },
  );
}
