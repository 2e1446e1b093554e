import type { LabelTable, RollupKey } from './types.ts';

/** A rollup's table in PostgreSQL at one level of detail, as the planner knows it. */
export interface Rollup {
  readonly name: string;
  /** BOTH keys of the table, or rows summed up to its models or to its other key. */
  readonly level: 'BOTH' | 'MODEL' | 'SECOND';
  readonly keys: readonly RollupKey[];
  /** Rows are of a random sample of the requests: sums are divided by its rate and carry an error. */
  readonly sampled: boolean;
}

/**
 * The usage rollups that a release publishes, fewest rows first: the planner takes the first that has every
 * key a query needs. Provider, country, language and content are never crossed: the cross would be too fine
 * to publish.
 */
export const rollups: readonly Rollup[] = [
  { name: 'usage_day_model_provider', level: 'SECOND', keys: ['provider_key'], sampled: false },
  { name: 'usage_day_model_provider', level: 'MODEL', keys: ['model_key'], sampled: false },
  { name: 'usage_day_model_language', level: 'SECOND', keys: ['language'], sampled: false },
  { name: 'usage_day_model_country', level: 'SECOND', keys: ['country'], sampled: false },
  { name: 'usage_day_model_category', level: 'SECOND', keys: ['category_key'], sampled: true },
  { name: 'usage_day_model_tag', level: 'SECOND', keys: ['tag_key'], sampled: true },
  { name: 'usage_day_model_provider', level: 'BOTH', keys: ['model_key', 'provider_key'], sampled: false },
  { name: 'usage_day_model_language', level: 'BOTH', keys: ['model_key', 'language'], sampled: false },
  { name: 'usage_day_model_country', level: 'BOTH', keys: ['model_key', 'country'], sampled: false },
  { name: 'usage_day_model_category', level: 'BOTH', keys: ['model_key', 'category_key'], sampled: true },
  { name: 'usage_day_model_tag', level: 'BOTH', keys: ['model_key', 'tag_key'], sampled: true },
];

/** How the tables of labels hang on the usage rows. */
export const labelJoins: Readonly<Record<LabelTable, { key: RollupKey; column: string }>> = {
  models: { key: 'model_key', column: 'key' },
  tags: { key: 'tag_key', column: 'key' },
  countries: { key: 'country', column: 'code' },
};

/** Groupings that distinct users are kept for, beside all together. */
export const userGroupings = ['MODEL', 'AUTHOR', 'SOURCE_GROUP', 'COUNTRY', 'CONTINENT'] as const;
