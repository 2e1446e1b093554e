import { readdir } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { openEmbeddedEngine } from '../../src/engine/embedded-engine.ts';
import { openEngine } from '../../src/engine/open-engine.ts';
import { migrateEngine } from '../../src/engine/schema.ts';
import { temporaryDirectory, temporaryEngine } from './event-rows.ts';

const settings = async () => ({ directory: await temporaryDirectory(), maxMemoryBytes: 256 * 2 ** 20 });

describe('the tables of the engine', () => {
  it('are made once and found again', async () => {
    const engine = await temporaryEngine();
    const versions = () =>
      engine.rows('test.versions', 'SELECT version, name, applied_at FROM schema_versions ORDER BY version');
    const before = await versions();
    const steps = (await readdir(new URL('../../src/engine/schema', import.meta.url))).sort();
    expect(before).toMatchObject(
      steps.map((file) => ({ version: Number(file.slice(0, 2)), name: file.replace('.sql', '') })),
    );
    await migrateEngine(engine);
    expect(await versions()).toEqual(before);
  });

  it('are completed when making them was cut short', async () => {
    const engine = await openEmbeddedEngine(await settings());
    try {
      await engine.command(
        'test.partial',
        'CREATE TABLE staged_refused_rows (line UInt64, field LowCardinality(Nullable(String)), ' +
          'code LowCardinality(String), reason String) ENGINE = MergeTree ORDER BY line',
      );
      await migrateEngine(engine);
      expect(await engine.rows('test.view', 'SELECT count() AS rows FROM staged_refusals')).toEqual([
        { rows: '0' },
      ]);
    } finally {
      await engine.close();
    }
  });

  it('are left alone by an older program, which says so and lets go of the directory', async () => {
    const where = await settings();
    const newer = await openEngine(where);
    await newer.command('test.newer', `INSERT INTO schema_versions SELECT 99, '99_future', now64(3)`);
    await newer.close();
    await expect(openEngine(where)).rejects.toMatchObject({ code: 'SCHEMA_TOO_NEW' });
    await (await openEmbeddedEngine(where)).close();
  });
});
