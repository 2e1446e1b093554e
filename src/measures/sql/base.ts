import sql, { empty, join, type Sql } from 'sql-template-tag';
import { sourceIn, type StoredGrain, type UsagePlan } from '../plan.ts';
import { addPeriods, periodCount, periodStart, type DayRange } from '../periods.ts';
import type { UsageQuery } from '../query.ts';
import { labelJoins } from '../rollups.ts';
import { isStoredPeriod, periodLength, shifted } from './calendar.ts';
import { componentColumns, needsModels } from './components.ts';
import { bindList, condition, dimensionExpression } from './condition.ts';
import { epochColumn, whereAskedFor, type Epoch } from './epochs.ts';
import { groupNames, periodValue, rowKeys } from './keys.ts';
import { identifier, sumColumn } from './names.ts';

/**
 * The rollup by period and groups, with the time compared with beside it, whose periods are moved to match. `real` is
 * false for rows that only fill periods without use.
 */
export function baseQuery(query: UsageQuery, plan: UsagePlan): Sql {
  const { comparedTo, calendar } = query;
  const period = periodValue(query, plan);
  const parts = [rowsOf(query, plan, 0, query, period)];
  if (comparedTo !== null) {
    parts.push(rowsOf(query, plan, 1, comparedTo.range, shifted(period, calendar, comparedTo.shift)));
  }
  return join(parts, '\n    UNION ALL\n');
}

function rowsOf(query: UsageQuery, plan: UsagePlan, epoch: Epoch, range: DayRange, period: Sql): Sql {
  const keys = [
    ...rowKeys(query, plan, period),
    ...(needsModels(query) ? [sql`usage.model_key AS model_key`] : []),
  ];
  const isSummed = isReadTwice(query) && !hasOneRowPerGroup(query, plan);
  const sums = componentColumns(query, plan).map((name) => {
    const column = sql`usage.${identifier(name)}`;
    return sql`${isSummed ? sql`sum(${column})` : column} AS ${identifier(sumColumn(name))}`;
  });
  const constants = [...epochColumn(query, epoch), ...(isFilled(query) ? [sql`TRUE AS real`] : [])];
  return sql`
    SELECT
      ${join([...keys, ...sums, ...constants], ',\n      ')}
    FROM
      ${identifier(plan.rollup.name)} AS usage${labelTables(query, plan)}
    WHERE
      ${rowCondition(query, plan, storedRange(range, plan.grain))}
      AND usage.level = ${plan.rollup.level}
      AND usage.grain = ${plan.grain}${isSummed ? groupByFirst(keys.length) : empty}`;
}

/** The rows are summed once more below: what looks at them only once, need not be given sums. */
function isReadTwice(query: UsageQuery): boolean {
  return query.top !== null || isFilled(query);
}

/** The rollup has one row for each of its periods and keys, which may be all that is grouped by. */
function hasOneRowPerGroup({ calendar, groupBy }: UsageQuery, { rollup, grain }: UsagePlan): boolean {
  const sources = groupBy.map((name) => sourceIn(rollup, name));
  const grouped = sources.flatMap(({ of, column }) => (of === 'usage' ? [column] : []));
  return isStoredPeriod(calendar, grain) && rollup.keys.every((key) => grouped.includes(key));
}

function groupByFirst(count: number): Sql {
  const positions = Array.from({ length: count }, (_, index) => identifier(String(index + 1)));
  return sql`
    GROUP BY
      ${join(positions, ', ')}`;
}

/** Rows for periods without use are asked for, and there are periods. */
export function isFilled({ emptyPeriods: asked, calendar }: UsageQuery): boolean {
  return asked && calendar !== null;
}

/** Labels are joined from outside, since a row may stand for what has none. */
export function labelTables({ release }: UsageQuery, { joins }: UsagePlan): Sql {
  const tables = joins.map((table) => {
    const { key, column } = labelJoins[table];
    return sql`
      LEFT JOIN ${identifier(table)} ON ${identifier(table)}.release_key = ${release.key}
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
  if (calendar === null || !isFilled(query)) return empty;
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
      CROSS JOIN (SELECT DISTINCT ${join(groups, ', ')} FROM base${whereAskedFor(query)}) AS known`;
  return sql`,
  filled AS (
    SELECT * FROM base
    UNION ALL
    SELECT
      ${join([sql`spine.period::date`, ...groups, ...nothing, ...epochColumn(query, 0), sql`FALSE`], ', ')}
    FROM
      generate_series(${first}::date, ${last}::date, ${periodLength(calendar)}) AS spine (period)${known}
  )`;
}
