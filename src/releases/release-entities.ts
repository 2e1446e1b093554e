import {
  type Author,
  catalog,
  continentOf,
  type Model,
  modelOf,
  OTHER_MODELS_ID,
  type Provider,
  providerOf,
  resolveModel,
  resolveProvider,
} from '../catalog/index.ts';
import type { ModelName } from '../rollups/names.ts';
import { sourceGroupOf } from './entity-columns.ts';

/** Names of models and providers and codes of countries, as the events of a data set have them. */
export interface RawNames {
  models: readonly string[];
  providers: readonly string[];
  countries: readonly string[];
}

/** Entities with the numbers by which the rows of one release refer to them. */
export interface ReleaseEntities {
  models: ReadonlyMap<number, Model>;
  authors: ReadonlyMap<number, Author>;
  providers: ReadonlyMap<number, Provider>;
  authorKeys: ReadonlyMap<string, number>;
  modelNames: ReadonlyMap<string, ModelName>;
  providerKeysByRawName: ReadonlyMap<string, number>;
  /** By country. */
  continents: ReadonlyMap<string, string | null>;
}

/**
 * Numbers the whole catalogue, and what the data name beyond it, by id: the same names and catalogue always
 * get the same numbers, whatever the order of the names.
 */
export function numberEntities(names: RawNames): ReleaseEntities {
  const resolved = new Map(names.models.map((raw) => [raw, resolveModel(raw)]));
  const modelIds = [...catalog.models.keys(), ...[...resolved.values()].map(({ modelId }) => modelId)];
  const providerIds = new Map(names.providers.map((raw) => [raw, resolveProvider(raw).providerId]));
  // What a feed sums up as "other" is not a model.
  const modelKeys = numberIds(modelIds.filter((id) => id !== OTHER_MODELS_ID));
  const providerKeys = numberIds([...catalog.providers.keys(), ...providerIds.values()]);
  const authorKeys = numberIds(catalog.authors.keys());
  return {
    models: byKey(modelKeys, modelOf),
    authors: byKey(authorKeys, authorOf),
    providers: byKey(providerKeys, providerOf),
    authorKeys,
    modelNames: mapValues(resolved, ({ modelId, providerId }) => {
      const { authorId, source, origin } = modelOf(modelId);
      return {
        modelKey: modelKeys.get(modelId) ?? null,
        authorKey: authorId === null ? null : keyOf(authorKeys, authorId),
        sourceGroup: sourceGroupOf({ source, origin }),
        providerKey: providerId === null ? null : keyOf(providerKeys, providerId),
      };
    }),
    providerKeysByRawName: mapValues(providerIds, (id) => keyOf(providerKeys, id)),
    continents: new Map(names.countries.map((country) => [country, continentOf(country)])),
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
