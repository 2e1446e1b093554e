import { AtlasError } from '../errors.ts';
import { dimensionNamed, dimensions as allDimensions, type DimensionName } from './dimensions.ts';
import { measureNamed } from './measures.ts';
import { periodCount, periodStart, type Calendar, type DayRange } from './periods.ts';
import type { Filter, UsageQuery } from './query.ts';
import { rollups, userGroupings, type Rollup } from './rollups.ts';
import type { DimensionSource, LabelTable } from './types.ts';

export type UserGrouping = 'ALL' | (typeof userGroupings)[number];

/** Periods that usage rows are kept for. */
export type StoredGrain = 'DAY' | 'WEEK' | 'WEEK_SUNDAY' | 'MONTH';

export type HistogramLevel = 'MODEL' | 'ALL';

/** Which tables answer a query. */
export interface UsagePlan {
  readonly rollup: Rollup;
  /** The coarsest rows whose periods fit into those asked for. */
  readonly grain: StoredGrain;
  /** Tables of labels that are grouped by or filtered on. */
  readonly joins: readonly LabelTable[];
  /** Grouping that distinct users are read for; null where they are not asked for or not carried. */
  readonly users: UserGrouping | null;
  /** Histograms that percentiles are read from: by model, or of all merged; null where none are asked for. */
  readonly histograms: HistogramLevel | null;
}

/** Chooses the rollup that answers, or says why none does. Pure: it looks at the query only. */
export function planUsage(query: UsageQuery): UsagePlan {
  const used = [...new Set([...query.groupBy, ...filteredDimensions(query.where)])];
  refuseUncovered(query, used);
  const rollup = chooseRollup(used, countsModels(query));
  const sources = used.map((name) => sourceIn(rollup, name));
  return {
    rollup,
    grain: chooseGrain(query),
    joins: [...new Set(sources.flatMap(({ of }) => (of === 'usage' ? [] : [of])))],
    users: planUsers(query),
    histograms: planHistograms(query, used),
  };
}

/** Where the rollup has the dimension; a planned query has only dimensions that its rollup has. */
export function sourceIn(rollup: Rollup, name: DimensionName): DimensionSource {
  const source = findSource(rollup, name);
  if (source === undefined) throw new Error(`${rollup.name} does not have ${name}`);
  return source;
}

/** How many rows an answer can have at most, as far as the catalogue tells. */
export function mostPeriods(query: UsageQuery): number {
  return query.calendar === null ? 1 : periodCount(query, query.calendar);
}

export function filteredDimensions(filter: Filter | null): DimensionName[] {
  if (filter === null) return [];
  return 'of' in filter ? filter.of.flatMap(filteredDimensions) : [filter.dimension];
}

function findSource(rollup: Rollup, name: DimensionName): DimensionSource | undefined {
  return dimensionNamed(name).sources.find(({ key }) => rollup.keys.includes(key));
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

function countsModels({ measures, orderBy }: UsageQuery): boolean {
  return [...measures, ...orderBy.map(({ by }) => by)].includes('DISTINCT_MODELS');
}

/** Coarse rows answer where the range cuts no period of theirs, or cuts it where the data end anyway. */
function chooseGrain({ calendar, release, comparedTo, ...range }: UsageQuery): StoredGrain {
  const isStored = calendar?.grain === 'DAY' || calendar?.grain === 'WEEK';
  const stored: Calendar = isStored ? calendar : { grain: 'MONTH', weekStart: 'MONDAY' };
  if (stored.grain === 'DAY') return 'DAY';
  const isWhole = ({ from, to }: DayRange): boolean =>
    (from <= release.periodFrom || periodStart(from, stored) === from) &&
    (to >= release.periodTo || periodStart(to, stored) === to);
  if (!isWhole(range) || (comparedTo !== null && !isWhole(comparedTo.range))) return 'DAY';
  if (stored.grain === 'WEEK') return stored.weekStart === 'SUNDAY' ? 'WEEK_SUNDAY' : 'WEEK';
  return 'MONTH';
}

/** Whether these dimensions are kept together, so that usage can be grouped and filtered by all of them. */
export function isKeptTogether(names: readonly DimensionName[]): boolean {
  return rollups.some((rollup) => names.every((name) => findSource(rollup, name) !== undefined));
}

function chooseRollup(used: readonly DimensionName[], needsModels: boolean): Rollup {
  const rollup = rollups.find(
    (candidate) =>
      used.every((name) => findSource(candidate, name) !== undefined) &&
      (!needsModels || candidate.keys.includes('model_key')),
  );
  if (rollup !== undefined) return rollup;
  throw new AtlasError(
    'NO_ROLLUP',
    `No published rollup has ${used.join(' × ')} together. Models and their labels go with one of PROVIDER, ` +
      'COUNTRY (and CONTINENT), LANGUAGE, or CATEGORY and TAG: ask for one of these at a time.',
    { details: { dimensions: used } },
  );
}

/** Distinct users can not be summed, so only the groupings they are kept for are answered. */
function planUsers(query: UsageQuery): UsagePlan['users'] {
  if (!query.measures.some((name) => measureNamed(name).kind === 'USERS')) return null;
  if (!query.release.coverage.measures.distinctUsers) return null;
  const grouping = userGrouping(query);
  const { calendar } = query;
  const isKept =
    calendar !== null &&
    calendar.grain !== 'QUARTER' &&
    (calendar.grain !== 'WEEK' || calendar.weekStart === 'MONDAY');
  if (grouping !== null && isKept) return grouping;
  throw new AtlasError(
    'NOT_ADDITIVE',
    'Distinct users can not be added up over groups or periods. They are kept by DAY, ISO WEEK and MONTH for all ' +
      `together and by ${userGroupings.join(', ')}: give a grain, group by one of these or by nothing, and filter ` +
      'on nothing but the dimension grouped by (or, by MODEL, on labels of models).',
  );
}

function userGrouping({ groupBy, where }: UsageQuery): UserGrouping | null {
  const filtered = filteredDimensions(where);
  const [only, ...more] = groupBy;
  if (only === undefined) return filtered.length === 0 ? 'ALL' : null;
  const grouping = userGroupings.find((name) => name === only);
  if (grouping === undefined || more.length > 0) return null;
  const keepsGroupsWhole = filtered.every(
    (name) =>
      name === only ||
      (only === 'MODEL' && dimensionNamed(name).sources.every(({ key }) => key === 'model_key')),
  );
  return keepsGroupsWhole ? grouping : null;
}

/** Histograms are kept by day and model, so they answer for models and whatever labels models have. */
function planHistograms(query: UsageQuery, used: readonly DimensionName[]): HistogramLevel | null {
  if (query.distributions.length === 0) return null;
  const others = used.filter((name) => dimensionNamed(name).sources.some(({ key }) => key !== 'model_key'));
  if (others.length === 0) return used.length === 0 ? 'ALL' : 'MODEL';
  throw new AtlasError(
    'NOT_ADDITIVE',
    `Percentiles are kept by day and MODEL: they are answered for models and their labels, not for ${others.join(', ')}. Means are.`,
    { details: { dimensions: others } },
  );
}
