import { randomBytes } from 'node:crypto';
import type pg from 'pg';
import sql, { raw, type Sql } from 'sql-template-tag';
import type { Database } from '../database/open-database.ts';
import { AtlasError } from '../errors.ts';
import type { TextRow } from './parse-rows.ts';
import { beginReading, type FetchSettings, type Reading, type ReadRows } from './reading-transaction.ts';
import { runStatement } from './run-statement.ts';

export interface CursorSettings extends FetchSettings {
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
  const reading = await open(database, settings, signal);
  try {
    yield* reading.rows(name, statement);
  } finally {
    await reading.end();
  }
}

/**
 * The same for several reads, one after the other: `use` gets what runs them, and nothing is held any more when it is
 * over. On a database server all see the same rows.
 */
export async function readSeveralByCursor(
  database: Database,
  settings: CursorSettings,
  signal: AbortSignal,
  use: (read: ReadRows) => Promise<void>,
): Promise<void> {
  const reading = await open(database, settings, signal);
  try {
    await use(reading.rows);
  } finally {
    await reading.end();
  }
}

/** Takes a place among those that run, which the end gives back. */
async function open(database: Database, settings: CursorSettings, signal: AbortSignal): Promise<Reading> {
  const leave = enter(database, settings.atOnce);
  if (database.kind === 'embedded') {
    const rows: ReadRows = (name, statement) => readKept(database, name, statement, settings, signal);
    return { rows, end: async () => leave() };
  }
  try {
    const { rows, end } = await beginReading(database, settings, signal);
    return { rows, end: () => end().finally(leave) };
  } catch (error) {
    leave();
    throw error;
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
