import type pg from 'pg';

/**
 * Tables of aggregate rows. They refer to a release by number and without a foreign key, which would cost
 * a look-up for each row copied; whatever removes a release removes its rows from each of them.
 */
export const aggregateTables = [
  'usage_day_model_provider',
  'usage_day_model_country',
  'usage_day_model_language',
  'usage_day_model_category',
  'usage_day_model_tag',
  'active_users',
  'histogram_day_model',
  'retention_cohorts',
] as const;

const entityTables = [
  'datasets',
  'releases',
  'release_rollups',
  'models',
  'authors',
  'providers',
  'categories',
  'tags',
  'countries',
] as const;

/** Lets the planner know of rows that were just copied, so that it is ready when readers see them. */
export async function analyseTables(client: pg.ClientBase): Promise<void> {
  await client.query(`ANALYZE ${[...entityTables, ...aggregateTables].join(', ')}`);
}
