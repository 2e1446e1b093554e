import { actualPoints, costOf } from '../measures/cost.ts';
import { planUsage, type UsagePlan } from '../measures/plan.ts';
import type { UsageQuery, UsageRow } from '../measures/query.ts';
import { answerUsage, type PlannedResult, totalsQuery } from '../measures/usage-service.ts';
import { requireDataScopes } from './guard.ts';
import { ingredientsOf } from './needed-scopes.ts';
import type { RequestAccess } from './request-access.ts';

/**
 * The one way of requests to aggregate rows: `usage` at the root and below entities, totals, `plan` and downloads.
 * Visibility and scopes are checked, and points taken, before a statement runs.
 */
export class GuardedUsage {
  readonly #request: RequestAccess;

  constructor(request: RequestAccess) {
    this.#request = request;
  }

  /** How the query would be answered; refused as the query itself would be. */
  async plan(query: UsageQuery): Promise<UsagePlan> {
    const plan = planUsage(query);
    const dataset = await this.#request.releases.dataset(query.release.datasetId);
    requireDataScopes(this.#request.viewer, dataset, ingredientsOf(query, plan));
    return plan;
  }

  /** One statement. */
  async answer(query: UsageQuery): Promise<PlannedResult> {
    const plan = await this.plan(query);
    const catalog = await this.#request.releases.catalog(query.release);
    const { points, periods, groups } = costOf(query, catalog);
    const by = query.groupBy.length === 0 ? '' : ` by ${query.groupBy.join(', ')}`;
    return this.#request.payer.pay(
      `usage${by}: ${periods} × ${groups} rows at most`,
      points,
      () => answerUsage(this.#request.database, query, this.#request.signal, plan),
      ({ totalRows }) => actualPoints(query, catalog, totalRows),
    );
  }

  /** Totals of a question; null where nothing passes its filter. One statement. */
  async totals(query: UsageQuery): Promise<UsageRow | null> {
    const { rows } = await this.answer(totalsQuery(query));
    return rows[0] ?? null;
  }
}
