import { describe, expect, it } from 'vitest';
import { EventStore } from '../../src/engine/event-store.ts';
import { openEngine } from '../../src/engine/open-engine.ts';
import { distinctNames, type ModelName, registerNames } from '../../src/rollups/names.ts';
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
      generation(1, 'a', { model: 'small', provider: null, country: null }),
      generation(2, 'b', { model: 'tab\tbed', provider: 'Host', country: 'FR', promptTokens: 1_000_000 }),
      generation(3, 'c', { model: 'small', provider: 'Host' }),
    ]);
    await session.commit();
    expect(await distinctNames(engine, 'gateway')).toEqual({
      models: [
        { raw: 'tab\tbed', tokens: 1_000_020, tokensWithoutProvider: 0, rows: 1 },
        { raw: 'small', tokens: 240, tokensWithoutProvider: 120, rows: 2 },
      ],
      providers: [{ raw: 'Host', tokens: 1_000_140, rows: 2 }],
      countries: [
        { raw: 'FR', tokens: 1_000_020, rows: 1 },
        { raw: 'DE', tokens: 120, rows: 1 },
      ],
    });
    expect(await distinctNames(engine, 'another')).toEqual({ models: [], providers: [], countries: [] });
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
      models: [{ raw: 'a', tokens: 11, tokensWithoutProvider: 0, rows: 2 }],
      providers: [],
      countries: [],
    });
  });

  it('that were registered replace the earlier ones, and do not outlive the process', async () => {
    const directory = await temporaryDirectory();
    const engine = await openEngine({ directory, maxMemoryBytes: 2 ** 28 });
    const registered = 'SELECT * FROM model_names ORDER BY raw';
    const unknown = { modelKey: null, authorKey: null, sourceGroup: null, providerKey: null };
    const others = { providers: new Map([['Host', 4]]), continents: new Map([['DE', 'EU']]) };
    await registerNames(engine, { ...others, models: new Map([['old', unknown]]) });
    await registerNames(engine, {
      ...others,
      models: new Map<string, ModelName>([
        ["it's\\a\ttab", { modelKey: 2, authorKey: 5, sourceGroup: 'PROPRIETARY', providerKey: 6 }],
        ['new', { ...unknown, modelKey: 3 }],
        ['other', unknown],
      ]),
    });
    const nobody = { author_key: null, source_group: null, provider_key: null };
    expect(await engine.rows('test.names', registered)).toEqual([
      { raw: "it's\\a\ttab", model_key: 2, author_key: 5, source_group: 'PROPRIETARY', provider_key: 6 },
      { raw: 'new', model_key: 3, ...nobody },
      { raw: 'other', model_key: null, ...nobody },
    ]);
    await engine.close();
    expect(await (await temporaryEngine(directory)).rows('test.names', registered)).toEqual([]);
  });
});
