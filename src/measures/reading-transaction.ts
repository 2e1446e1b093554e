import type pg from 'pg';
import type { Sql } from 'sql-template-tag';
import type { Database } from '../database/open-database.ts';
import type { TextRow } from './parse-rows.ts';
import { asTimeout, connect } from './run-statement.ts';

export interface FetchSettings {
  /** Rows fetched together. */
  readonly batchRows: number;
  /** A fetch that takes longer is cancelled. */
  readonly fetchSeconds: number;
}

/** Runs one read to its end, some rows at a time. */
export type ReadRows = (name: string, statement: Sql) => AsyncGenerator<TextRow[]>;

/** What runs one read after the other. */
export interface Reading {
  readonly rows: ReadRows;
  /** Frees what they hold; to be called however the reads ended. */
  readonly end: () => Promise<void>;
}

/** A transaction on a connection of its own, in which all reads see the same rows. */
export async function beginReading(
  database: Database,
  { batchRows, fetchSeconds }: FetchSettings,
  signal: AbortSignal,
): Promise<Reading> {
  const client = await connect(database, signal);
  let cancelled: Promise<void> | undefined;
  const cancel = (): void => {
    cancelled = database.cancel(client);
  };
  signal.addEventListener('abort', cancel, { once: true });
  // A connection may be lost while its reader is slow. The next fetch fails of it, and an event that nobody listens
  // to would end the process.
  client.on('error', ignore);
  const end = async (): Promise<void> => {
    signal.removeEventListener('abort', cancel);
    // A cancellation under way must not meet the next statement of this connection.
    await cancelled;
    await client.query('ROLLBACK').then(
      () => client.release(),
      (error: Error) => client.release(error),
    );
    client.off('error', ignore);
  };
  try {
    await client.query('BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY');
    // As any query it fixes the moment that all others see. All rows are wanted: PostgreSQL would else plan for the
    // first tenth of them.
    await client.query(
      `SELECT set_config('statement_timeout', $1, true), set_config('cursor_tuple_fraction', '1', true)`,
      [`${Math.ceil(fetchSeconds * 1_000)}ms`],
    );
  } catch (error) {
    await end();
    throw error;
  }
  return { rows: (name, statement) => fetchAll(client, name, statement, batchRows, signal), end };
}

function ignore(): void {
  // Said again by whatever is asked of the connection next.
}

async function* fetchAll(
  client: pg.PoolClient,
  name: string,
  statement: Sql,
  batchRows: number,
  signal: AbortSignal,
): AsyncGenerator<TextRow[]> {
  try {
    const declare = `/* ${name} */ DECLARE wanted NO SCROLL CURSOR FOR ${statement.text}`;
    await client.query(declare, statement.values);
    for (;;) {
      signal.throwIfAborted();
      const { rows } = await client.query<TextRow>(`/* ${name} */ FETCH ${batchRows} FROM wanted`);
      if (rows.length > 0) yield rows;
      if (rows.length < batchRows) break;
    }
    await client.query('CLOSE wanted');
  } catch (error) {
    throw asTimeout(error, signal);
  }
}
