import type { Author, Model, Provider } from '../catalog/index.ts';
import type { ReleaseEntities } from './release-entities.ts';
import type { Value } from './tab-separated.ts';

/** A table of entities: its columns after release and number, and where their values come from. */
type EntityColumns<Entity> = Record<string, (entity: Entity, entities: ReleaseEntities) => Value>;

export const modelColumns: EntityColumns<Model> = {
  id: ({ id }) => id,
  name: ({ name }) => name,
  author_key: ({ authorId }, { authorKeys }) =>
    authorId === null ? null : (authorKeys.get(authorId) ?? null),
  source: ({ source }) => source,
  origin: ({ origin }) => origin,
  source_group: sourceGroupOf,
  size_class: ({ sizeClass }) => sizeClass,
  parameters_billions: ({ parametersBillions }) => parametersBillions,
  active_parameters_billions: ({ activeParametersBillions }) => activeParametersBillions,
  reasoning: ({ reasoning }) => reasoning,
  tools: ({ tools }) => tools,
  context_tokens: ({ contextTokens }) => contextTokens,
  release_date: ({ releaseDate }) => releaseDate,
  input_price_usd: ({ listPrice }) => listPrice?.inputPerMillionUsd ?? null,
  output_price_usd: ({ listPrice }) => listPrice?.outputPerMillionUsd ?? null,
  cached_input_price_usd: ({ listPrice }) => listPrice?.cachedInputPerMillionUsd ?? null,
  price_as_of: ({ listPrice }) => listPrice?.asOf ?? null,
  labelled: ({ labelled }) => labelled,
};

export const authorColumns: EntityColumns<Author> = {
  id: ({ id }) => id,
  name: ({ name }) => name,
  origin: ({ origin }) => origin,
  country: ({ country }) => country,
  homepage: ({ homepage }) => homepage,
};

export const providerColumns: EntityColumns<Provider> = {
  id: ({ id }) => id,
  name: ({ name }) => name,
  country: ({ country }) => country,
};

type SourceGroup = 'CHINESE_OPEN' | 'REST_OF_WORLD_OPEN' | 'PROPRIETARY';

/** Source and origin in one: proprietary wherever it is made, open by origin, null where either is unknown. */
export function sourceGroupOf({ source, origin }: Pick<Model, 'source' | 'origin'>): SourceGroup | null {
  if (source === 'PROPRIETARY') return 'PROPRIETARY';
  if (source === null || origin === null) return null;
  return origin === 'CHINA' ? 'CHINESE_OPEN' : 'REST_OF_WORLD_OPEN';
}
