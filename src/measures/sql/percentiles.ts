import sql, { empty, join, type Sql } from 'sql-template-tag';
import { percentiles, type DistributionName, type PercentileName } from '../measures.ts';
import type { UsagePlan } from '../plan.ts';
import type { UsageQuery } from '../query.ts';
import { labelTables, rowCondition, storedRange } from './base.ts';
import { bindList } from './condition.ts';
import { rankedKeys } from './grouped.ts';
import { groupNames, groupValues, periodValue, rowKeys } from './keys.ts';
import { bucketColumn, identifier } from './names.ts';

const percentileNames = Object.keys(percentiles) as PercentileName[];

export function bucketColumns(query: UsageQuery): string[] {
  return query.distributions.flatMap((name) =>
    percentileNames.map((percentile) => bucketColumn(name, percentile)),
  );
}

/** Merges the histograms of each period and group, and finds the bucket that holds each percentile. */
export function percentileQueries(query: UsageQuery, plan: UsagePlan): Sql {
  if (plan.histograms === null) return empty;
  const keys = [identifier('period'), ...groupNames(query)];
  const found = query.distributions.flatMap((name) => percentileNames.map((each) => bucketOf(name, each)));
  return sql`,
  histogram AS (
    SELECT
      ${join(rowKeys(query, plan, periodValue(query, plan)), ', ')}, usage.kind, cell.bucket, sum(cell.requests) AS requests
    FROM
      histogram_day_model AS usage${labelTables(query, plan)}
      CROSS JOIN LATERAL unnest(usage.buckets, usage.requests) AS cell (bucket, requests)
    WHERE
      ${rowCondition(query, plan, storedRange(query, plan.grain))}
      AND usage.level = ${plan.histograms}
      AND usage.grain = ${plan.grain}
      AND usage.kind IN (${bindList(query.distributions)})${keptByTop(query, plan)}
    GROUP BY
      ${join([...keys, sql`usage.kind`, sql`cell.bucket`], ', ')}
  ),
  cumulated AS (
    SELECT
      histogram.*,
      sum(requests) OVER (PARTITION BY ${join([...keys, sql`kind`], ', ')} ORDER BY bucket) AS below,
      sum(requests) OVER (PARTITION BY ${join([...keys, sql`kind`], ', ')}) AS total
    FROM histogram
  ),
  percentile AS (
    SELECT ${join([...keys, ...found], ',\n      ')}
    FROM cumulated
    GROUP BY ${join(keys, ', ')}
  )`;
}

/** What a top leaves out has no percentiles: its histograms need not be merged. */
function keptByTop(query: UsageQuery, plan: UsagePlan): Sql {
  const { top } = query;
  if (top === null) return empty;
  const periods = top.within === 'PERIOD' ? [periodValue(query, plan)] : [];
  const values = [...periods, ...groupValues(query, plan)];
  return sql`
      AND (${join(values, ', ')}) IN (SELECT ${join(rankedKeys(query, top), ', ')} FROM top WHERE rank <= ${top.count})`;
}

/** Nearest rank: the first bucket at or above which that part of the requests lies below. */
function bucketOf(name: DistributionName, percentile: PercentileName): Sql {
  const part = identifier(String(percentiles[percentile]));
  return sql`min(bucket) FILTER (WHERE kind = ${name} AND below >= ceil(${part} * total)) AS ${identifier(bucketColumn(name, percentile))}`;
}

/** Groups may be unknown, which equality does not match: they are compared as text with unknown spelt out. */
export function joinPercentiles(query: UsageQuery, plan: UsagePlan): Sql {
  if (plan.histograms === null) return empty;
  const same = [identifier('period'), ...groupNames(query)].map(
    (column) => sql`coalesce(percentile.${column}::text, '') = coalesce(grouped.${column}::text, '')`,
  );
  return sql`
      LEFT JOIN percentile ON NOT grouped.others AND ${join(same, ' AND ')}`;
}
