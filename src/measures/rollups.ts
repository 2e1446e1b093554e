import type { RollupKey, RollupName } from './types.ts';

export interface Rollup {
  readonly name: RollupName;
  readonly keys: readonly RollupKey[];
}

/**
 * The usage rollups that a release publishes, finest question first: the planner takes the first that has
 * every key a query needs. No rollup crosses provider and country, since the cross is too fine to publish.
 */
export const rollups: readonly Rollup[] = [
  { name: 'usage_day_model_provider', keys: ['model_key', 'provider_key'] },
  { name: 'usage_day_model_country', keys: ['model_key', 'country'] },
];
