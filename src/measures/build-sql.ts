import sql, { empty, join, raw, type Sql } from 'sql-template-tag';
import { dimensionNamed, type DimensionName } from './dimensions.ts';
import { isMeasureName, measureNamed, type AdditiveMeasureName, type MeasureName } from './measures.ts';
import type { UsagePlan } from './plan.ts';
import type { Filter, FilterValue, UsageOrder, UsageQuery } from './query.ts';

/**
 * The statement of a planned query. Values are bound; every identifier is a constant of the catalogue of
 * dimensions, measures and rollups, so no text of a user reaches the statement.
 *
 * `facts` sums the rollup by period and groups; `answer` adds shares and distinct users; the last part
 * filters, orders and cuts. Columns come out as text, so that big integers, money and days arrive exactly.
 */
export function buildUsageSql(query: UsageQuery, plan: UsagePlan): Sql {
  const columns = outputColumns(query);
  const output = columns.map((name) => sql`${raw(name)}::text AS ${raw(name)}`);
  return sql`
WITH
  facts AS (${facts(query, plan)}),
  answer AS (
    SELECT
      facts.*${shareColumns(query)}${usersColumn(query, plan)}
    FROM
      facts${joinUsers(query, plan)}
  )
SELECT
  count(*) OVER ()::text AS row_count${output.length > 0 ? sql`, ${join(output, ', ')}` : empty}
FROM
  answer${query.only !== null && query.shares.length > 0 ? onlyGroups(query.only) : empty}
ORDER BY
  ${orderBy(query)}
LIMIT
  ${query.limit}
OFFSET
  ${query.offset}`;
}

/** Names of the output columns, which `parseRows` reads back. */
export function outputColumns(query: UsageQuery): string[] {
  return [
    ...(query.grain === null ? [] : ['period']),
    ...query.groupBy.map(groupColumn),
    ...query.measures.map(measureColumn),
    ...query.shares.map(shareColumn),
  ];
}

export const groupColumn = (name: DimensionName): string => `group_${name.toLowerCase()}`;
export const measureColumn = (name: MeasureName): string => `measure_${name.toLowerCase()}`;
export const shareColumn = (name: AdditiveMeasureName): string => `share_${name.toLowerCase()}`;

function facts(query: UsageQuery, plan: UsagePlan): Sql {
  const selected = [
    ...(query.grain === null ? [] : [sql`${periodExpression(query)} AS period`]),
    ...query.groupBy.map((name) => sql`${dimensionExpression(name)} AS ${raw(groupColumn(name))}`),
    ...summedMeasures(query).map((name) => sql`${sumExpression(name)} AS ${raw(measureColumn(name))}`),
  ];
  const groups = (query.grain === null ? 0 : 1) + query.groupBy.length;
  const positions = Array.from({ length: groups }, (_, index) => raw(String(index + 1)));
  return sql`
    SELECT
      ${join([...selected, sql`1 AS one`], ', ')}
    FROM
      ${raw(plan.rollup.name)} AS usage${plan.joinsModels ? joinModels : empty}
    WHERE
      usage.release_key = ${query.release.key}
      AND usage.day >= ${query.from}::date
      AND usage.day < ${query.to}::date${onlyFacts(query)}${
        query.where === null
          ? empty
          : sql`
      AND ${condition(query.where)}`
      }${
        groups > 0
          ? sql`
    GROUP BY
      ${join(positions, ', ')}`
          : sql`
    HAVING
      count(*) > 0`
      }
  `;
}

const joinModels = sql`
      JOIN models ON models.release_key = usage.release_key AND models.key = usage.model_key`;

/** Every measure that is a sum or a ratio of sums, with those that only shares or orders need. */
function summedMeasures(query: UsageQuery): MeasureName[] {
  const ordered = query.orderBy.flatMap(({ by }) => (isMeasureName(by) ? [by] : []));
  const names = new Set<MeasureName>([...query.measures, ...query.shares, ...ordered]);
  return [...names].filter((name) => measureNamed(name).kind !== 'DISTINCT');
}

function periodExpression({ grain }: UsageQuery): Sql {
  if (grain === 'DAY') return sql`usage.day`;
  return grain === 'WEEK'
    ? sql`date_trunc('week', usage.day)::date`
    : sql`date_trunc('month', usage.day)::date`;
}

function dimensionExpression(name: DimensionName): Sql {
  const { column } = dimensionNamed(name);
  return raw(`${column.of}.${column.name}`);
}

