import pg from 'pg';
import type { Sql } from 'sql-template-tag';
import type { Database } from '../database/open-database.ts';
import { AtlasError } from '../errors.ts';
import type { TextRow } from './parse-rows.ts';

const QUERY_CANCELED = '57014';

/**
 * Runs one read. The name leads the statement as a comment, so that it is found in PostgreSQL's logs and
 * views. When the signal fires, the server is told to cancel, not only the answer dropped.
 */
export async function runStatement(
  database: Database,
  name: string,
  statement: Sql,
  signal?: AbortSignal,
): Promise<TextRow[]> {
  signal?.throwIfAborted();
  const client = await database.pool.connect();
  const cancel = (): void => void cancelStatement(database, client);
  signal?.addEventListener('abort', cancel, { once: true });
  try {
    const { rows } = await client.query<TextRow>(`/* ${name} */${statement.text}`, statement.values);
    return rows;
  } catch (error) {
    if (!(error instanceof pg.DatabaseError) || error.code !== QUERY_CANCELED) throw error;
    signal?.throwIfAborted();
    throw new AtlasError(
      'STATEMENT_TIMEOUT',
      'The query took longer than this server allows: ask for a shorter range, a coarser grain or fewer groups.',
      { cause: error },
    );
  } finally {
    signal?.removeEventListener('abort', cancel);
    client.release();
  }
}

/** The embedded database runs one statement at a time in this process and can not be interrupted. */
async function cancelStatement(database: Database, running: pg.PoolClient): Promise<void> {
  if (database.kind === 'embedded') return;
  const { processID } = running as pg.PoolClient & { processID: number };
  await database.pool.query('SELECT pg_cancel_backend($1)', [processID]).catch(() => undefined);
}
