import { describe, expect, it } from 'vitest';
import { EventStore } from '../../src/engine/event-store.ts';
import { openEngine } from '../../src/engine/open-engine.ts';
import { distinctNames, registerNames } from '../../src/rollups/names.ts';
import { feedRow, generation, temporaryDirectory, temporaryEngine } from '../engine/event-rows.ts';

describe('names', () => {
  it('are listed with their tokens and rows, the most used first', async () => {
    const engine = await temporaryEngine();
    const session = await new EventStore(engine).beginLoad({
      dataset: 'gateway',
      file: 'log',
      format: 'atlas',
      kind: 'generation',
    });
    await session.append([
      generation(1, 'a', { model: 'small', provider: null }),
      generation(2, 'b', { model: 'tab\tbed', provider: 'Host', promptTokens: 1_000_000 }),
      generation(3, 'c', { model: 'small', provider: 'Host' }),
    ]);
    await session.commit();
    expect(await distinctNames(engine, 'gateway')).toEqual({
      models: [
        { raw: 'tab\tbed', tokens: 1_000_020, rows: 1 },
        { raw: 'small', tokens: 240, rows: 2 },
      ],
      providers: [{ raw: 'Host', tokens: 1_000_140, rows: 2 }],
    });
    expect(await distinctNames(engine, 'another')).toEqual({ models: [], providers: [] });
  });

  it('of a feed are its models', async () => {
    const engine = await temporaryEngine();
    const session = await new EventStore(engine).beginLoad({
      dataset: 'feed',
      file: 'rankings',
      format: 'rankings',
      kind: 'usage_feed',
    });
    await session.append([feedRow(1, '2025-01-01', 'a', 5), feedRow(2, '2025-01-02', 'a', 6)]);
    await session.commit();
    expect(await distinctNames(engine, 'feed')).toEqual({
      models: [{ raw: 'a', tokens: 11, rows: 2 }],
      providers: [],
    });
  });

  it('that were registered replace the earlier ones, and do not outlive the process', async () => {
    const directory = await temporaryDirectory();
    const engine = await openEngine({ directory, maxMemoryBytes: 2 ** 28 });
    const registered = 'SELECT raw, model_key FROM model_names ORDER BY raw';
    await registerNames(engine, { models: new Map([['old', 1]]), providers: new Map() });
    await registerNames(engine, {
      models: new Map([
        ["it's\\a\ttab", 2],
        ['new', 3],
      ]),
      providers: new Map([['Host', 4]]),
    });
    expect(await engine.rows('test.names', registered)).toEqual([
      { raw: "it's\\a\ttab", model_key: 2 },
      { raw: 'new', model_key: 3 },
    ]);
    await engine.close();
    expect(await (await temporaryEngine(directory)).rows('test.names', registered)).toEqual([]);
  });
});
