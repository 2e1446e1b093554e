import { beforeAll, expect, it } from 'vitest';
import { aggregateTables } from '../../src/releases/aggregate-tables.ts';
import { prune } from '../../src/releases/prune.ts';
import { publish } from '../../src/releases/publish.ts';
import { listRollups } from '../../src/rollups/rollup.ts';
import { describeOnEachDatabase, type TestDatabase } from '../support/databases.ts';
import { useCountingSide } from './counting-side.ts';
import { gateway, requests } from './gateway-log.ts';
import { countRows, digestOf } from './published.ts';

const side = useCountingSide();

describeOnEachDatabase('prune', (open, kind) => {
  let database: TestDatabase;
  const pruned = gateway(`pruned-${kind}`);
  const other = gateway(`other-${kind}`);
  const releases: string[] = [];
  beforeAll(async () => {
    database = await open();
    for (const declaration of [pruned, other]) {
      await side.load(declaration.id, 'log', requests(200));
      for (let n = 0; n < 3; n += 1) {
        const options = { engine: side.engine, database, declaration, force: true };
        releases.push((await publish(options)).releaseId);
      }
    }
  });

  it('refuses to remove the latest release, and to prune what has none', async () => {
    const before = await countRows(database.pool);
    for (const keep of [0, -1, 1.5, Number.NaN]) {
      await expect(prune({ database, dataset: pruned.id, keep })).rejects.toMatchObject({
        code: 'BAD_ARGUMENT',
      });
    }
    await expect(prune({ database, dataset: 'misspelt', keep: 1 })).rejects.toMatchObject({
      code: 'NOTHING_PUBLISHED',
    });
    expect(await countRows(database.pool)).toEqual(before);
  });

  it('removes older releases with all their rows and touches nothing else', async () => {
    const [first, second, latest, ...others] = releases;
    const kept = [latest ?? '', ...others];
    const before = await Promise.all(kept.map((id) => digestOf(database.pool, id)));

    expect(await prune({ database, dataset: pruned.id, keep: 5 })).toEqual([]);
    expect(await prune({ database, dataset: pruned.id, keep: 1 })).toEqual([second, first]);

    expect(await Promise.all(kept.map((id) => digestOf(database.pool, id)))).toEqual(before);
    const { rows: remembered } = await database.pool.query<{ id: string }>(
      'SELECT id FROM pruned_releases WHERE dataset_id = $1 ORDER BY id',
      [pruned.id],
    );
    expect(remembered.map(({ id }) => id)).toEqual([first, second]);
    for (const table of [
      ...aggregateTables,
      'countries',
      'models',
      'authors',
      'providers',
      'release_rollups',
    ]) {
      const { rows } = await database.pool.query(
        `SELECT count(DISTINCT release_key)::int AS releases FROM ${table}
         WHERE release_key IN (SELECT key FROM releases)
         UNION ALL SELECT count(*)::int FROM ${table} WHERE release_key NOT IN (SELECT key FROM releases)`,
      );
      const holding = /category|tag/.test(table) ? 0 : 4;
      expect({ table, rows }).toEqual({ table, rows: [{ releases: holding }, { releases: 0 }] });
    }
  });

  it('gives the number of a removed release to no other', async () => {
    const options = { engine: side.engine, database, declaration: pruned, force: true };
    expect((await publish(options)).releaseId).toBe(`${pruned.id}@2024-03-03.4`);
    // Where the data end on an earlier day again, no release of that day may be left.
    await database.pool.query(
      `UPDATE pruned_releases SET id = $1 || '@2024-03-03.9' WHERE id = $1 || '@2024-03-03.1'`,
      [pruned.id],
    );
    expect((await publish(options)).releaseId).toBe(`${pruned.id}@2024-03-03.10`);
  });

  it('knows every table whose rows belong to a release without a foreign key', async () => {
    const { rows } = await database.pool.query<{ table: string }>(
      `SELECT table_name AS table FROM information_schema.columns
       WHERE table_schema = 'public' AND column_name = 'release_key'
       EXCEPT
       SELECT conrelid::regclass::text FROM pg_constraint
       WHERE contype = 'f' AND confrelid = 'releases'::regclass`,
    );
    expect(rows.map(({ table }) => table).sort()).toEqual([...aggregateTables].sort());
    const rollups = [...(await listRollups('generations')), ...(await listRollups('usage_feed'))];
    expect(aggregateTables).toEqual(expect.arrayContaining(rollups.map(({ target }) => target)));
  });
});
