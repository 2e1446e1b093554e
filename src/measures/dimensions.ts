import type { Dimension } from './types.ts';

/** Every dimension of the API. Enums, filters, row fields and the data set's metadata derive from this list. */
export const dimensions = [
  {
    name: 'MODEL',
    field: 'model',
    description:
      'The model that answered, whatever dated snapshot or variant of it the log names. Unknown: what a feed sums up as "other", and models withheld for privacy.',
    type: 'ENTITY',
    entity: 'model',
    sources: [{ key: 'model_key', of: 'usage', column: 'model_key' }],
  },
  {
    name: 'AUTHOR',
    field: 'author',
    description: 'The organisation that made the model. Unknown for models the catalogue does not label.',
    type: 'ENTITY',
    entity: 'author',
    sources: [{ key: 'model_key', of: 'models', column: 'author_key' }],
  },
  {
    name: 'PROVIDER',
    field: 'provider',
    description: 'The host that served the request; several hosts may serve one open model.',
    type: 'ENTITY',
    entity: 'provider',
    sources: [{ key: 'provider_key', of: 'usage', column: 'provider_key' }],
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
    sources: [{ key: 'model_key', of: 'models', column: 'source' }],
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
    sources: [{ key: 'model_key', of: 'models', column: 'origin' }],
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
    sources: [{ key: 'model_key', of: 'models', column: 'source_group' }],
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
    sources: [{ key: 'model_key', of: 'models', column: 'size_class' }],
  },
  {
    name: 'REASONING',
    field: 'reasoning',
    description:
      'Whether the model is capable of reasoning. The share of tokens by this dimension is the study\'s "reasoning share": tokens served by reasoning-capable models, not reasoning tokens within outputs.',
    type: 'BOOLEAN',
    sources: [{ key: 'model_key', of: 'models', column: 'reasoning' }],
  },
  {
    name: 'CATEGORY',
    field: 'category',
    description:
      'What the prompt was about, by the labels of a sample: an estimate, with its sampling error. A prompt with labels of several categories counts in each, or in parts, as `labelWeighting` says.',
    type: 'ENTITY',
    entity: 'category',
    sources: [
      { key: 'category_key', of: 'usage', column: 'category_key' },
      { key: 'tag_key', of: 'tags', column: 'category_key' },
    ],
  },
  {
    name: 'TAG',
    field: 'tag',
    description: 'A finer label within a category, from the same sample.',
    type: 'ENTITY',
    entity: 'tag',
    sources: [{ key: 'tag_key', of: 'usage', column: 'tag_key' }],
  },
  {
    name: 'COUNTRY',
    field: 'country',
    description: 'Billing country of the account, not the place of the request.',
    type: 'ENTITY',
    entity: 'country',
    sources: [{ key: 'country', of: 'usage', column: 'country' }],
    detailScope: 'country-detail:read',
  },
  {
    name: 'CONTINENT',
    field: 'continent',
    description: 'Continent of the billing country.',
    type: 'ENTITY',
    entity: 'continent',
    sources: [{ key: 'country', of: 'countries', column: 'continent' }],
    detailScope: 'country-detail:read',
  },
  {
    name: 'LANGUAGE',
    field: 'language',
    description: 'Language of the prompt as the gateway detected it: a BCP 47 tag such as en or zh-Hans.',
    type: 'TEXT',
    code: { pattern: /^[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*$/, example: 'zh-Hans' },
    sources: [{ key: 'language', of: 'usage', column: 'language' }],
  },
] as const satisfies readonly Dimension[];

export type DimensionName = (typeof dimensions)[number]['name'];

const byName = new Map<string, Dimension>(dimensions.map((dimension) => [dimension.name, dimension]));

export function dimensionNamed(name: DimensionName): Dimension {
  const dimension = byName.get(name);
  // Names come from the schema's own enums, so a miss is a fault of the program.
  if (dimension === undefined) throw new Error(`There is no dimension ${name}`);
  return dimension;
}
