import sql from 'sql-template-tag';
import type { DataScope } from '../catalog/data-scopes.ts';
import { AtlasError } from '../errors.ts';
import { pointsFor } from '../measures/cost.ts';
import { type CursorSettings, readSeveralByCursor } from '../measures/read-by-cursor.ts';
import type { ReadRows } from '../measures/reading-transaction.ts';
import { unknownRelease } from '../measures/release-reader.ts';
import type { Dataset, Release } from '../measures/release.ts';
import { lackedScope, requireDataScopes } from './guard.ts';
import { type Ingredients, scopesOf } from './needed-scopes.ts';
import type { RequestAccess } from './request-access.ts';

/** A table that is to be read in whole. */
export interface WholeTable {
  readonly name: string;
  readonly ingredients: readonly Ingredients[];
  /** As far as the release says. */
  readonly mostRows: number;
  /** Numbers in each row. */
  readonly numbers: number;
}

/** Gives word of rows that were read. */
export type CountRows = (table: WholeTable, rows: number) => void;

/**
 * The one way of requests to whole tables of a release: visibility and scopes are checked, and points taken for all
 * of them, before a statement runs.
 */
export class GuardedPackage {
  readonly #request: RequestAccess;

  constructor(request: RequestAccess) {
    this.#request = request;
  }

  /** The scope of the data set that the viewer lacks for these; null where they may be read. */
  lackedScope(dataset: Dataset, ingredients: Ingredients): DataScope | null {
    const lacked = [...scopesOf(ingredients)].map((scope) =>
      lackedScope(this.#request.viewer, dataset, scope),
    );
    return lacked.find((scope) => scope !== null) ?? null;
  }

  /** Gives what reads the tables to one user, and is over when that is: then nothing is held any more. */
  async read(
    release: Release,
    tables: readonly WholeTable[],
    settings: CursorSettings & { readonly mostRows: number },
    use: (read: ReadRows, count: CountRows) => Promise<void>,
  ): Promise<void> {
    const { database, releases, viewer, payer, signal } = this.#request;
    const dataset = await releases.dataset(release.datasetId);
    for (const { ingredients } of tables) {
      for (const each of ingredients) requireDataScopes(viewer, dataset, each);
    }
    refuseTooLarge(tables, settings.mostRows);
    const rows = new Map<WholeTable, number>();
    const count: CountRows = (table, more) => {
      const sum = (rows.get(table) ?? 0) + more;
      rows.set(table, sum);
      if (sum > settings.mostRows) throw tooLarge(table, settings.mostRows);
    };
    const most = sumOf(tables, ({ mostRows }) => mostRows);
    await payer.pay(
      `data package of ${release.id}: ${tables.length} tables, ${most} rows at most`,
      pointsFor(sumOf(tables, ({ mostRows, numbers }) => mostRows * numbers)),
      () =>
        readSeveralByCursor(database, settings, signal, async (read) => {
          await refuseIfGone(read, release);
          await use(read, count);
        }),
      () => pointsFor(sumOf(tables, (table) => (rows.get(table) ?? 0) * table.numbers)),
    );
  }
}

/** A release that was pruned meanwhile would look like one without usage. */
async function refuseIfGone(read: ReadRows, { key, id }: Release): Promise<void> {
  let isThere = false;
  for await (const rows of read('package', sql`SELECT key::text FROM releases WHERE key = ${key}`)) {
    isThere ||= rows.length > 0;
  }
  if (!isThere) throw unknownRelease(id);
}

/** Refuses a package of which a table would be longer than any download. */
export function refuseTooLarge(tables: readonly WholeTable[], mostRows: number): void {
  const table = tables.find((each) => each.mostRows > mostRows);
  if (table !== undefined) throw tooLarge(table, mostRows);
}

function tooLarge({ name }: WholeTable, limit: number): AtlasError {
  return new AtlasError(
    'LIMIT_EXCEEDED',
    `The table ${name} of the package has more than ${limit} rows: download reports in its place, with filters or coarser grains.`,
    { details: { limit } },
  );
}

function sumOf(tables: readonly WholeTable[], valueOf: (table: WholeTable) => number): number {
  return tables.reduce((sum, table) => sum + valueOf(table), 0);
}
