import DataLoader from 'dataloader';
import type { GuardedUsage } from '../../access/guarded-usage.ts';
import { AtlasError } from '../../errors.ts';
import type { DimensionName } from '../../measures/dimensions.ts';
import { usageLimits } from '../../measures/limits.ts';
import type { UsageQuery, UsageRow } from '../../measures/query.ts';
import { totalsQuery, type PlannedResult } from '../../measures/usage-service.ts';

/**
 * Usage of many entities of a list in one statement. Fields of one place in the document share arguments
 * and selection, so they differ in the entity only; each such place gets a loader.
 */
export class UsageLoaders {
  readonly #usage: GuardedUsage;
  readonly #loaders = new Map<string, DataLoader<number | string, PlannedResult>>();

  constructor(usage: GuardedUsage) {
    this.#usage = usage;
  }

  /** Usage of one entity, given the query that asks for it without naming any. */
  load(query: UsageQuery, dimension: DimensionName, key: number | string): Promise<PlannedResult> {
    const { release, ...rest } = query;
    const place = JSON.stringify([release.key, dimension, rest]);
    let loader = this.#loaders.get(place);
    if (loader === undefined) {
      loader = new DataLoader((keys) => this.#loadMany(query, dimension, keys), {
        maxBatchSize: Number.POSITIVE_INFINITY,
      });
      this.#loaders.set(place, loader);
    }
    return loader.load(key);
  }

  /** Totals of one entity's usage; null where nothing of it passes the filter. */
  async totals(query: UsageQuery, dimension: DimensionName, key: number | string): Promise<UsageRow | null> {
    const { rows } = await this.load(totalsQuery(query), dimension, key);
    return rows[0] ?? null;
  }

  async #loadMany(
    query: UsageQuery,
    dimension: DimensionName,
    keys: readonly (number | string)[],
  ): Promise<PlannedResult[]> {
    const isGrouped = query.groupBy.includes(dimension);
    const asked: UsageQuery = {
      ...query,
      groupBy: isGrouped ? query.groupBy : [dimension, ...query.groupBy],
      only: { dimension, keys },
      limit: usageLimits.nestedRows,
      offset: 0,
    };
    const answer = await this.#usage.answer(asked);
    if (answer.totalRows > usageLimits.nestedRows) {
      throw new AtlasError(
        'LIMIT_EXCEEDED',
        `The nested \`usage\` fields have ${answer.totalRows} rows together; at most ${usageLimits.nestedRows} are allowed. Ask for fewer entities, a coarser grain or fewer groups.`,
      );
    }
    const rowsOf = new Map<number | string, UsageRow[]>(keys.map((key) => [key, []]));
    for (const row of answer.rows) rowsOf.get(row.groups[dimension] as number | string)?.push(row);
    return keys.map((key) => {
      const rows = rowsOf.get(key) ?? [];
      return { ...answer, query, rows, totalRows: rows.length };
    });
  }
}
