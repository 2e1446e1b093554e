import type { Socket } from 'node:net';
import { PrismaPg } from '@prisma/adapter-pg';
import pg from 'pg';
import { AtlasError } from '../errors.ts';
import { lockDirectory } from './directory-lock.ts';
import { PrismaClient } from './generated/client.ts';
import { PgliteStream } from './pglite-stream.ts';

export interface Database {
  /** The entities. */
  readonly prisma: PrismaClient;
  /** The same connections for COPY, locks and named statements. */
  readonly pool: pg.Pool;
  readonly kind: 'embedded' | 'server';
  /** Ends the statement that a connection of the pool runs; the embedded database can not be interrupted. */
  cancel(running: pg.PoolClient): Promise<void>;
  close(): Promise<void>;
}

export interface DatabaseSettings {
  /** Unset: embedded, in `databaseDirectory`. */
  databaseUrl?: string | undefined;
  databaseDirectory: string;
  databasePoolSize: number;
  /**
   * A statement that runs longer is cancelled, and one that waits longer for a connection is refused. Unset: none
   * is, as loads and publications need.
   */
  statementTimeoutMs?: number;
}

/** Opens PostgreSQL where an address is set, else the embedded one; from here on both are used alike. */
export async function openDatabase(settings: DatabaseSettings): Promise<Database> {
  return settings.databaseUrl === undefined
    ? openEmbedded(settings.databaseDirectory)
    : openServer(settings.databaseUrl, settings);
}

async function openServer(url: string, settings: DatabaseSettings): Promise<Database> {
  const timeout = settings.statementTimeoutMs ?? 0;
  const pool = new pg.Pool({
    connectionString: url,
    max: settings.databasePoolSize,
    connectionTimeoutMillis: timeout,
    options: `-c TimeZone=UTC -c statement_timeout=${timeout}`,
  });
  // An idle connection that the server drops is replaced on the next use; without a listener it ends the process.
  pool.on('error', () => undefined);
  try {
    await pool.query('SELECT 1');
  } catch (cause) {
    await pool.end();
    const { hostname, port, pathname } = new URL(url);
    throw new AtlasError(
      'DATABASE_UNAVAILABLE',
      `PostgreSQL at ${hostname}:${port || '5432'}${pathname} does not answer (${describe(cause)}). ` +
        'Check DATABASE_URL and that the server runs.',
      { cause },
    );
  }
  // Of its own, since a cancellation can not wait for the statements that it is to end.
  const cancellations = new pg.Pool({ connectionString: url, max: 1, idleTimeoutMillis: 10_000 });
  cancellations.on('error', () => undefined);
  const cancel = async (running: pg.PoolClient): Promise<void> => {
    const { processID } = running as pg.PoolClient & { processID: number };
    await cancellations.query('SELECT pg_cancel_backend($1)', [processID]).catch(() => undefined);
  };
  return assemble(pool, 'server', cancel, async () => {
    await pool.end();
    await cancellations.end();
  });
}

/** `memory://` opens one that lives as long as the process, for tests. */
async function openEmbedded(directory: string): Promise<Database> {
  const inMemory = directory.startsWith('memory://');
  const advice =
    'End that one first, or set DATABASE_URL so that several processes can share a PostgreSQL server.';
  const lock = inMemory ? undefined : await lockDirectory(directory, 'embedded database', advice);
  const { PGlite } = await import('@electric-sql/pglite');
  const lite = await PGlite.create({ dataDir: inMemory ? directory : `${directory}/pglite` });
  const pool = new pg.Pool({
    user: 'postgres',
    database: 'postgres',
    // node-postgres takes any duplex stream; its type asks for a network socket.
    stream: () => new PgliteStream(lite) as unknown as Socket,
    max: 1,
    idleTimeoutMillis: 0,
  });
  pool.on('error', () => undefined);
  const cancel = async (): Promise<void> => undefined;
  return assemble(pool, 'embedded', cancel, async () => {
    await pool.end();
    await lite.close();
    await lock?.release();
  });
}

function assemble(
  pool: pg.Pool,
  kind: Database['kind'],
  cancel: Database['cancel'],
  closePool: () => Promise<void>,
): Database {
  const prisma = new PrismaClient({ adapter: new PrismaPg(pool) });
  return {
    prisma,
    pool,
    kind,
    cancel,
    close: async () => {
      await prisma.$disconnect();
      await closePool();
    },
  };
}

/** A connection error has an empty message where several addresses were tried. */
function describe(cause: unknown): string {
  if (cause instanceof AggregateError) return describe(cause.errors[0]);
  return cause instanceof Error ? cause.message : String(cause);
}
