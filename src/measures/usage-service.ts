import type { Database } from '../database/open-database.ts';
import { buildUsageSql } from './build-sql.ts';
import { parseRows } from './parse-rows.ts';
import { planUsage, type UsagePlan } from './plan.ts';
import type { UsageQuery, UsageResult } from './query.ts';
import { runStatement } from './run-statement.ts';

export interface PlannedResult extends UsageResult {
  readonly plan: UsagePlan;
}

/** Answers a checked query: plan, build, run, parse. One statement. */
export async function answerUsage(
  database: Database,
  query: UsageQuery,
  signal?: AbortSignal,
): Promise<PlannedResult> {
  const plan = planUsage(query);
  const statement = buildUsageSql(query, plan);
  const name = `usage from ${plan.rollup.name}`;
  const rows = await runStatement(database, name, statement, signal);
  return { ...parseRows(query, rows), plan };
}
