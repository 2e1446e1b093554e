import { actualPoints, costOf } from '../measures/cost.ts';
import { AtlasError } from '../errors.ts';
import type { CursorSettings } from '../measures/read-by-cursor.ts';
import { planUsage, type UsagePlan } from '../measures/plan.ts';
import type { UsageQuery, UsageRow } from '../measures/query.ts';
import { answerUsage, type PlannedResult, streamUsage, totalsQuery } from '../measures/usage-service.ts';
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
    return this.#request.payer.pay(
      `usage${groupedBy(query)}: ${periods} × ${groups} rows at most`,
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

  /**
   * Gives all rows of the query to one reader, some at a time, and is over when the reader is: then nothing is held
   * any more, however it ended. One statement.
   */
  async stream(
    query: UsageQuery,
    settings: CursorSettings & { readonly mostRows: number },
    read: (batches: AsyncIterable<readonly UsageRow[]>) => Promise<void>,
  ): Promise<void> {
    const plan = await this.plan(query);
    const { database, releases, payer, signal } = this.#request;
    const catalog = await releases.catalog(query.release);
    const { points, periods, groups } = costOf(query, catalog);
    let sent = 0;
    const rows = streamUsage(database, query, plan, settings, signal);
    async function* counted(): AsyncGenerator<readonly UsageRow[]> {
      for await (const batch of rows) {
        sent += batch.length;
        if (sent > settings.mostRows) throw tooManyRows(settings.mostRows);
        yield batch;
      }
    }
    await payer.pay(
      `download of usage${groupedBy(query)}: ${periods} × ${groups} rows at most`,
      points,
      () => read(counted()).finally(() => rows.return(undefined)),
      () => actualPoints(query, catalog, sent),
    );
  }
}

function groupedBy({ groupBy }: UsageQuery): string {
  return groupBy.length === 0 ? '' : ` by ${groupBy.join(', ')}`;
}

/** Of values that no catalogue lists there may be more than was expected. */
function tooManyRows(limit: number): AtlasError {
  return new AtlasError(
    'LIMIT_EXCEEDED',
    `The download has more than ${limit} rows: filter, or ask for a coarser grain.`,
    {
      details: { limit },
    },
  );
}
