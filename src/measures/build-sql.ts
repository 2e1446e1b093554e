import sql, { empty, join, type Sql } from 'sql-template-tag';
import { isMeasureName } from './measures.ts';
import type { UsagePlan } from './plan.ts';
import type { UsageOrder, UsageQuery } from './query.ts';
import { answerColumns } from './sql/answer.ts';
import { baseQuery, emptyPeriods } from './sql/base.ts';
import { sampledMeasures } from './sql/components.ts';
import { bindList } from './sql/condition.ts';
import { groupedQuery, rankedQuery } from './sql/grouped.ts';
import { baseColumn, errorColumn, groupColumn, identifier, measureColumn, shareColumn } from './sql/names.ts';
import { bucketColumns, joinPercentiles, percentileQueries } from './sql/percentiles.ts';
import { joinUsers } from './sql/users.ts';

/**
 * The statement of a planned query, which counts its rows on all pages unless it is to be read to the end. Values are
 * bound; every identifier is a constant of the catalogue of dimensions, measures and rollups, so no text of a user
 * reaches the statement.
 *
 * `base` reads the rollup by period and group, `ranked` finds what the top leaves out, `grouped` folds it and sums,
 * `answer` computes measures and shares; the last part filters, orders and cuts. Columns come out as text, so that big
 * integers, money and days arrive exactly.
 */
export function buildUsageSql(query: UsageQuery, plan: UsagePlan, isCounted = true): Sql {
  const output = outputColumns(query, plan).map(
    (name) => sql`${identifier(name)}::text AS ${identifier(name)}`,
  );
  const buckets = bucketColumns(query).map((name) => sql`percentile.${identifier(name)}`);
  const computed = [...answerColumns(query, plan), ...(plan.histograms === null ? [] : buckets)];
  return sql`
WITH
  base AS (${baseQuery(query, plan)}
  )${emptyPeriods(query, plan)}${query.top === null ? empty : rankedQuery(query, query.top)},
  grouped AS (${groupedQuery(query, plan)}
  )${percentileQueries(query, plan)},
  answer AS (
    SELECT
      ${join([sql`grouped.*`, ...computed], ',\n      ')}
    FROM
      grouped${joinUsers(query, plan)}${joinPercentiles(query, plan)}
  )
SELECT
  ${join([...(isCounted ? [sql`count(*) OVER ()::text AS row_count`] : []), ...output], ',\n  ')}
FROM
  answer${onlyGroups(query)}
ORDER BY
  ${orderBy(query)}
LIMIT
  ${query.limit}
OFFSET
  ${query.offset}`;
}

/** Names of the output columns, which `parseRows` reads back. */
export function outputColumns(query: UsageQuery, plan: UsagePlan): string[] {
  return [
    ...rowColumns(query),
    ...query.measures.map(measureColumn),
    ...(query.comparedTo === null ? [] : query.measures.map(baseColumn)),
    ...query.shares.map(shareColumn),
    ...(plan.rollup.sampled ? sampledMeasures(query).map(errorColumn) : []),
    ...(plan.histograms === null ? [] : bucketColumns(query)),
  ];
}

/** What tells one row from another. */
function rowColumns(query: UsageQuery): string[] {
  return [...(query.calendar === null ? [] : ['period']), 'others', ...query.groupBy.map(groupColumn)];
}

function onlyGroups({ only, shares, top }: UsageQuery): Sql {
  if (only === null || (shares.length === 0 && top === null)) return empty;
  return sql`
WHERE
  answer.${identifier(groupColumn(only.dimension))} IN (${bindList(only.keys)})`;
}

/** Others last, as asked, then by period and groups, so that the order is total and pages do not overlap. */
function orderBy(query: UsageQuery): Sql {
  const asked = query.orderBy.map(
    ({ by, direction }) => sql`answer.${identifier(orderColumn(by))} ${identifier(direction)} NULLS LAST`,
  );
  const rest = rowColumns(query).map((column) => sql`answer.${identifier(column)} ASC NULLS LAST`);
  return join([...asked, ...rest], ', ');
}

function orderColumn(by: UsageOrder['by']): string {
  if (by === 'PERIOD') return 'period';
  return isMeasureName(by) ? measureColumn(by) : groupColumn(by);
}
