import { AtlasError } from '../errors.ts';
import { dimensionNamed, dimensions as allDimensions, type DimensionName } from './dimensions.ts';
import { measureNamed } from './measures.ts';
import type { Filter, UsageQuery } from './query.ts';
import { rollups, type Rollup } from './rollups.ts';

/** Which tables answer a query. */
export interface UsagePlan {
  readonly rollup: Rollup;
  /** Labels of the models are grouped by or filtered on. */
  readonly joinsModels: boolean;
  /** Distinct users come from their own rollup, by model or for all models together. */
  readonly users: 'BY_MODEL' | 'ALL' | null;
}

/** Chooses the rollup that answers, or says why none does. Pure: it looks at the query only. */
export function planUsage(query: UsageQuery): UsagePlan {
  const used = [...new Set([...query.groupBy, ...filteredDimensions(query.where)])];
  refuseUncovered(query, used);
  return {
    rollup: chooseRollup(used),
    joinsModels: used.some((name) => dimensionNamed(name).column.of === 'models'),
    users: planUsers(query),
  };
}

export function filteredDimensions(filter: Filter | null): DimensionName[] {
  if (filter === null) return [];
  if ('of' in filter) return filter.of.flatMap(filteredDimensions);
  return [filter.dimension];
}

function refuseUncovered(query: UsageQuery, used: readonly DimensionName[]): void {
  const { dimensions } = query.release.coverage;
  const uncovered = used.filter((name) => !dimensions[name]);
  if (uncovered.length === 0) return;
  const covered = allDimensions.map(({ name }) => name).filter((name) => dimensions[name]);
  throw new AtlasError(
    'DIMENSION_NOT_COVERED',
    `The data set '${query.release.datasetId}' does not carry ${uncovered.join(', ')}. It covers ${covered.join(', ')}.`,
    { details: { uncovered, covered } },
  );
}

function chooseRollup(used: readonly DimensionName[]): Rollup {
  const rollup = rollups.find(({ keys }) => used.every((name) => keys.includes(dimensionNamed(name).needs)));
  if (rollup !== undefined) return rollup;
  const keys = rollups.map((candidate) => candidate.keys.join(' × '));
  throw new AtlasError(
    'NO_ROLLUP',
    `No published rollup has ${used.join(' × ')} together. They are kept by day and ${keys.join(', or ')}; ask two queries.`,
    { details: { dimensions: used } },
  );
}

/** Distinct users can not be summed, so only the groupings they are kept for are answered. */
function planUsers(query: UsageQuery): UsagePlan['users'] {
  if (!query.measures.some((name) => measureNamed(name).kind === 'DISTINCT')) return null;
  if (!query.release.coverage.measures.distinctUsers) return null;
  if (query.grain !== null && query.where === null && query.groupBy.length === 0) return 'ALL';
  const filters = filteredDimensions(query.where);
  const byModel = query.groupBy.length === 1 && query.groupBy[0] === 'MODEL';
  const filtersModels = filters.every((name) => dimensionNamed(name).needs === 'model_key');
  if (query.grain !== null && byModel && filtersModels) return 'BY_MODEL';
  throw new AtlasError(
    'NOT_ADDITIVE',
    'Distinct users can not be added up over groups or periods. They are kept by DAY, WEEK and MONTH for each ' +
      'MODEL (filters on models and their labels allowed) and, unfiltered, for all together: give a grain, and group ' +
      'by MODEL or by nothing.',
  );
}
