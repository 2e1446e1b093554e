import type { Config } from '../config.ts';
import { type Database, openDatabase } from '../database/open-database.ts';
import { migrate } from '../database/migrate.ts';

/** Lends the migrated database to some work and closes it again, whatever became of the work. */
export async function withDatabase<Result>(
  config: Config,
  work: (database: Database) => Promise<Result>,
): Promise<Result> {
  // A publication may take longer than a query of the API is allowed to.
  const database = await openDatabase({ ...config, statementTimeoutMs: 0 });
  try {
    await migrate(database.pool);
    return await work(database);
  } finally {
    await database.close();
  }
}
