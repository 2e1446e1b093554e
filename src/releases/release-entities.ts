import {
  type Author,
  catalog,
  type Model,
  modelOf,
  type Provider,
  providerOf,
  resolveModel,
  resolveProvider,
} from '../catalog/index.ts';

/** Model and provider names as the events of a data set have them. */
export interface RawNames {
  models: readonly string[];
  providers: readonly string[];
}

/** Entities with the numbers by which the rows of one release refer to them. */
export interface ReleaseEntities {
  models: ReadonlyMap<number, Model>;
  authors: ReadonlyMap<number, Author>;
  providers: ReadonlyMap<number, Provider>;
  authorKeys: ReadonlyMap<string, number>;
  modelKeysByRawName: ReadonlyMap<string, number>;
  providerKeysByRawName: ReadonlyMap<string, number>;
}

/**
 * Numbers the whole catalogue, and what the data name beyond it, by id: the same names and catalogue always
 * get the same numbers, whatever the order of the names.
 */
export function numberEntities(names: RawNames): ReleaseEntities {
  const modelIds = new Map(names.models.map((raw) => [raw, resolveModel(raw).modelId]));
  const providerIds = new Map(names.providers.map((raw) => [raw, resolveProvider(raw).providerId]));
  const modelKeys = numberIds([...catalog.models.keys(), ...modelIds.values()]);
  const providerKeys = numberIds([...catalog.providers.keys(), ...providerIds.values()]);
  const authorKeys = numberIds(catalog.authors.keys());
  return {
    models: byKey(modelKeys, modelOf),
    authors: byKey(authorKeys, authorOf),
    providers: byKey(providerKeys, providerOf),
    authorKeys,
    modelKeysByRawName: mapValues(modelIds, (id) => keyOf(modelKeys, id)),
    providerKeysByRawName: mapValues(providerIds, (id) => keyOf(providerKeys, id)),
  };
}

function numberIds(ids: Iterable<string>): Map<string, number> {
  return new Map([...new Set(ids)].sort().map((id, index) => [id, index + 1]));
}

function byKey<Entity>(keys: ReadonlyMap<string, number>, entityOf: (id: string) => Entity) {
  return new Map([...keys].map(([id, key]) => [key, entityOf(id)]));
}

function mapValues<A, B>(map: ReadonlyMap<string, A>, change: (value: A) => B): Map<string, B> {
  return new Map([...map].map(([name, value]) => [name, change(value)]));
}

function keyOf(keys: ReadonlyMap<string, number>, id: string): number {
  const key = keys.get(id);
  if (key === undefined) throw new Error(`no number for ${id}`);
  return key;
}

function authorOf(id: string): Author {
  const author = catalog.authors.get(id);
  if (author === undefined) throw new Error(`no author ${id}`);
  return author;
}
