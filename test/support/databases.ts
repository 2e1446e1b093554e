import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { afterAll, describe } from 'vitest';
import { migrate } from '../../src/database/migrate.ts';
import { type Database, type DatabaseSettings, openDatabase } from '../../src/database/open-database.ts';

export interface TestDatabase extends Database {
  /** What another process or a second `openDatabase` needs to reach it; only a server can be shared. */
  readonly settings: DatabaseSettings;
}

/** Opens a fresh, migrated database. It is closed and removed when the block ends, or by its `close`. */
export type OpenTestDatabase = () => Promise<TestDatabase>;

const serverUrl = process.env.TEST_DATABASE_URL || undefined;

/** Where the embedded database had its turn before, as in continuous integration. */
const onlyServer = process.env.TEST_ONLY_SERVER === '1' && serverUrl !== undefined;

/**
 * Runs a block on the embedded database, and once more on a PostgreSQL server where TEST_DATABASE_URL
 * names one, in databases of its own that it creates there and drops.
 */
export function describeOnEachDatabase(
  name: string,
  body: (open: OpenTestDatabase, kind: Database['kind']) => void,
): void {
  if (!onlyServer) describeOn('embedded', name, openInMemory, body);
  if (serverUrl !== undefined) describeOnServer(name, (open) => body(open, 'server'));
}

/**
 * For what only a server can show, such as a reader on another connection. Without one the block is left
 * out, so a file needs another block beside it.
 */
export function describeOnServer(name: string, body: (open: OpenTestDatabase) => void): void {
  if (serverUrl === undefined) return;
  describeOn('server', name, () => createOnServer(serverUrl), body);
}

function describeOn(
  kind: Database['kind'],
  name: string,
  create: OpenTestDatabase,
  body: (open: OpenTestDatabase, kind: Database['kind']) => void,
): void {
  describe(`${name} (${kind})`, () => {
    const opened: TestDatabase[] = [];
    const open = async (): Promise<TestDatabase> => {
      const database = await create();
      opened.push(database);
      await migrate(database.pool);
      return database;
    };
    afterAll(async () => {
      for (const database of opened) await database.close();
    });
    body(open, kind);
  });
}

async function openInMemory(): Promise<TestDatabase> {
  const settings = { databaseDirectory: 'memory://', databasePoolSize: 1 };
  return closeOnce(await openDatabase(settings), settings);
}

async function createOnServer(url: string): Promise<TestDatabase> {
  const name = `atlas_test_${randomBytes(6).toString('hex')}`;
  // template1 can not be copied while somebody is connected to it.
  await onServer(url, `CREATE DATABASE ${name} TEMPLATE template0`);
  const databaseUrl = new URL(url);
  databaseUrl.pathname = `/${name}`;
  const settings = { databaseUrl: databaseUrl.href, databaseDirectory: '', databasePoolSize: 4 };
  return closeOnce(await openDatabase(settings), settings, () =>
    onServer(url, `DROP DATABASE IF EXISTS ${name} WITH (FORCE)`),
  );
}

async function onServer(url: string, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}

/** A test may close its database before the block does. */
function closeOnce(
  database: Database,
  settings: DatabaseSettings,
  remove: () => Promise<void> = async () => undefined,
): TestDatabase {
  let closed: Promise<void> | undefined;
  const close = () => (closed ??= database.close().then(remove));
  return { ...database, settings, close };
}
