import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { forgetNames, registerNames } from '../../src/rollups/names.ts';
import type { RollupSource } from '../../src/rollups/rollup.ts';
import { listRollups } from '../../src/rollups/rollup.ts';
import { digest, feedRow, generation, temporaryEngine } from '../engine/event-rows.ts';
import {
  histogramCells,
  periodStart,
  secondKeys,
  sortedCells,
  usageCells,
  userCells,
} from './brute-force.ts';
import { generationsOf, generationValues, load, names, releaseKey, rollUp } from './counted-world.ts';

describe('the rollups over generations', () => {
  it.each([
    { minimumUsers: null, days: 11, runs: 20 },
    { minimumUsers: 5, days: 2, runs: 30 },
    { minimumUsers: 3, days: 11, runs: 15 },
  ])('equal a count row by row: $minimumUsers users, $days days', async ({ minimumUsers, days, runs }) => {
    const engine = await temporaryEngine();
    await registerNames(engine, names);
    let dataset = 0;
    await fc.assert(
      fc.asyncProperty(
        fc.array(generationValues(days), { minLength: 1, maxLength: 150, size: 'max' }),
        async (values) => {
          dataset += 1;
          const rows = generationsOf(values, String(dataset));
          await load(engine, `data set ${dataset}`, 'generation', rows);
          const { cells } = await rollUp(engine, `data set ${dataset}`, 'generations', minimumUsers);
          const world = { rows, names, releaseKey, minimumUsers };
          for (const table of Object.keys(secondKeys) as (keyof typeof secondKeys)[]) {
            expect(cells[table]).toEqual(sortedCells(usageCells(world, table)));
          }
          expect(cells['active_users']).toEqual(sortedCells(userCells(world)));
          expect(cells['histogram_day_model']).toEqual(sortedCells(histogramCells(world)));
        },
      ),
      { numRuns: runs },
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
    const { active_users: cells = [] } = (await rollUp(engine, 'weeks', 'generations')).cells;
    const users = (grain: string) =>
      cells
        .filter((cell) => cell[1] === grain && cell[3] === 'ALL')
        .map(([, , start, , , , count]) => [start, count]);
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
    const bare = {
      ...{ provider: null, reasoningTokens: null, cachedTokens: null, spendUsd: null, byok: null },
      ...{ streamed: null, cancelled: null, finishReason: null, toolsOffered: null, toolsCalled: null },
    };
    const none = {
      ...{ reasoningTokens: 0, spendUsd: '0', byok: true, streamed: false, cancelled: false },
      ...({ finishReason: 'stop', toolsOffered: false } as const),
    };
    await load(engine, 'unknown', 'generation', [
      generation(1, 'a', { ...bare, model: 'gpt-4o' }),
      generation(2, 'b', { ...bare, ...none, model: 'unheard-of' }),
    ]);
    const { usage_day_model_provider: cells } = (await rollUp(engine, 'unknown', 'generations')).cells;
    const nothing = Array.from({ length: 10 }, () => null);
    const free = ['0', '0', null, null, null, '0'];
    const key = ['42', '2025-03-04'];
    expect(cells).toEqual([
      [...key, '7', null, '1', '100', '20', null, null, '120', ...nothing, ...nothing.slice(5), ...free],
      [
        ...key,
        '9',
        null,
        '1',
        '100',
        '20',
        '0',
        null,
        '120',
        '0',
        null,
        null,
        '0',
        '0',
        '0',
        '0',
        '0',
        '1',
        '120',
        ...nothing.slice(5),
        ...free,
      ],
    ]);
  });

  it('take the host that a model name tells for the provider where the log names none', async () => {
    const engine = await temporaryEngine();
    await registerNames(engine, names);
    await load(engine, 'hosts', 'generation', [
      generation(1, 'a', { model: 'host/o-two', provider: null }),
      generation(2, 'b', { model: 'host/o-two', provider: 'OpenAI' }),
      generation(3, 'c', { model: 'gpt-4o', provider: null }),
    ]);
    const { usage_day_model_provider: cells } = (await rollUp(engine, 'hosts', 'generations')).cells;
    expect(cells?.map(([, , model, provider]) => [model, provider])).toEqual([
      ['10', '1'],
      ['10', '2'],
      ['7', null],
    ]);
  });

  it('call a tool call what ended in one, and ask tools_called only where the log gives no finish reason', async () => {
    const engine = await temporaryEngine();
    await registerNames(engine, names);
    const model = 'gpt-4o';
    await load(engine, 'tools', 'generation', [
      generation(1, 'a', { model, finishReason: 'tool_calls', toolsCalled: null, promptTokens: 1 }),
      generation(2, 'b', { model, finishReason: 'stop', toolsCalled: true, promptTokens: 10 }),
      generation(3, 'c', { model, finishReason: null, toolsCalled: true, promptTokens: 100 }),
      generation(4, 'd', { model, finishReason: null, toolsCalled: null, promptTokens: 1000 }),
    ]);
    const { usage_day_model_country: cells } = (await rollUp(engine, 'tools', 'generations')).cells;
    expect(cells?.map((cell) => cell.slice(13, 15))).toEqual([['2', '141']]);
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
    const { usage_day_model_provider: cells } = (await rollUp(engine, 'one', 'generations')).cells;
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
    const unknown = { authorKey: null, sourceGroup: null, providerKey: null };
    await registerNames(engine, {
      ...names,
      models: new Map([...names.models, ['new/model', { ...unknown, modelKey: 11 }]]),
      providers: new Map([...names.providers, ['New Host', 11]]),
    });
    const { cells } = await rollUp(engine, 'names', 'generations');
    expect(cells['usage_day_model_provider']).toHaveLength(2);
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
      feedRow(5, '2024-02-29', 'openai/gpt-4o:free', 6),
      feedRow(3, '2024-03-01', 'unheard-of', 0),
      feedRow(4, '2024-03-01', 'other', 12),
    ]);
    const nothing = (length: number) => Array.from({ length }, () => null);
    const costs = (free: string) => [...nothing(16), free, ...nothing(3), '0'];
    const { feed_usage_day_model: cells } = (await rollUp(engine, 'feed', 'usage_feed')).cells;
    expect(cells).toEqual([
      ['42', '2024-02-29', '7', ...nothing(6), '2000000000011', ...costs('6')],
      ['42', '2024-03-01', '9', ...nothing(6), '0', ...costs('0')],
      ['42', '2024-03-01', null, ...nothing(6), '12', ...costs('0')],
    ]);
    const columnsOf = async (source: RollupSource) =>
      (await listRollups(source)).find(({ target }) => target === 'usage_day_model_provider')?.columns;
    expect(await columnsOf('usage_feed')).toEqual(await columnsOf('generations'));
  });
});
