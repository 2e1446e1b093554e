import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Engine } from '../../src/engine/engine.ts';
import { EventStore } from '../../src/engine/event-store.ts';
import { openEngine } from '../../src/engine/open-engine.ts';
import { loadFile } from '../../src/releases/load-files.ts';
import { parseDeclaration } from '../../src/releases/dataset-declaration.ts';
import { simulate } from '../../src/simulate/simulate.ts';
import { temporaryDirectory } from '../engine/event-rows.ts';

const generations = 30_000;
const timeout = 240_000;

/** An engine of an empty directory; a process has one at a time. */
async function withEngine<Result>(
  work: (engine: Engine) => Promise<Result>,
  settings: { threads?: number } = {},
): Promise<Result> {
  const directory = await temporaryDirectory();
  const engine = await openEngine({ directory, maxMemoryBytes: 2 ** 30, ...settings });
  try {
    return await work(engine);
  } finally {
    await engine.close();
  }
}

/** The same engine with little memory, so that rows are drawn in chunks of so many. */
function inChunks(engine: Engine, rows: number): Engine {
  return new Proxy(engine, {
    get: (target, name: keyof Engine) => {
      if (name === 'statementMemoryBytes') return rows * 1024;
      const value = target[name];
      return typeof value === 'function' ? value.bind(target) : value;
    },
  });
}

const world = { dataset: 'world', generations, seed: 7, months: 13, labelShare: 0.1 };

async function digests(directory: string): Promise<Record<string, string>> {
  const files = (await readdir(directory)).sort();
  const entries = files.map(async (file) => {
    const bytes = await readFile(path.join(directory, file));
    return [file, createHash('sha256').update(bytes).digest('hex')] as const;
  });
  return Object.fromEntries(await Promise.all(entries));
}

/** A digest of every stored row and label. */
async function contentOf(engine: Engine): Promise<unknown> {
  return engine.rows(
    'test.content',
    `SELECT
       (SELECT toString(sum(cityHash64(* EXCEPT (load_id)))) FROM generations) AS generations,
       (SELECT toString(sum(cityHash64(* EXCEPT (load_id)))) FROM labels) AS labels,
       (SELECT toString(sum(cityHash64(key, content_hash))) FROM stored_keys) AS keys`,
  );
}

describe('a simulated study', { timeout }, () => {
  it('is the same to the byte for the same seed, whatever the threads and chunks', async () => {
    const outs = [await temporaryDirectory(), await temporaryDirectory()] as const;
    const draw = (engine: Engine, options: object) => simulate({ ...world, engine, ...options });
    const contents = [
      await withEngine(async (engine) => draw(engine, { out: outs[0] }).then(() => contentOf(engine))),
      await withEngine(async (engine) => draw(engine, { out: outs[1] }).then(() => contentOf(engine)), {
        threads: 1,
      }),
      await withEngine(async (engine) => draw(inChunks(engine, 7_000), {}).then(() => contentOf(engine))),
      await withEngine(async (engine) => draw(engine, { seed: 8 }).then(() => contentOf(engine))),
    ];
    expect(await digests(outs[0])).toEqual(await digests(outs[1]));
    expect(contents[1]).toEqual(contents[0]);
    expect(contents[2]).toEqual(contents[0]);
    expect(contents[3]).not.toEqual(contents[0]);
  });

  it('is of the ordinary kind: its Parquet files, loaded on top of it, add nothing', async () => {
    await withEngine(async (engine) => {
      const out = await temporaryDirectory();
      const summary = await simulate({ ...world, engine, out });
      const store = new EventStore(engine);
      const declaration = parseDeclaration(
        {
          id: world.dataset,
          title: 'World',
          description: 'Synthetic.',
          kind: 'GENERATIONS',
          licence: 'CC0-1.0',
          citation: 'None.',
          synthetic: true,
          usersArePseudonymous: true,
        },
        'test',
      );
      const load = (file: string) =>
        loadFile({ store, declaration, file: path.join(out, file), pseudonymKey: Buffer.alloc(32) });
      expect(await load('generations-00001.parquet')).toMatchObject({
        rowsRead: generations,
        accepted: 0,
        alreadyLoaded: generations,
        refused: 0,
      });
      expect(await load('labels-00001.parquet')).toMatchObject({
        accepted: 0,
        alreadyLoaded: summary.labels,
        dropped: summary.droppedLabels,
        refused: 0,
      });
      expect(summary.droppedLabels).toBeGreaterThan(0);
      const { rows, labels, totalTokens } = await store.datasetSummary(world.dataset);
      expect({ rows, labels, totalTokens }).toEqual({
        rows: generations,
        labels: summary.labels,
        totalTokens: summary.totalTokens,
      });
    });
  });

  it('refuses a data set that holds events', async () => {
    await withEngine(async (engine) => {
      await simulate({ ...world, generations: 100, engine });
      const again = simulate({ ...world, generations: 100, engine });
      await expect(again).rejects.toMatchObject({ code: 'BAD_ARGUMENT' });
    });
  });

  it('leaves nothing behind where it is interrupted', async () => {
    await withEngine(async (engine) => {
      const interruption = new AbortController();
      const interrupted = simulate({
        ...world,
        engine: inChunks(engine, 5_000),
        onProgress: () => interruption.abort(),
        signal: interruption.signal,
      });
      await expect(interrupted).rejects.toThrow();
      for (const table of ['loads', 'stored_generations', 'stored_keys', 'stored_labels']) {
        const left = await engine.rows('test.left', `SELECT toString(count()) AS rows FROM ${table}`);
        expect(left).toEqual([{ rows: '0' }]);
      }
      const tables = `SELECT name FROM system.tables WHERE name LIKE 'simulated_%'`;
      expect(await engine.rows('test.tables', tables)).toEqual([]);
    });
  });

  it('has the planted part of each large cohort active in the months after', async () => {
    await withEngine(async (engine) => {
      const { world: planted } = await simulate({ ...world, generations: 200_000, labelShare: 0, engine });
      const rows = await engine.rows<{ model: string; cohort: number; month: number; users: string }>(
        'test.retention',
        `SELECT model, first AS cohort, month, toString(count()) AS users
       FROM (
         SELECT model, user, min(m) OVER (PARTITION BY model, user) AS first, m AS month
         FROM (
           SELECT DISTINCT
             model, user, toInt32(dateDiff('month', toDate('2024-11-01'), toDate(created_at))) AS m
           FROM generations
         )
       )
       GROUP BY model, first, month`,
      );
      const users = new Map(
        rows.map((row) => [`${row.model} ${row.cohort} ${row.month}`, Number(row.users)]),
      );
      const errors: number[] = [];
      planted.cohorts.forEach(({ cohorts }, model) => {
        const id = planted.usage.models[model]?.id ?? '';
        for (const { month, size, retention } of cohorts.filter((cohort) => cohort.size >= 100)) {
          for (let age = 1; month + age < 13; age += 1) {
            const found =
              (users.get(`${id} ${month} ${month + age}`) ?? 0) / (users.get(`${id} ${month} ${month}`) ?? 1);
            errors.push(Math.abs(found - (retention[Math.min(age, retention.length - 1)] ?? 0)));
          }
          expect(users.get(`${id} ${month} ${month}`)).toBeGreaterThan(0.9 * size);
        }
      });
      expect(errors.length).toBeGreaterThan(50);
      expect(errors.reduce((sum, error) => sum + error, 0) / errors.length).toBeLessThan(0.02);
    });
  });
});
