import { randomBytes } from 'node:crypto';
import type pg from 'pg';
import sql, { raw, type Sql } from 'sql-template-tag';
import type { Database } from '../database/open-database.ts';
import { AtlasError } from '../errors.ts';
import type { TextRow } from './parse-rows.ts';
import { asTimeout, connect, runStatement } from './run-statement.ts';

export interface CursorSettings {
  /** Rows fetched together. */
  readonly batchRows: number;
  /** A fetch that takes longer is cancelled. */
  readonly fetchSeconds: number;
  /** Reads of this kind that may run at once over one database. */
  readonly atOnce: number;
}

/** How many run, by pool. */
const running = new WeakMap<pg.Pool, number>();

/**
 * Runs one read of any size, and gives its rows as they are asked for. All are of one snapshot. What ends before the
 * rows do, must `return` the generator, which frees the connection.
 */
export async function* readByCursor(
  database: Database,
  name: string,
  statement: Sql,
  settings: CursorSettings,
  signal: AbortSignal,
): AsyncGenerator<TextRow[]> {
  const leave = enter(database, settings.atOnce);
  try {
    const read = database.kind === 'server' ? readInTransaction : readKept;
    yield* read(database, name, statement, settings, signal);
  } finally {
    leave();
  }
}

/** Each holds a connection for as long as its reader takes: two or more are left to all others. */
function enter({ pool, kind }: Database, atOnce: number): () => void {
  const most = kind === 'server' ? Math.max(1, Math.min(atOnce, pool.options.max - 2)) : atOnce;
  const others = running.get(pool) ?? 0;
  if (others >= most) {
    throw new AtlasError(
      'SERVER_BUSY',
      `This server gives ${most} downloads at once, and as many run: try again when one is over.`,
      { details: { limit: most } },
    );
  }
  running.set(pool, others + 1);
  return () => void running.set(pool, (running.get(pool) ?? 1) - 1);
}

/** A cursor of a transaction that only reads, on a connection of its own. */
async function* readInTransaction(
  database: Database,
  name: string,
  statement: Sql,
  { batchRows, fetchSeconds }: CursorSettings,
  signal: AbortSignal,
): AsyncGenerator<TextRow[]> {
  const client = await connect(database, signal);
  let cancelled: Promise<void> | undefined;
  const cancel = (): void => {
    cancelled = database.cancel(client);
  };
  signal.addEventListener('abort', cancel, { once: true });
  // A connection may be lost while its reader is slow. The next fetch fails of it, and an event that nobody listens
  // to would end the process.
  client.on('error', ignore);
  try {
    await client.query('BEGIN READ ONLY');
    await client.query(`SET LOCAL statement_timeout = '${Math.ceil(fetchSeconds * 1_000)}ms'`);
    // All rows are wanted: PostgreSQL would else plan for the first tenth of them.
    await client.query('SET LOCAL cursor_tuple_fraction = 1');
    const declare = `/* ${name} */ DECLARE wanted NO SCROLL CURSOR FOR ${statement.text}`;
    await client.query(declare, statement.values);
    for (;;) {
      signal.throwIfAborted();
      const { rows } = await client.query<TextRow>(`/* ${name} */ FETCH ${batchRows} FROM wanted`);
      if (rows.length > 0) yield rows;
      if (rows.length < batchRows) return;
    }
  } catch (error) {
    throw asTimeout(error, signal);
  } finally {
    signal.removeEventListener('abort', cancel);
    // A cancellation under way must not meet the next statement of this connection.
    await cancelled;
    await client.query('ROLLBACK').then(
      () => client.release(),
      (error: Error) => client.release(error),
    );
    client.off('error', ignore);
  }
}

function ignore(): void {
  // Said again by whatever is asked of the connection next.
}

/**
 * The embedded database has one connection, which others need while a reader is slow. It keeps the rows on its disk
 * instead, since a cursor with hold outlives its transaction, and all connections are one session.
 */
async function* readKept(
  database: Database,
  name: string,
  statement: Sql,
  { batchRows }: CursorSettings,
  signal: AbortSignal,
): AsyncGenerator<TextRow[]> {
  const cursor = raw(`download_${randomBytes(8).toString('hex')}`);
  await runStatement(
    database,
    name,
    sql`DECLARE ${cursor} NO SCROLL CURSOR WITH HOLD FOR ${statement}`,
    signal,
  );
  try {
    for (;;) {
      const rows = await runStatement(
        database,
        name,
        sql`FETCH ${raw(String(batchRows))} FROM ${cursor}`,
        signal,
      );
      if (rows.length > 0) yield rows;
      if (rows.length < batchRows) return;
    }
  } finally {
    await runStatement(database, name, sql`CLOSE ${cursor}`);
  }
}
