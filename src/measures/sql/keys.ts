import sql, { empty, type Sql } from 'sql-template-tag';
import type { UsagePlan } from '../plan.ts';
import type { UsageQuery } from '../query.ts';
import { periodOf } from './calendar.ts';
import { dimensionExpression } from './condition.ts';
import { groupColumn, identifier } from './names.ts';

/** Names of the groups' columns, in the order in which they are asked for. */
export function groupNames(query: UsageQuery): Sql[] {
  return query.groupBy.map((name) => identifier(groupColumn(name)));
}

/** What the groups are of the rollup's rows, in the order of their names. */
export function groupValues({ groupBy }: UsageQuery, { rollup }: UsagePlan): Sql[] {
  return groupBy.map((name) => dimensionExpression(rollup, name));
}

/** First day of the period that a row of the rollup lies in. */
export function periodValue({ calendar }: UsageQuery, { grain }: UsagePlan): Sql {
  return periodOf(sql`usage.day`, calendar, grain);
}

/** Columns that tell rows of the answer apart, read from the rollup. */
export function rowKeys(query: UsageQuery, plan: UsagePlan, period: Sql): Sql[] {
  const names = groupNames(query);
  const groups = groupValues(query, plan).map((value, index) => sql`${value} AS ${names[index] ?? empty}`);
  return [sql`${period} AS period`, ...groups];
}
