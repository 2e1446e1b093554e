import { cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { migrate } from '../../src/database/migrate.ts';
import { describeOnEachDatabase, describeOnServer } from '../support/databases.ts';
import { openDatabase } from '../../src/database/open-database.ts';

const shipped = path.resolve(import.meta.dirname, '../../prisma/migrations');

describeOnEachDatabase('migrations', (open) => {
  let directory: string;

  beforeEach(async () => {
    directory = await mkdtemp(path.join(tmpdir(), 'atlas-migrations-'));
    await cp(shipped, directory, { recursive: true });
  });
  afterEach(() => rm(directory, { recursive: true, force: true }));

  async function add(name: string, sql: string): Promise<void> {
    await mkdir(path.join(directory, name));
    await writeFile(path.join(directory, name, 'migration.sql'), sql);
  }

  it('are applied once', async () => {
    const { pool } = await open();
    await add('29990101000000_more', 'CREATE TABLE more (id INTEGER)');
    expect(await migrate(pool, directory)).toEqual(['29990101000000_more']);
    expect(await migrate(pool, directory)).toEqual([]);
    const { rows } = await pool.query(
      'SELECT migration_name, applied_steps_count, finished_at IS NOT NULL AS finished, length(checksum) AS digits FROM _prisma_migrations ORDER BY started_at DESC LIMIT 1',
    );
    expect(rows).toEqual([
      { migration_name: '29990101000000_more', applied_steps_count: 1, finished: true, digits: 64 },
    ]);
  });

  it('of a newer program are refused', async () => {
    const { pool } = await open();
    await add('29990101000000_more', 'CREATE TABLE more (id INTEGER)');
    await migrate(pool, directory);
    await expect(migrate(pool)).rejects.toMatchObject({
      code: 'SCHEMA_TOO_NEW',
      message: expect.stringContaining('29990101000000_more'),
    });
  });

  it('that were edited are refused', async () => {
    const { pool } = await open();
    await add('29990101000000_more', 'CREATE TABLE more (id INTEGER)');
    await migrate(pool, directory);
    await writeFile(
      path.join(directory, '29990101000000_more/migration.sql'),
      'CREATE TABLE less (id INTEGER)',
    );
    await expect(migrate(pool, directory)).rejects.toMatchObject({ code: 'MIGRATION_FAILED' });
  });

  it('that fail leave no trace of themselves but the reason, and stop the next start', async () => {
    const { pool } = await open();
    await add('29990101000000_more', 'CREATE TABLE more (id INTEGER); SELECT nonsense');
    await expect(migrate(pool, directory)).rejects.toMatchObject({ code: 'MIGRATION_FAILED' });
    const { rows } = await pool.query("SELECT to_regclass('more') AS left_over");
    expect(rows).toEqual([{ left_over: null }]);
    await expect(migrate(pool, directory)).rejects.toThrow('failed earlier');
  });
});

describeOnServer('migrations of several processes', (open) => {
  it('wait for each other', async () => {
    const first = await open();
    const { pool } = first;
    await pool.query('DROP SCHEMA public CASCADE; CREATE SCHEMA public');
    const second = await openDatabase(first.settings);
    const applied = await Promise.all([migrate(pool), migrate(second.pool)]);
    await second.close();
    expect(applied.flat()).toHaveLength(applied[0].length + applied[1].length);
    expect(applied.some((names) => names.length === 0)).toBe(true);
  });
});
