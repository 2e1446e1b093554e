import { AtlasError } from '../errors.ts';
import { offsetAfter, pagedList, type PagedList } from './cursor.ts';
import type { DimensionName } from './dimensions.ts';
import { resolveFilter, type UsageFilterInput } from './filter.ts';
import { usageLimits } from './limits.ts';
import { isMeasureName, measureNamed, type AdditiveMeasureName, type MeasureName } from './measures.ts';
import { periodCount, type Day, type Grain } from './periods.ts';
import type { ShareBase, UsageOrder, UsageQuery } from './query.ts';
import type { Release, ReleaseCatalog } from './release.ts';

/** The arguments of `usage`, as the API takes them. */
export interface UsageArguments {
  groupBy?: readonly DimensionName[] | null;
  grain?: Grain | null;
  from?: Day | null;
  to?: Day | null;
  where?: UsageFilterInput | null;
  orderBy?: readonly UsageOrder[] | null;
  shareOf?: ShareBase | null;
  first?: number | null;
  after?: string | null;
}

/** What the selection set asks of each row. */
export interface UsageSelection {
  readonly measures: readonly MeasureName[];
  readonly shares: readonly AdditiveMeasureName[];
}

/** Checks arguments against the release and the limits. Every refusal says what would be accepted. */
export function validateUsage(
  catalog: ReleaseCatalog,
  given: UsageArguments,
  selection: UsageSelection,
): UsageQuery {
  const { release } = catalog;
  const grain = given.grain ?? null;
  const groupBy = checkGroupBy(given.groupBy ?? []);
  const orderBy = checkOrderBy(given.orderBy ?? [], groupBy, grain);
  const query = {
    release,
    grain,
    groupBy,
    orderBy,
    ...checkRange(release, given, grain),
    where: resolveFilter(given.where, catalog),
    measures: withOrderedDistinct(selection.measures, orderBy),
    shares: selection.shares,
    shareOf: given.shareOf ?? (grain === null ? 'ALL' : 'PERIOD'),
    only: null,
  };
  const limit = checkPageSize(given.first ?? usageLimits.defaultPageRows, usageLimits.pageRows);
  return { ...query, limit, offset: offsetAfter(given.after, listOf(query)) };
}

/** The list that a query pages through: everything but the measures decides rows and order. */
export function listOf(query: Omit<UsageQuery, 'limit' | 'offset' | 'measures' | 'shares'>): PagedList {
  const { release, groupBy, grain, from, to, where, orderBy, only } = query;
  return pagedList(release.id, 'usage', { groupBy, grain, from, to, where, orderBy, only });
}

/** `first` of any list: refused outside its range, never clamped. */
export function checkPageSize(first: number, most: number): number {
  if (first >= 1 && first <= most) return first;
  throw new AtlasError('LIMIT_EXCEEDED', `\`first\` is ${first}; 1 to ${most} are allowed.`, {
    details: { limit: most },
  });
}

function checkGroupBy(groupBy: readonly DimensionName[]): readonly DimensionName[] {
  if (groupBy.length > usageLimits.dimensions) {
    throw new AtlasError(
      'LIMIT_EXCEEDED',
      `\`groupBy\` has ${groupBy.length} dimensions; at most ${usageLimits.dimensions} are allowed.`,
    );
  }
  const repeated = groupBy.find((name, index) => groupBy.indexOf(name) !== index);
  if (repeated !== undefined) {
    throw new AtlasError('BAD_ARGUMENT', `\`groupBy\` names ${repeated} twice.`);
  }
  return groupBy;
}

function checkOrderBy(
  orderBy: readonly UsageOrder[],
  groupBy: readonly DimensionName[],
  grain: Grain | null,
): readonly UsageOrder[] {
  if (orderBy.length > usageLimits.orders) {
    throw new AtlasError('LIMIT_EXCEEDED', `\`orderBy\` takes at most ${usageLimits.orders} keys.`);
  }
  for (const { by } of orderBy) {
    if (isMeasureName(by)) continue;
    if (by === 'PERIOD' && grain === null) {
      throw new AtlasError('BAD_ARGUMENT', '`orderBy` PERIOD needs a `grain`.');
    }
    if (by !== 'PERIOD' && !groupBy.includes(by)) {
      throw new AtlasError('BAD_ARGUMENT', `\`orderBy\` ${by} needs ${by} in \`groupBy\`.`);
    }
  }
  return orderBy;
}

/** The range asked for, by default all that the release holds; days outside the data are simply empty. */
function checkRange(release: Release, given: UsageArguments, grain: Grain | null): { from: Day; to: Day } {
  const from = given.from ?? release.periodFrom;
  const to = given.to ?? release.periodTo;
  if (from >= to) {
    throw new AtlasError(
      'BAD_ARGUMENT',
      `The range is empty: \`from\` ${from} must lie before \`to\` ${to}, which is not part of it. The data run from ${release.periodFrom} to before ${release.periodTo}.`,
    );
  }
  const periods = periodCount({ from, to }, grain);
  if (periods > usageLimits.periods) {
    throw new AtlasError(
      'LIMIT_EXCEEDED',
      `The range has ${periods} periods; at most ${usageLimits.periods} are allowed. Ask for a coarser grain or a shorter range.`,
    );
  }
  return { from, to };
}

/** Distinct users are joined on only where they are asked for, be it for the order alone. */
function withOrderedDistinct(
  measures: readonly MeasureName[],
  orderBy: readonly UsageOrder[],
): readonly MeasureName[] {
  const ordered = orderBy.flatMap(({ by }) =>
    isMeasureName(by) && measureNamed(by).kind === 'DISTINCT' ? [by] : [],
  );
  return [...new Set([...measures, ...ordered])];
}
