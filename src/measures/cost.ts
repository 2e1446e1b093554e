import { AtlasError } from '../errors.ts';
import { dimensionNamed, type DimensionName } from './dimensions.ts';
import { usageLimits } from './limits.ts';
import { mostPeriods } from './plan.ts';
import type { UsageQuery } from './query.ts';
import type { ReleaseCatalog } from './release.ts';

/** What a query will take, known before it runs. */
export interface QueryCost {
  readonly periods: number;
  /** Groups that there can be, as the catalogue of the release tells. */
  readonly groups: number;
  /** Rows that there can be on all pages. */
  readonly rows: number;
  /** Numbers to compute: rows × measures, in thousands, and one for the query itself. */
  readonly points: number;
}

/** Languages have no list of their own; gateways tell a few dozen apart. */
const languagesExpected = 50;

/** It is asked before, during and after a query: neither query nor catalogue ever changes. */
const known = new WeakMap<UsageQuery, QueryCost>();

export function costOf(query: UsageQuery, catalog: ReleaseCatalog): QueryCost {
  const cost = known.get(query) ?? computeCost(query, catalog);
  known.set(query, cost);
  return cost;
}

function computeCost(query: UsageQuery, catalog: ReleaseCatalog): QueryCost {
  const periods = mostPeriods(query);
  const all = query.groupBy.reduce((product, name) => product * cardinality(name, catalog), 1);
  const kept =
    query.top === null ? all : Math.min(all, query.top.count + (query.top.others === 'SHOW' ? 1 : 0));
  const groups = query.only === null ? kept : Math.min(kept, query.only.keys.length);
  return { periods, groups, rows: periods * groups, points: pointsFor(periods * all * numbersPerRow(query)) };
}

/** What the query took, given the rows that there were: never more than was said before. */
export function actualPoints(query: UsageQuery, catalog: ReleaseCatalog, totalRows: number): number {
  const { points, periods } = costOf(query, catalog);
  return Math.min(
    points,
    pointsFor(totalRows * numbersPerRow(query) + rankedNumbers(query, catalog, periods)),
  );
}

/** A top ranks every group by one number, and computes the rest for those that it keeps. */
function rankedNumbers({ top, groupBy }: UsageQuery, catalog: ReleaseCatalog, periods: number): number {
  if (top === null) return 0;
  const all = groupBy.reduce((product, name) => product * cardinality(name, catalog), 1);
  return top.within === 'PERIOD' ? periods * all : all;
}

function numbersPerRow({ measures, shares, distributions, comparedTo }: UsageQuery): number {
  const numbers = measures.length + shares.length + 4 * distributions.length;
  return Math.max(1, numbers) * (comparedTo === null ? 1 : 2);
}

/** Points for so many numbers to compute. */
export function pointsFor(numbers: number): number {
  return 1 + Math.ceil(numbers / 1_000);
}

/** Values that a dimension can have, the unknown one included. */
export function cardinality(name: DimensionName, catalog: ReleaseCatalog): number {
  const { entity, values, type } = dimensionNamed(name);
  if (entity === 'model' || entity === 'author' || entity === 'provider') {
    return catalog[entity].all.filter(({ totalTokens }) => totalTokens !== null).length + 1;
  }
  if (entity !== undefined) return catalog[entity].all.length + 1;
  if (type === 'BOOLEAN') return 3;
  return (values === undefined ? languagesExpected : Object.keys(values).length) + 1;
}

/** Too many groups over too many periods is refused, with what would be answered. */
export function refuseTooDear(
  query: UsageQuery,
  catalog: ReleaseCatalog,
  most: number = usageLimits.rows,
): void {
  const { rows, periods, groups } = costOf(query, catalog);
  if (rows <= most) return;
  throw new AtlasError(
    'LIMIT_EXCEEDED',
    `The answer could have ${rows} rows (${periods} periods × ${groups} groups); at most ${most} are allowed. ` +
      'Keep the largest groups with `top`, filter, or ask for a coarser grain.',
    { details: { rows, limit: most } },
  );
}
