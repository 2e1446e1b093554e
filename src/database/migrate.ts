import { createHash, randomUUID } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import type pg from 'pg';
import { AtlasError } from '../errors.ts';

const migrationDirectory = path.resolve(import.meta.dirname, '../../prisma/migrations');

/** The advisory lock that Prisma Migrate takes, so that the two never run at once. */
const MIGRATION_LOCK = 72707369;

/** As Prisma Migrate creates it: `prisma migrate deploy` on the same database finds what it expects. */
const createHistory = `
  CREATE TABLE IF NOT EXISTS "_prisma_migrations" (
    id VARCHAR(36) PRIMARY KEY NOT NULL,
    checksum VARCHAR(64) NOT NULL,
    finished_at TIMESTAMPTZ,
    migration_name VARCHAR(255) NOT NULL,
    logs TEXT,
    rolled_back_at TIMESTAMPTZ,
    started_at TIMESTAMPTZ NOT NULL DEFAULT now(),
    applied_steps_count INTEGER NOT NULL DEFAULT 0
  )`;

interface Migration {
  name: string;
  sql: string;
  checksum: string;
}

interface AppliedMigration {
  migration_name: string;
  checksum: string;
  finished_at: Date | null;
}

/**
 * Brings the database to the schema of this program and returns the names applied. Safe to run from
 * several processes at once. Refuses an edited or half-applied migration and a newer schema.
 */
export async function migrate(pool: pg.Pool, directory = migrationDirectory): Promise<string[]> {
  const known = await readMigrations(directory);
  const client = await pool.connect();
  try {
    // Waiting for another process, and a migration itself, may take longer than a query is allowed to.
    await client.query('SET statement_timeout = 0');
    await client.query('SELECT pg_advisory_lock($1)', [MIGRATION_LOCK]);
    await client.query(createHistory);
    const applied = await readHistory(client);
    refuseNewerSchema(known, applied);
    const pending = known.filter((migration) => !isApplied(migration, applied));
    for (const migration of pending) await apply(client, migration);
    return pending.map(({ name }) => name);
  } finally {
    await client.query('SELECT pg_advisory_unlock($1)', [MIGRATION_LOCK]).catch(() => undefined);
    await client.query('RESET statement_timeout').catch(() => undefined);
    client.release();
  }
}

async function readMigrations(directory: string): Promise<Migration[]> {
  const entries = await readdir(directory, { withFileTypes: true });
  const names = entries.filter((entry) => entry.isDirectory()).map((entry) => entry.name);
  return Promise.all(
    names.sort().map(async (name) => {
      const sql = await readFile(path.join(directory, name, 'migration.sql'), 'utf8');
      return { name, sql, checksum: createHash('sha256').update(sql).digest('hex') };
    }),
  );
}

async function readHistory(client: pg.PoolClient): Promise<Map<string, AppliedMigration>> {
  const { rows } = await client.query<AppliedMigration>(
    'SELECT migration_name, checksum, finished_at FROM "_prisma_migrations" WHERE rolled_back_at IS NULL',
  );
  return new Map(rows.map((row) => [row.migration_name, row]));
}

function refuseNewerSchema(known: Migration[], applied: Map<string, AppliedMigration>): void {
  const names = new Set(known.map(({ name }) => name));
  const newer = [...applied.keys()].filter((name) => !names.has(name));
  if (newer.length === 0) return;
  throw new AtlasError(
    'SCHEMA_TOO_NEW',
    `The database has migrations this program does not know (${newer.join(', ')}): ` +
      'a newer version has migrated it. Run that version, or point this one at another database.',
  );
}

function isApplied(migration: Migration, applied: Map<string, AppliedMigration>): boolean {
  const record = applied.get(migration.name);
  if (record === undefined) return false;
  if (record.finished_at === null) {
    throw new AtlasError(
      'MIGRATION_FAILED',
      `Migration ${migration.name} failed earlier. Look at "_prisma_migrations".logs, mend the cause, ` +
        'then delete its row there (or use `prisma migrate resolve`) and start again.',
    );
  }
  if (record.checksum !== migration.checksum) {
    throw new AtlasError(
      'MIGRATION_FAILED',
      `Migration ${migration.name} was edited after it was applied: restore its file, and put the change in a new one.`,
    );
  }
  return true;
}

async function apply(client: pg.PoolClient, { name, sql, checksum }: Migration): Promise<void> {
  const id = randomUUID();
  await client.query('INSERT INTO "_prisma_migrations" (id, checksum, migration_name) VALUES ($1, $2, $3)', [
    id,
    checksum,
    name,
  ]);
  try {
    // One message of several statements is one implicit transaction.
    await client.query(sql);
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    await client.query('UPDATE "_prisma_migrations" SET logs = $2 WHERE id = $1', [id, reason]);
    throw new AtlasError('MIGRATION_FAILED', `Migration ${name} failed: ${reason}`, { cause });
  }
  await client.query(
    'UPDATE "_prisma_migrations" SET finished_at = now(), applied_steps_count = 1 WHERE id = $1',
    [id],
  );
}
