import { ArgsType, Field } from 'type-graphql';
import type { EntitySet, Release } from '../../measures/release.ts';
import { pageOf, type ConnectionOf } from './connection.ts';
import { compareEntities, EntityOrderEnum, matchesSearch, type EntityOrder } from './entities.ts';
import { ListArgs } from './release.args.ts';

/** A list of entities that are used or not: authors, providers. */
@ArgsType()
export class UsedEntitiesArgs extends ListArgs {
  @Field(() => String, { nullable: true, description: 'Text in the id or name, in any case.' })
  declare search?: string | null;

  @Field(() => Boolean, { nullable: true, description: 'Used in the release.' })
  declare used?: boolean | null;

  @Field(() => EntityOrderEnum, { defaultValue: 'TOTAL_TOKENS', description: 'Order of the list.' })
  declare orderBy: EntityOrder;
}

interface UsedEntity {
  readonly key: number;
  readonly id: string;
  readonly name: string;
  readonly totalTokens: number | null;
}

/** A page of the entities that pass; `filter` is what a list of this kind asks for beside the rest. */
export function listUsedEntities<E extends UsedEntity>(
  kind: string,
  release: Release,
  set: EntitySet<E>,
  args: UsedEntitiesArgs,
  filter: { readonly asked: unknown; readonly passes: (entity: E) => boolean } = {
    asked: null,
    passes: () => true,
  },
): ConnectionOf<E> {
  const { search, used, orderBy } = args;
  const found = set.all.filter(
    (entity) =>
      matchesSearch(entity, search) &&
      (used === null || used === undefined || (entity.totalTokens !== null) === used) &&
      filter.passes(entity),
  );
  found.sort(compareEntities(orderBy));
  return pageOf(release.id, kind, { search, used, orderBy, asked: filter.asked }, found, args);
}
