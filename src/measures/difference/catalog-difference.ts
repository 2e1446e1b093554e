import type { AuthorEntity, EntitySet, ModelEntity, ReleaseCatalog, ReleaseRollup } from '../release.ts';

/** The same thing in two releases. */
export interface Changed<E> {
  readonly before: E;
  readonly after: E;
}

/** What became of the entities that were used; one that only the catalogue knows is neither new nor gone. */
export interface EntityDifference<E> {
  readonly added: E[];
  readonly gone: E[];
  /** Used in both, under another name. */
  readonly renamed: Changed<E>[];
  /** Used in both, counted under other labels. */
  readonly relabelled: Changed<E>[];
}

export function modelDifference(from: ReleaseCatalog, to: ReleaseCatalog): EntityDifference<ModelEntity> {
  const labelsOf = ({ catalog, authorKey, source, origin, size, reasoning }: ModelEntity): unknown[] => {
    const author = authorKey === null ? null : (catalog.author.withKey(authorKey)?.id ?? null);
    return [author, source, origin, size, reasoning];
  };
  return entityDifference(from.model, to.model, labelsOf);
}

export function authorDifference(from: ReleaseCatalog, to: ReleaseCatalog): EntityDifference<AuthorEntity> {
  return entityDifference(from.author, to.author, ({ origin, country }) => [origin, country]);
}

/** Rollups of another definition, or that only one of the two has; null: none of this name. */
export function rollupDifference(
  from: readonly ReleaseRollup[],
  to: readonly ReleaseRollup[],
): { readonly before: ReleaseRollup | null; readonly after: ReleaseRollup | null; readonly name: string }[] {
  const names = [...new Set([...from, ...to].map(({ name }) => name))].sort();
  const named = (rollups: readonly ReleaseRollup[], name: string): ReleaseRollup | null =>
    rollups.find((rollup) => rollup.name === name) ?? null;
  return names
    .map((name) => ({ name, before: named(from, name), after: named(to, name) }))
    .filter(({ before, after }) => before?.version !== after?.version || before?.sha256 !== after?.sha256);
}

interface UsedEntity {
  readonly key: number;
  readonly id: string;
  readonly name: string;
  readonly totalTokens: number | null;
}

function entityDifference<E extends UsedEntity>(
  from: EntitySet<E>,
  to: EntitySet<E>,
  labelsOf: (entity: E) => readonly unknown[],
): EntityDifference<E> {
  const isUsed = (entity: E | undefined): entity is E => entity !== undefined && entity.totalTokens !== null;
  const used = ({ all }: EntitySet<E>): E[] => all.filter(isUsed).sort((a, b) => (a.id < b.id ? -1 : 1));
  const both = used(to).flatMap((after) => {
    const before = from.withId(after.id);
    return isUsed(before) ? [{ before, after }] : [];
  });
  return {
    added: used(to).filter(({ id }) => !isUsed(from.withId(id))),
    gone: used(from).filter(({ id }) => !isUsed(to.withId(id))),
    renamed: both.filter(({ before, after }) => before.name !== after.name),
    relabelled: both.filter(
      ({ before, after }) => JSON.stringify(labelsOf(before)) !== JSON.stringify(labelsOf(after)),
    ),
  };
}
