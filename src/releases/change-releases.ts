import type pg from 'pg';
import type { Database } from '../database/open-database.ts';
import { AtlasError } from '../errors.ts';

/** Any constant, the same in all versions of the program. */
const PUBLICATION_LOCK = 84_177_031;

/**
 * Runs work that changes releases as one transaction, while no other process of the deployment does so:
 * readers see all of it or none, and whatever ends it early rolls it back.
 */
export async function changeReleases<T>(
  database: Database,
  work: (client: pg.PoolClient) => Promise<T>,
): Promise<T> {
  const client = await database.pool.connect();
  let lost: Error | undefined;
  // Without a listener a connection that breaks ends the process.
  const onError = (error: Error) => void (lost = error);
  client.on('error', onError);
  try {
    await client.query('BEGIN');
    // Counting may keep the transaction waiting for longer than the limits meant for the API's queries.
    await client.query('SET LOCAL statement_timeout = 0');
    await client.query('SET LOCAL idle_in_transaction_session_timeout = 0');
    await client.query('SELECT pg_advisory_xact_lock($1)', [PUBLICATION_LOCK]);
    const result = await work(client);
    await client.query('COMMIT');
    return result;
  } catch (cause) {
    // A connection may be found broken by the statement that fails, or by the one that follows.
    if (lost === undefined) await client.query('ROLLBACK').catch(onError);
    throw lost === undefined || cause instanceof AtlasError ? cause : connectionLost(cause);
  } finally {
    client.off('error', onError);
    client.release(lost);
  }
}

function connectionLost(cause: unknown): AtlasError {
  return new AtlasError(
    'DATABASE_UNAVAILABLE',
    'The connection to PostgreSQL broke off, and with it the transaction. Run the command again; ' +
      'should the change have been completed at the last moment, that says so.',
    { cause },
  );
}
