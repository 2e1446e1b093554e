import { describe, expect, it } from 'vitest';
import { gamma } from '../../src/catalog/log-buckets.ts';
import type { Engine } from '../../src/engine/engine.ts';
import { registerNames } from '../../src/rollups/names.ts';
import { generation, temporaryEngine } from '../engine/event-rows.ts';
import { bucketByLooking } from './brute-force.ts';
import { load, names, rollUp } from './counted-world.ts';

/** Loads a generation for each value, which stands for its prompt tokens, on its day. */
async function loadNumbers(engine: Engine, dataset: string, values: string): Promise<void> {
  await load(engine, dataset, 'generation', [generation(0, dataset, { model: 'gpt-4o' })]);
  const template = `SELECT * FROM stored_generations WHERE dataset = '${dataset}'`;
  await engine.command(
    'test.numbers',
    `INSERT INTO stored_generations
     SELECT template.* REPLACE (toDateTime64(source.day, 3, 'UTC') AS created_at, source.value AS prompt_tokens)
     FROM (${template}) AS template CROSS JOIN (${values}) AS source`,
  );
  await engine.command(
    'test.template',
    `ALTER TABLE stored_generations DELETE WHERE dataset = '${dataset}' AND toDate(created_at) = '2025-03-04'
       AND prompt_tokens = 100 AND created_at != toDateTime64('2025-03-04 00:00:00', 3, 'UTC')`,
  );
}

/** Histograms of prompt tokens: by day its buckets and their counts, as counted by the engine. */
async function histogramsOf(engine: Engine, dataset: string) {
  const { histogram_day_model: cells = [] } = (await rollUp(engine, dataset, 'generations')).cells;
  return cells
    .filter(([, level, grain, kind]) => level === 'MODEL' && grain === 'DAY' && kind === 'PROMPT_TOKENS')
    .map(([, , , , , day, buckets, requests]) => ({
      day,
      buckets: numbers(buckets),
      requests: numbers(requests),
    }));
}

const numbers = (array: string | null | undefined) => array?.slice(1, -1).split(',').map(Number) ?? [];

describe('the buckets that SQL computes', () => {
  it('are those of the definition on both sides of every bucket end up to 2^50', async () => {
    const engine = await temporaryEngine();
    await registerNames(engine, names);
    // Beyond, powers in floating point differ from one library to another by more than 1.
    const ends = Array.from({ length: 867 }, (_, power) => Math.floor(gamma ** power));
    expect(ends.at(-1)).toBeGreaterThan(2 ** 49.9);
    const edges = [...new Set(ends.flatMap((end) => [end - 1, end, end + 1]))];
    // A day of its own for each value.
    await loadNumbers(
      engine,
      'edges',
      `SELECT value, toDate('2015-01-01') + place AS day
       FROM (SELECT [${edges.join(',')}] AS edges) ARRAY JOIN edges AS value, arrayEnumerate(edges) AS place`,
    );
    const found = (await histogramsOf(engine, 'edges')).map(({ buckets }) => buckets);
    expect(found).toEqual(edges.map((value) => [bucketByLooking(value)]));
  });

  it('hold every whole number up to a million, and numbers up to a thousand million', async () => {
    const engine = await temporaryEngine();
    await registerNames(engine, names);
    await loadNumbers(
      engine,
      'numbers',
      `SELECT number AS value, toDate('2026-01-01') AS day FROM numbers(1000001)
       UNION ALL
       SELECT number * 3360676291 % 1000000007 AS value, toDate('2026-01-02') AS day FROM numbers(100000)`,
    );
    const spread = Array.from({ length: 100_000 }, (_, n) => (n * 3360676291) % 1000000007);
    const [whole, sample] = await histogramsOf(engine, 'numbers');
    expect(whole).toEqual({ day: '2026-01-01', ...counted(Array.from({ length: 1_000_001 }, (_, n) => n)) });
    expect(sample).toEqual({ day: '2026-01-02', ...counted(spread) });
    expect(Math.max(...spread)).toBeGreaterThan(999_000_000);
  });
});

function counted(values: readonly number[]) {
  const counts = new Map<number, number>();
  let bucket = 0;
  // Bucket by bucket over sorted values, by the definition: looking for each value would take minutes.
  for (const value of [...values].sort((a, b) => a - b)) {
    while (value > (bucket === 0 ? 0 : gamma ** (bucket - 1))) bucket += 1;
    counts.set(bucket, (counts.get(bucket) ?? 0) + 1);
  }
  return { buckets: [...counts.keys()], requests: [...counts.values()] };
}
