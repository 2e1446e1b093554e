import { registerEnumType } from 'type-graphql';
import { releaseOfCursor } from '../../measures/cursor.ts';
import { entityNameOf } from '../../measures/entity-id.ts';
import type { EntitySet, ReleaseCatalog } from '../../measures/release.ts';
import type { EntityName } from '../../measures/types.ts';
import type { Services } from '../context.ts';
import type { ListArgs, ReleaseArgs } from './release.args.ts';

/** The catalogue of the release that a list is about; a list goes on in the release that it began in. */
export async function catalogOf(
  { releases }: Services,
  { dataset, release, after }: ReleaseArgs & Pick<ListArgs, 'after'>,
): Promise<ReleaseCatalog> {
  const id = release ?? (after ? releaseOfCursor(after) : null);
  return releases.catalog(await releases.release({ dataset: dataset ?? null, release: id }));
}

/** One entity by its id, or by its name alone where its kind is clear. */
export function findEntity<E extends { readonly key: number | string; readonly id: string }>(
  kind: EntityName,
  set: EntitySet<E>,
  id: string,
): E | null {
  return set.withId(entityNameOf(kind, id)) ?? null;
}

export type EntityOrder = 'TOTAL_TOKENS' | 'NAME' | 'ID';
export const EntityOrderEnum: Record<EntityOrder, EntityOrder> = {
  TOTAL_TOKENS: 'TOTAL_TOKENS',
  NAME: 'NAME',
  ID: 'ID',
};
registerEnumType(EntityOrderEnum, {
  name: 'EntityOrder',
  description: 'What a list of entities can be ordered by.',
  valuesConfig: {
    TOTAL_TOKENS: { description: 'Tokens in the release, most first; those not used at all come last.' },
    NAME: { description: 'Name, from A.' },
    ID: { description: 'Id, from A.' },
  },
});

interface Ordered {
  readonly id: string;
  readonly name: string;
  readonly totalTokens?: number | null;
}

/** Every order is total: ties go by id. */
export function compareEntities(order: EntityOrder): (a: Ordered, b: Ordered) => number {
  const byId = (a: Ordered, b: Ordered): number => (a.id < b.id ? -1 : a.id > b.id ? 1 : 0);
  if (order === 'ID') return byId;
  if (order === 'NAME') return (a, b) => a.name.localeCompare(b.name, 'en') || byId(a, b);
  return (a, b) => (b.totalTokens ?? -1) - (a.totalTokens ?? -1) || byId(a, b);
}

/** Case-insensitive search in id and name. */
export function matchesSearch({ id, name }: Ordered, search: string | null | undefined): boolean {
  if (search === null || search === undefined) return true;
  const text = search.toLowerCase();
  return id.toLowerCase().includes(text) || name.toLowerCase().includes(text);
}
