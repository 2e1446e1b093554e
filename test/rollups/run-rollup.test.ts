import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Engine } from '../../src/engine/engine.ts';
import { EventStore } from '../../src/engine/event-store.ts';
import type { EventRow, GenerationRow } from '../../src/events/event-row.ts';
import type { NameKeys } from '../../src/rollups/names.ts';
import { forgetNames, registerNames } from '../../src/rollups/names.ts';
import type { RollupSource } from '../../src/rollups/rollup.ts';
import { listRollups } from '../../src/rollups/rollup.ts';
import { runRollup } from '../../src/rollups/run-rollup.ts';
import { digest, feedRow, generation, temporaryEngine } from '../engine/event-rows.ts';
import type { Cells } from './brute-force.ts';
import { periodStart, sortedCells, usageCells, userCells } from './brute-force.ts';

const names: NameKeys = {
  // Two raw names of one model, as two gateways write it.
  models: new Map([
    ['gpt-4o', 7],
    ['openai/gpt-4o', 7],
    ["o'hara\\mini\t2", 8],
    ['unheard-of', 9],
  ]),
  providers: new Map([
    ['Azure', 1],
    ['OpenAI', 2],
    ['openai', 2],
  ]),
};

const releaseKey = 42;

// Days around the ends of months, of years that begin in the middle of an ISO week, and a leap day.
const edgeDays = [
  '2023-12-31',
  '2024-01-01',
  '2024-02-28',
  '2024-02-29',
  '2024-03-01',
  '2024-12-29',
  '2024-12-30',
  '2024-12-31',
  '2025-01-01',
  '2025-01-05',
  '2025-01-06',
];

const optional = <Value>(value: fc.Arbitrary<Value>) => fc.option(value, { nil: null, freq: 3 });
const tokens = fc.oneof(
  { weight: 4, arbitrary: fc.nat(5000) },
  { weight: 1, arbitrary: fc.nat(2 ** 31 - 1) },
);

const values: fc.Arbitrary<Partial<GenerationRow>> = fc.record({
  createdAt: fc
    .tuple(fc.constantFrom(...edgeDays), fc.constantFrom('00:00:00.000', '12:34:56.789', '23:59:59.999'))
    .map(([day, time]) => `${day} ${time}`),
  user: optional(fc.integer({ min: 1, max: 6 }).map((user) => digest(`user ${user}`))),
  model: fc.constantFrom(...names.models.keys()),
  provider: optional(fc.constantFrom(...names.providers.keys())),
  country: optional(fc.constantFrom('DE', 'US', 'CN')),
  promptTokens: tokens,
  completionTokens: tokens,
  reasoningTokens: optional(tokens),
  cachedTokens: optional(tokens),
  spendUsd: optional(fc.nat(10 ** 9).map((picodollars) => `0.${String(picodollars).padStart(12, '0')}`)),
  byok: optional(fc.boolean()),
});

