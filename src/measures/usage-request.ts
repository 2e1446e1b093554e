import { AtlasError } from '../errors.ts';
import { comparedTo } from './compare.ts';
import { offsetAfter, pagedList, type PagedList } from './cursor.ts';
import type { DimensionName } from './dimensions.ts';
import { resolveFilter, type UsageFilterInput } from './filter.ts';
import { usageLimits } from './limits.ts';
import {
  isMeasureName,
  measureNamed,
  type AdditiveMeasureName,
  type DistributionName,
  type MeasureName,
} from './measures.ts';
import { periodCount, type Calendar, type Day, type Grain, type WeekStart } from './periods.ts';
import type { Comparison, LabelWeighting, ShareBase, Top, UsageOrder, UsageQuery } from './query.ts';
import type { Release, ReleaseCatalog } from './release.ts';

/** The arguments of `usage`, as the API takes them. */
export interface UsageArguments {
  groupBy?: readonly DimensionName[] | null;
  grain?: Grain | null;
  weekStart?: WeekStart | null;
  from?: Day | null;
  to?: Day | null;
  where?: UsageFilterInput | null;
  orderBy?: readonly UsageOrder[] | null;
  top?: Top | null;
  shareOf?: ShareBase | null;
  compareTo?: Comparison | null;
  compareWholePeriods?: boolean | null;
  emptyPeriods?: boolean | null;
  labelWeighting?: LabelWeighting | null;
  first?: number | null;
  after?: string | null;
}

/** What the selection set asks of each row. */
export interface UsageSelection {
  readonly measures: readonly MeasureName[];
  readonly shares: readonly AdditiveMeasureName[];
  readonly distributions: readonly DistributionName[];
}

/** Checks arguments against the release and the limits. Every refusal says what would be accepted. */
export function validateUsage(
  catalog: ReleaseCatalog,
  given: UsageArguments,
  selection: UsageSelection,
): UsageQuery {
  const { release } = catalog;
  const calendar: Calendar | null = given.grain
    ? { grain: given.grain, weekStart: given.weekStart ?? 'MONDAY' }
    : null;
  const groupBy = checkGroupBy(given.groupBy ?? []);
  const orderBy = checkOrderBy(given.orderBy ?? [], groupBy, calendar);
  const range = checkRange(release, given, calendar);
  const samePart = given.compareWholePeriods !== true;
  const query = {
    release,
    calendar,
    groupBy,
    orderBy,
    ...range,
    where: resolveFilter(given.where, catalog),
    measures: withOrderedUsers(selection.measures, orderBy),
    shares: selection.shares,
    distributions: selection.distributions,
    shareOf: checkShareOf(given.shareOf ?? (calendar === null ? 'ALL' : 'PERIOD'), groupBy),
    top: checkTop(given.top ?? null, groupBy, calendar),
    comparedTo: given.compareTo
      ? comparedTo(given.compareTo, range, calendar, release.periodTo, samePart)
      : null,
    emptyPeriods: given.emptyPeriods ?? false,
    labelWeighting: given.labelWeighting ?? ('EACH' as const),
    only: null,
  };
  const limit = checkPageSize(given.first ?? usageLimits.defaultPageRows, usageLimits.pageRows);
  return { ...query, limit, offset: offsetAfter(given.after, listOf(query)) };
}

/** The list that a query pages through: all but measures decides rows and their order. */
export function listOf(
  query: Omit<UsageQuery, 'limit' | 'offset' | 'measures' | 'shares' | 'distributions'>,
): PagedList {
  const { release, groupBy, calendar, from, to, where, orderBy, only, top, emptyPeriods, labelWeighting } =
    query;
  const list = { groupBy, calendar, from, to, where, orderBy, only, top, emptyPeriods, labelWeighting };
  return pagedList(release.id, 'usage', list);
}

/** `first` of any list: refused outside its range, never clamped. */
export function checkPageSize(first: number, most: number): number {
  return checkWithin('first', first, most);
}

function checkWithin(name: string, value: number, most: number): number {
  if (value >= 1 && value <= most) return value;
  throw new AtlasError('LIMIT_EXCEEDED', `\`${name}\` is ${value}; 1 to ${most} are allowed.`, {
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
  calendar: Calendar | null,
): readonly UsageOrder[] {
  if (orderBy.length > usageLimits.orders) {
    throw new AtlasError('LIMIT_EXCEEDED', `\`orderBy\` takes at most ${usageLimits.orders} keys.`);
  }
  for (const { by } of orderBy) {
    if (isMeasureName(by)) continue;
    if (by === 'PERIOD' && calendar === null) {
      throw new AtlasError('BAD_ARGUMENT', '`orderBy` PERIOD needs a `grain`.');
    }
    if (by !== 'PERIOD') checkGrouped('orderBy', by, groupBy);
  }
  return orderBy;
}

function checkShareOf(shareOf: ShareBase, groupBy: readonly DimensionName[]): ShareBase {
  if (shareOf !== 'ALL' && shareOf !== 'PERIOD') checkGrouped('shareOf', shareOf, groupBy);
  return shareOf;
}

function checkGrouped(argument: string, name: DimensionName, groupBy: readonly DimensionName[]): void {
  if (groupBy.includes(name)) return;
  throw new AtlasError('BAD_ARGUMENT', `\`${argument}\` ${name} needs ${name} in \`groupBy\`.`);
}

function checkTop(top: Top | null, groupBy: readonly DimensionName[], calendar: Calendar | null): Top | null {
  if (top === null) return null;
  checkWithin('top.count', top.count, usageLimits.topGroups);
  if (groupBy.length === 0) throw new AtlasError('BAD_ARGUMENT', '`top` ranks groups: give a `groupBy`.');
  if (top.within === 'PERIOD' && calendar === null) {
    throw new AtlasError('BAD_ARGUMENT', '`top.within` PERIOD needs a `grain`.');
  }
  const { kind } = measureNamed(top.by);
  if (kind === 'SUM' || kind === 'RATIO') return top;
  throw new AtlasError(
    'NOT_ADDITIVE',
    `\`top\` can not rank by ${top.by}, which is not made of sums: rank by TOTAL_TOKENS or another sum or ratio.`,
  );
}

/** The range asked for, by default all that the release holds; days outside the data are simply empty. */
function checkRange(
  release: Release,
  given: UsageArguments,
  calendar: Calendar | null,
): { from: Day; to: Day } {
  const from = given.from ?? release.periodFrom;
  const to = given.to ?? release.periodTo;
  if (from >= to) {
    throw new AtlasError(
      'BAD_ARGUMENT',
      `The range is empty: \`from\` ${from} must lie before \`to\` ${to}, which is not part of it. The data run from ${release.periodFrom} to before ${release.periodTo}.`,
    );
  }
  const periods = calendar === null ? 1 : periodCount({ from, to }, calendar);
  if (periods > usageLimits.periods) {
    throw new AtlasError(
      'LIMIT_EXCEEDED',
      `The range has ${periods} periods; at most ${usageLimits.periods} are allowed. Ask for a coarser grain or a shorter range.`,
    );
  }
  return { from, to };
}

/** Distinct users are joined on only where they are asked for, be it for the order alone. */
function withOrderedUsers(
  measures: readonly MeasureName[],
  orderBy: readonly UsageOrder[],
): readonly MeasureName[] {
  const ordered = orderBy.flatMap(({ by }) =>
    isMeasureName(by) && measureNamed(by).kind === 'USERS' ? [by] : [],
  );
  return [...new Set([...measures, ...ordered])];
}