/** Sums of bigint and numeric are numeric, hence exact. */
function sumExpression(name: MeasureName): Sql {
  const measure = measureNamed(name);
  return measure.kind === 'SUM' ? raw(`sum(usage.${measure.sql})`) : raw(measure.sql);
}

function condition(filter: Filter): Sql {
  if ('of' in filter) {
    if (filter.of.length === 0) return sql`TRUE`;
    const parts = filter.of.map((part) => sql`(${condition(part)})`);
    return sql`(${join(parts, filter.kind === 'all' ? ' AND ' : ' OR ')})`;
  }
  const expression = dimensionExpression(filter.dimension);
  if (filter.kind === 'known')
    return filter.known ? sql`${expression} IS NOT NULL` : sql`${expression} IS NULL`;
  const values = bindList(filter.values);
  // Unknown is not equal to anything, so `notIn` keeps it.
  return filter.kind === 'in'
    ? sql`${expression} IN (${values})`
    : sql`(${expression} IS NULL OR ${expression} NOT IN (${values}))`;
}

function shareColumns(query: UsageQuery): Sql {
  if (query.shares.length === 0) return empty;
  const window = query.shareOf === 'PERIOD' && query.grain !== null ? sql`PARTITION BY facts.period` : empty;
  const shares = query.shares.map((name) => {
    const measure = raw(`facts.${measureColumn(name)}`);
    return sql`
      (${measure} / nullif(sum(${measure}) OVER (${window}), 0))::double precision AS ${raw(shareColumn(name))}`;
  });
  return sql`,${join(shares, ',')}`;
}

function usersColumn(query: UsageQuery, plan: UsagePlan): Sql {
  const wanted = query.measures.filter((name) => measureNamed(name).kind === 'DISTINCT');
  const source = plan.users === null ? sql`NULL::bigint` : sql`active_users.users`;
  return wanted.length === 0
    ? empty
    : sql`,
      ${join(
        wanted.map((name) => sql`${source} AS ${raw(measureColumn(name))}`),
        ', ',
      )}`;
}

/** Users of a period that the range cuts stay out: they would be those of the whole period. */
function joinUsers(query: UsageQuery, plan: UsagePlan): Sql {
  if (plan.users === null || query.grain === null) return empty;
  const { periodFrom, periodTo } = query.release;
  const model =
    plan.users === 'ALL'
      ? sql`active_users.model_key IS NULL`
      : sql`active_users.model_key = facts.group_model`;
  const length = query.grain === 'DAY' ? sql`1` : query.grain === 'WEEK' ? sql`7` : sql`interval '1 month'`;
  return sql`
      LEFT JOIN active_users ON active_users.release_key = ${query.release.key}
        AND active_users.grain = ${query.grain}
        AND active_users.period_start = facts.period
        AND ${model}
        AND (facts.period >= ${query.from}::date OR ${query.from}::date <= ${periodFrom}::date)
        AND (facts.period + ${length} <= ${query.to}::date OR ${query.to}::date >= ${periodTo}::date)`;
}

/** After shares were taken of everything. */
function onlyGroups({ dimension, keys }: NonNullable<UsageQuery['only']>): Sql {
  return sql`
WHERE
  ${raw(groupColumn(dimension))} IN (${bindList(keys)})`;
}

/** Where no share is asked for, the other groups need not be summed at all. */
function onlyFacts({ only, shares }: UsageQuery): Sql {
  if (only === null || shares.length > 0) return empty;
  return sql`
      AND ${dimensionExpression(only.dimension)} IN (${bindList(only.keys)})`;
}

function bindList(values: readonly FilterValue[]): Sql {
  return join(values.map((value) => sql`${value}`));
}

/** As asked, then by period and groups, so that the order is total and pages do not overlap. */
function orderBy(query: UsageQuery): Sql {
  const asked = query.orderBy.map(
    (order) => sql`${raw(orderColumn(order.by))} ${raw(order.direction)} NULLS LAST`,
  );
  const rest = outputColumns({ ...query, measures: [], shares: [] }).map(
    (column) => sql`answer.${raw(column)} ASC NULLS LAST`,
  );
  return asked.length + rest.length === 0 ? sql`1` : join([...asked, ...rest], ', ');
}

function orderColumn(by: UsageOrder['by']): string {
  if (by === 'PERIOD') return 'answer.period';
  return `answer.${isMeasureName(by) ? measureColumn(by) : groupColumn(by)}`;
}
