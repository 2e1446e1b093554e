import type { Database } from '../database/open-database.ts';
import { buildUsageSql } from './build-sql.ts';
import { measureNamed } from './measures.ts';
import { parseRows } from './parse-rows.ts';
import { planUsage, type UsagePlan } from './plan.ts';
import type { UsageQuery, UsageResult, UsageRow } from './query.ts';
import { type CursorSettings, readByCursor } from './read-by-cursor.ts';
import { runStatement } from './run-statement.ts';

export interface PlannedResult extends UsageResult {
  readonly plan: UsagePlan;
}

/** Answers a checked query: plan, build, run, parse. One statement. */
export async function answerUsage(
  database: Database,
  query: UsageQuery,
  signal?: AbortSignal,
  plan: UsagePlan = planUsage(query),
): Promise<PlannedResult> {
  const statement = buildUsageSql(query, plan);
  const name = `usage from ${plan.rollup.name}`;
  const rows = await runStatement(database, name, statement, signal);
  return { ...parseRows(query, plan, rows), plan };
}

/** Answers a checked query of any size, some rows at a time. One statement. */
export async function* streamUsage(
  database: Database,
  query: UsageQuery,
  plan: UsagePlan,
  settings: CursorSettings,
  signal: AbortSignal,
): AsyncGenerator<readonly UsageRow[]> {
  const name = `all usage from ${plan.rollup.name}`;
  const statement = buildUsageSql(query, plan, false);
  const batches = readByCursor(database, name, statement, settings, signal);
  for await (const rows of batches) yield parseRows(query, plan, rows).rows;
}

/** The same question without groups and periods: one row over all that its filter lets through. */
export function totalsQuery(query: UsageQuery): UsageQuery {
  return {
    ...query,
    groupBy: [],
    calendar: null,
    measures: query.measures.filter((name) => measureNamed(name).kind !== 'USERS'),
    shares: [],
    distributions:
      query.groupBy.length === 0 || planUsage(query).histograms !== null ? query.distributions : [],
    shareOf: 'ALL',
    top: null,
    emptyPeriods: false,
    orderBy: [],
    only: null,
    limit: 1,
    offset: 0,
  };
}
