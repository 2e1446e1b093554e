import sql, { empty, join, type Sql } from 'sql-template-tag';
import type { StoredGrain, UsagePlan } from '../plan.ts';
import { addPeriods, periodCount, periodStart, type DayRange } from '../periods.ts';
import type { UsageQuery } from '../query.ts';
import { labelJoins } from '../rollups.ts';
import { periodOf, periodLength, shifted } from './calendar.ts';
import { componentColumns, needsModels } from './components.ts';
import { bindList, condition, dimensionExpression } from './condition.ts';
import { groupColumn, identifier, sumColumn } from './names.ts';

/**
 * The rollup summed by period and groups, with the time compared with beside it: `epoch` 0 is the time
 * asked for, 1 the earlier one, whose periods are moved to match. `real` is false for rows that only fill
 * periods without use.
 */
export function baseQuery(query: UsageQuery, plan: UsagePlan): Sql {
  const { comparedTo, calendar } = query;
  const period = periodOf(sql`usage.day`, calendar, plan.grain);
  const parts = [summed(query, plan, 0, query, period)];
  if (comparedTo !== null) {
    parts.push(summed(query, plan, 1, comparedTo.range, shifted(period, calendar, comparedTo.shift)));
  }
  return join(parts, '\n    UNION ALL\n');
}

function summed(query: UsageQuery, plan: UsagePlan, epoch: 0 | 1, range: DayRange, period: Sql): Sql {
  const groups = query.groupBy.map((name) => dimensionExpression(plan.rollup, name));
  const models = needsModels(query) ? [sql`usage.model_key AS model_key`] : [];
  const columns = [
    sql`${identifier(String(epoch))} AS epoch`,
    sql`TRUE AS real`,
    sql`${period} AS period`,
    ...groups.map((group, index) => sql`${group} AS ${groupNames(query)[index] ?? empty}`),
    ...models,
    ...componentColumns(query, plan).map(
      (name) => sql`sum(usage.${identifier(name)}) AS ${identifier(sumColumn(name))}`,
    ),
  ];
  const grouped = 2 + groups.length + models.length;
  const positions = Array.from({ length: grouped }, (_, index) => identifier(String(index + 2)));
  return sql`
    SELECT
      ${join(columns, ',\n      ')}
    FROM
      ${identifier(plan.rollup.name)} AS usage${labelTables(plan)}
    WHERE
      ${rowCondition(query, plan, storedRange(range, plan.grain))}
      AND usage.level = ${plan.rollup.level}
      AND usage.grain = ${plan.grain}
    GROUP BY
      ${join(positions, ', ')}`;
}

export function groupNames(query: UsageQuery): Sql[] {
  return query.groupBy.map((name) => identifier(groupColumn(name)));
}

/** Labels are joined from outside, since a row may stand for what has none. */
export function labelTables({ joins }: UsagePlan): Sql {
  const tables = joins.map((table) => {
    const { key, column } = labelJoins[table];
    return sql`
      LEFT JOIN ${identifier(table)} ON ${identifier(table)}.release_key = usage.release_key
        AND ${identifier(table)}.${identifier(column)} = usage.${identifier(key)}`;
  });
  return tables.length === 0 ? empty : join(tables, '');
}

/** Which rows of a rollup, or of the histograms beside it, the query is about. */
export function rowCondition(query: UsageQuery, plan: UsagePlan, range: DayRange): Sql {
  const { only, where, release, shares, top } = query;
  const conditions = [
    sql`usage.release_key = ${release.key}`,
    sql`usage.day >= ${range.from}::date`,
    sql`usage.day < ${range.to}::date`,
    ...(where === null ? [] : [condition(plan.rollup, where)]),
    // Where neither share nor rank looks at the other groups, they need not be summed at all.
    ...(only === null || shares.length > 0 || top !== null
      ? []
      : [sql`${dimensionExpression(plan.rollup, only.dimension)} IN (${bindList(only.keys)})`]),
    ...(plan.rollup.sampled ? [sql`usage.weighting = ${query.labelWeighting}`] : []),
  ];
  return join(conditions, '\n      AND ');
}

/** Coarse rows stand at the first day of their period, which may lie before the data begin. */
export function storedRange({ from, to }: DayRange, grain: StoredGrain): DayRange {
  if (grain === 'DAY') return { from, to };
  const calendar = {
    grain: grain === 'MONTH' ? ('MONTH' as const) : ('WEEK' as const),
    weekStart: grain === 'WEEK_SUNDAY' ? ('SUNDAY' as const) : ('MONDAY' as const),
  };
  return { from: periodStart(from, calendar), to };
}

/** Every period of the range for every group that occurs, without sums. */
export function emptyPeriods(query: UsageQuery, plan: UsagePlan): Sql {
  const { calendar } = query;
  if (calendar === null || !query.emptyPeriods) return empty;
  const first = periodStart(query.from, calendar);
  const last = addPeriods(first, calendar, periodCount(query, calendar) - 1);
  const groups = groupNames(query);
  const nothing = [
    ...(needsModels(query) ? [sql`NULL::integer`] : []),
    ...componentColumns(query, plan).map(() => sql`NULL::numeric`),
  ];
  const known =
    groups.length === 0
      ? empty
      : sql`
      CROSS JOIN (SELECT DISTINCT ${join(groups, ', ')} FROM base WHERE epoch = 0) AS known`;
  return sql`,
  filled AS (
    SELECT * FROM base
    UNION ALL
    SELECT
      ${join([sql`0`, sql`FALSE`, sql`spine.period::date`, ...groups, ...nothing], ', ')}
    FROM
      generate_series(${first}::date, ${last}::date, ${periodLength(calendar)}) AS spine (period)${known}
  )`;
}