describe('the rollups over generations', () => {
  it('equal a count row by row', async () => {
    const engine = await temporaryEngine();
    await registerNames(engine, names);
    let dataset = 0;
    await fc.assert(
      fc.asyncProperty(fc.array(values, { minLength: 1, maxLength: 120 }), async (contents) => {
        dataset += 1;
        const rows = contents.map((each, index) => generation(index, `${dataset} ${index}`, each));
        await load(engine, `data set ${dataset}`, 'generation', rows);
        const result = await rollUp(engine, `data set ${dataset}`, 'generations');
        const providerKey = ({ provider }: GenerationRow) =>
          provider === null ? null : String(names.providers.get(provider));
        expect(result).toEqual({
          usage_day_model_provider: sortedCells(usageCells(rows, releaseKey, names, providerKey)),
          usage_day_model_country: sortedCells(usageCells(rows, releaseKey, names, (row) => row.country)),
          active_users: sortedCells(userCells(rows, releaseKey, names)),
        });
      }),
      { numRuns: 25 },
    );
  });

  it('count by UTC day, ISO week and month', async () => {
    const engine = await temporaryEngine();
    await registerNames(engine, names);
    const at = (createdAt: string, user: string) => ({ createdAt, user: digest(user), model: 'gpt-4o' });
    const rows = [
      at('2024-12-29 23:59:59.999', 'a'),
      at('2024-12-30 00:00:00.000', 'a'),
      at('2025-01-05 23:59:59.999', 'b'),
      at('2025-01-06 00:00:00.000', 'a'),
    ].map((each, index) => generation(index, `${index}`, each));
    await load(engine, 'weeks', 'generation', rows);
    const { active_users: cells = [] } = await rollUp(engine, 'weeks', 'generations');
    const allModels = cells.filter(([, , , model]) => model === null);
    const users = (grain: string) =>
      allModels.filter((cell) => cell[1] === grain).map(([, , start, , count]) => [start, count]);
    expect(users('WEEK')).toEqual([
      ['2024-12-23', '1'],
      ['2024-12-30', '2'],
      ['2025-01-06', '1'],
    ]);
    expect(users('MONTH')).toEqual([
      ['2024-12-01', '1'],
      ['2025-01-01', '2'],
    ]);
    expect(users('DAY')).toHaveLength(4);
    expect(periodStart('WEEK', '2024-12-29')).toBe('2024-12-23');
  });

  it('keep unknown apart from zero', async () => {
    const engine = await temporaryEngine();
    await registerNames(engine, names);
    const bare = { provider: null, reasoningTokens: null, cachedTokens: null, spendUsd: null, byok: null };
    await load(engine, 'unknown', 'generation', [
      generation(1, 'a', { ...bare, model: 'gpt-4o' }),
      generation(2, 'b', { ...bare, model: 'unheard-of', reasoningTokens: 0, spendUsd: '0', byok: true }),
    ]);
    const { usage_day_model_provider: cells } = await rollUp(engine, 'unknown', 'generations');
    expect(cells).toEqual([
      ['42', '2025-03-04', '7', null, '1', '100', '20', null, null, '120', null, null, null],
      ['42', '2025-03-04', '9', null, '1', '100', '20', '0', null, '120', '0', '0', '0'],
    ]);
  });

  it('count committed loads of the data set only', async () => {
    const engine = await temporaryEngine();
    await registerNames(engine, names);
    await load(engine, 'one', 'generation', [generation(1, 'a')]);
    await load(engine, 'other', 'generation', [generation(1, 'b')]);
    await engine.command(
      'test.unfinished',
      `INSERT INTO stored_generations SELECT * REPLACE (99 AS load_id) FROM stored_generations WHERE dataset = 'one'`,
    );
    const { usage_day_model_provider: cells } = await rollUp(engine, 'one', 'generations');
    expect(cells?.map((cell) => cell[4])).toEqual(['1']);
  });

  it('refuse to drop usage under a name that was not resolved', async () => {
    const engine = await temporaryEngine();
    const rows = [generation(1, 'a', { model: 'new/model' }), generation(2, 'b', { provider: 'New Host' })];
    await load(engine, 'names', 'generation', rows);
    await registerNames(engine, names);
    await expect(rollUp(engine, 'names', 'generations')).rejects.toThrow(
      'model "new/model", provider "New Host"',
    );
    await registerNames(engine, {
      models: new Map([...names.models, ['new/model', 10]]),
      providers: new Map([...names.providers, ['New Host', 11]]),
    });
    expect((await rollUp(engine, 'names', 'generations'))['usage_day_model_provider']).toHaveLength(2);
    await forgetNames(engine);
    await expect(rollUp(engine, 'names', 'generations')).rejects.toThrow('were not resolved');
  });
});

describe('the rollup over a usage feed', () => {
  it('gives the same columns as the one over generations, with null for what a feed does not know', async () => {
    const engine = await temporaryEngine();
    await registerNames(engine, names);
    await load(engine, 'feed', 'usage_feed', [
      feedRow(1, '2024-02-29', 'gpt-4o', 2e12),
      feedRow(2, '2024-02-29', 'openai/gpt-4o', 5),
      feedRow(3, '2024-03-01', 'unheard-of', 0),
    ]);
    const nothing = [null, null, null, null, null, null];
    const { feed_usage_day_model: cells } = await rollUp(engine, 'feed', 'usage_feed');
    expect(cells).toEqual([
      ['42', '2024-02-29', '7', ...nothing, '2000000000005', null, null, null],
      ['42', '2024-03-01', '9', ...nothing, '0', null, null, null],
    ]);
    const columnsOf = async (source: RollupSource) =>
      (await listRollups(source)).find(({ target }) => target === 'usage_day_model_provider')?.columns;
    expect(await columnsOf('usage_feed')).toEqual(await columnsOf('generations'));
  });
});

async function load(engine: Engine, dataset: string, kind: EventRow['kind'], rows: readonly EventRow[]) {
  const session = await new EventStore(engine).beginLoad({ dataset, file: 'log', format: 'atlas', kind });
  await session.append(rows);
  expect(await session.commit()).toMatchObject({ accepted: rows.length });
}

/** The rows of every rollup over the source, by its name. */
async function rollUp(
  engine: Engine,
  dataset: string,
  source: RollupSource,
): Promise<Record<string, Cells[]>> {
  const result: Record<string, Cells[]> = {};
  for (const rollup of await listRollups(source)) {
    const chunks: Uint8Array[] = [];
    for await (const chunk of runRollup(engine, rollup, { dataset, releaseKey })) chunks.push(chunk);
    const lines = Buffer.concat(chunks).toString('utf8').split('\n').slice(0, -1);
    const cells = lines.map((line) => line.split('\t').map((field) => (field === '\\N' ? null : field)));
    for (const cell of cells) expect(cell).toHaveLength(rollup.columns.length);
    result[rollup.name] = sortedCells(cells);
  }
  return result;
}
