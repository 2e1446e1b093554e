import { entityNameOf } from '../../measures/entity-id.ts';
import type { ModelEntity } from '../../measures/release.ts';
import { matchesSearch } from '../shared/entities.ts';
import type { ModelFilter } from './model.args.ts';

const labels = ['source', 'origin', 'sourceGroup', 'size', 'reasoning', 'tools', 'labelled'] as const;

/** Whether a model passes; a field that is absent or null asks for nothing. */
export function passesFilter(model: ModelEntity, filter: ModelFilter): boolean {
  const { authors, used, releasedFrom, releasedTo } = filter;
  return (
    matchesSearch(model, filter.search) &&
    labels.every((label) => isAbsent(filter[label]) || model[label] === filter[label]) &&
    (isAbsent(authors) || authors.some((id) => entityNameOf('author', id) === authorOf(model)?.id)) &&
    (isAbsent(used) || (model.totalTokens !== null) === used) &&
    (isAbsent(releasedFrom) || (model.releaseDate !== null && model.releaseDate >= releasedFrom)) &&
    (isAbsent(releasedTo) || (model.releaseDate !== null && model.releaseDate < releasedTo))
  );
}

export function authorOf({ authorKey, catalog }: ModelEntity) {
  return authorKey === null ? null : (catalog.author.withKey(authorKey) ?? null);
}

function isAbsent(value: unknown): value is null | undefined {
  return value === null || value === undefined;
}
