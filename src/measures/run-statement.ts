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
  const client = await connect(database, signal);
  let cancelled: Promise<void> | undefined;
  const cancel = (): void => {
    cancelled = database.cancel(client);
  };
  signal?.addEventListener('abort', cancel, { once: true });
  try {
    const { rows } = await client.query<TextRow>(`/* ${name} */${statement.text}`, statement.values);
    return rows;
  } catch (error) {
    throw asTimeout(error, signal);
  } finally {
    signal?.removeEventListener('abort', cancel);
    // A cancellation under way must not meet the next statement of this connection.
    await cancelled;
    client.release();
  }
}

/** A statement that was cancelled: since its client left, whose signal says so, or since it took too long. */
export function asTimeout(error: unknown, signal?: AbortSignal): unknown {
  if (!(error instanceof pg.DatabaseError) || error.code !== QUERY_CANCELED) return error;
  if (signal?.aborted === true) return signal.reason;
  return new AtlasError(
    'STATEMENT_TIMEOUT',
    'The query took longer than this server allows: ask for a shorter range, a coarser grain or fewer groups.',
    { cause: error },
  );
}

/** Waits for a connection, for as long as the pool allows. */
export async function connect(database: Database, signal?: AbortSignal): Promise<pg.PoolClient> {
  let client: pg.PoolClient;
  try {
    client = await database.pool.connect();
  } catch (cause) {
    // The pool's error carries nothing else to know it by.
    if (!(cause instanceof Error) || !cause.message.startsWith('timeout exceeded')) throw cause;
    throw new AtlasError(
      'SERVER_BUSY',
      'Too many queries wait for the database: try again in some seconds.',
      {
        cause,
      },
    );
  }
  if (signal?.aborted !== true) return client;
  client.release();
  throw signal.reason;
}
