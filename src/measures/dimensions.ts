import type { Dimension } from './types.ts';

/** Every dimension of the API. Enums, filters, row fields and the data set's metadata derive from this list. */
export const dimensions = [
  {
    name: 'MODEL',
    field: 'model',
    description: 'The model that answered, whatever dated snapshot or variant of it the log names.',
    type: 'ENTITY',
    entity: 'model',
    needs: 'model_key',
    column: { of: 'usage', name: 'model_key' },
  },
  {
    name: 'AUTHOR',
    field: 'author',
    description: 'The organisation that made the model. Unknown for models the catalogue does not label.',
    type: 'ENTITY',
    entity: 'author',
    needs: 'model_key',
    column: { of: 'models', name: 'author_key' },
  },
  {
    name: 'PROVIDER',
    field: 'provider',
    description: 'The host that served the request; several hosts may serve one open model.',
    type: 'ENTITY',
    entity: 'provider',
    needs: 'provider_key',
    column: { of: 'usage', name: 'provider_key' },
  },
  {
    name: 'SOURCE',
    field: 'source',
    description: 'Whether the weights of the model are publicly available.',
    type: 'TEXT',
    values: {
      OPEN: 'Weights are publicly available.',
      PROPRIETARY: 'Reached only through a restricted interface; the study also says "closed".',
    },
    needs: 'model_key',
    column: { of: 'models', name: 'source' },
  },
  {
    name: 'ORIGIN',
    field: 'origin',
    description: "Primary locale of the model's development, by its author.",
    type: 'TEXT',
    values: {
      CHINA: 'Mainland China, Taiwan or Hong Kong.',
      REST_OF_WORLD: 'Anywhere else.',
    },
    needs: 'model_key',
    column: { of: 'models', name: 'origin' },
  },
  {
    name: 'SOURCE_GROUP',
    field: 'sourceGroup',
    description: "Source and origin in one, as the study's first figure draws them.",
    type: 'TEXT',
    values: {
      CHINESE_OPEN: 'Open weights, developed in China.',
      REST_OF_WORLD_OPEN: 'Open weights, developed elsewhere.',
      PROPRIETARY: 'Closed weights, wherever developed.',
    },
    needs: 'model_key',
    column: { of: 'models', name: 'source_group' },
  },
  {
    name: 'SIZE',
    field: 'size',
    description: 'Size of an open model by total (not active) parameters. Unknown for proprietary models.',
    type: 'TEXT',
    values: {
      SMALL: 'Fewer than 15 billion parameters.',
      MEDIUM: '15 to less than 70 billion parameters.',
      LARGE: '70 billion parameters or more.',
    },
    needs: 'model_key',
    column: { of: 'models', name: 'size_class' },
  },
  {
    name: 'REASONING',
    field: 'reasoning',
    description:
      'Whether the model is capable of reasoning. The share of tokens by this dimension is the study\'s "reasoning share": tokens served by reasoning-capable models, not reasoning tokens within outputs.',
    type: 'BOOLEAN',
    needs: 'model_key',
    column: { of: 'models', name: 'reasoning' },
  },
  {
    name: 'COUNTRY',
    field: 'country',
    description: 'Billing country of the account (ISO 3166-1 alpha-2), not the place of the request.',
    type: 'TEXT',
    pattern: /^[A-Z]{2}$/,
    needs: 'country',
    column: { of: 'usage', name: 'country' },
  },
] as const satisfies readonly Dimension[];

export type DimensionName = (typeof dimensions)[number]['name'];

const byName = new Map<string, Dimension>(dimensions.map((dimension) => [dimension.name, dimension]));
const byField = new Map<string, Dimension>(dimensions.map((dimension) => [dimension.field, dimension]));

export function dimensionNamed(name: DimensionName): Dimension {
  return found(byName.get(name), name);
}

export function dimensionOfField(field: string): Dimension {
  return found(byField.get(field), field);
}

/** Names come from the schema's own enums and fields, so a miss is a fault of the program. */
function found(dimension: Dimension | undefined, name: string): Dimension {
  if (dimension === undefined) throw new Error(`There is no dimension ${name}`);
  return dimension;
}
