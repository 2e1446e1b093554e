import { describe, expect, it } from 'vitest';
import type { Engine } from '../../src/engine/engine.ts';
import { EventStore } from '../../src/engine/event-store.ts';
import type { EventRow, RefusedRow } from '../../src/events/event-row.ts';
import { digest, feedRow, generation, refused, temporaryEngine, visibleRows } from './event-rows.ts';

const source = { dataset: 'gateway', file: 'log.csv', format: 'atlas', kind: 'generation' } as const;

async function load(
  engine: Engine,
  rows: readonly (EventRow | RefusedRow)[],
  options: { maxRefusedShare?: number; dataset?: string; file?: string } = {},
) {
  const { maxRefusedShare = 1, ...changes } = options;
  const session = await new EventStore(engine).beginLoad({ ...source, ...changes });
  await session.append(rows.filter((row) => row.kind !== 'refused'));
  await session.quarantine(rows.filter((row) => row.kind === 'refused'));
  return session.commit({ maxRefusedShare, bytes: 1000, sha256: digest('file') });
}

async function stateOf(engine: Engine) {
  const store = new EventStore(engine);
  return {
    rows: await visibleRows(engine, source.dataset),
    summary: await store.datasetSummary(source.dataset),
    quarantine: await store.quarantined(source.dataset),
    fingerprint: await store.fingerprint(source.dataset),
    stored: await engine.rows(
      'test.stored',
      `SELECT (SELECT count() FROM stored_generations) AS events, (SELECT count() FROM stored_keys) AS keys,
              (SELECT count() FROM stored_quarantine) AS refused`,
    ),
  };
}

describe('a load', () => {
  it('stores every field as it was given, null as null', async () => {
    const engine = await temporaryEngine();
    const bare = generation(3, 'b', {
      createdAt: '2025-03-05 00:00:00.000',
      model: 'a\tmodel\\with "odd" characters – ü',
      user: null,
      provider: null,
      app: null,
      country: null,
      language: null,
      reasoningTokens: null,
      cachedTokens: null,
      spendUsd: null,
      byok: null,
      streamed: null,
      cancelled: null,
      finishReason: null,
      finishReasonRaw: null,
      toolsOffered: null,
      toolsCalled: null,
      latencyMs: null,
      timeToFirstTokenMs: null,
      variant: 'free',
    });
    const summary = await load(engine, [generation(2, 'a', { promptTokens: 2 ** 53 - 1000 }), bare]);
    expect(summary).toEqual({
      loadId: 1,
      rowsRead: 2,
      accepted: 2,
      alreadyLoaded: 0,
      refused: 0,
      dropped: 0,
      refusedByReason: [],
      totalTokens: 2 ** 53 - 1000 + 140,
      spendUsd: '0.001234567891',
      from: '2025-03-04',
      to: '2025-03-06',
    });
    const names = {
      model: 'openai/gpt-4o',
      provider: 'OpenAI',
      app: 'editor',
      country: 'DE',
      language: 'en',
    };
    const nothing = { provider: null, app: null, country: null, language: null, spend_usd: null, byok: null };
    expect(await visibleRows(engine, 'gateway')).toEqual([
      {
        ...names,
        created_at: '2025-03-04 05:06:07.089',
        user: digest('user 1'),
        variant: null,
        prompt_tokens: String(2 ** 53 - 1000),
        completion_tokens: '20',
        reasoning_tokens: '5',
        cached_tokens: '30',
        spend_usd: '0.001234567891',
        byok: false,
        streamed: true,
        cancelled: false,
        finish_reason: 'stop',
        finish_reason_raw: 'end_turn',
        tools_offered: true,
        tools_called: false,
        latency_ms: 1234,
        time_to_first_token_ms: 321,
      },
      {
        ...nothing,
        created_at: '2025-03-05 00:00:00.000',
        user: null,
        model: bare.model,
        variant: 'free',
        prompt_tokens: '100',
        completion_tokens: '20',
        reasoning_tokens: null,
        cached_tokens: null,
        streamed: null,
        cancelled: null,
        finish_reason: null,
        finish_reason_raw: null,
        tools_offered: null,
        tools_called: null,
        latency_ms: null,
        time_to_first_token_ms: null,
      },
    ]);
  });

  it('shows nothing before it is committed and leaves nothing when it is given up', async () => {
    const engine = await temporaryEngine();
    await load(engine, [generation(1, 'a')]);
    const before = await stateOf(engine);
    const session = await new EventStore(engine).beginLoad(source);
    await session.append([generation(1, 'b')]);
    expect(await stateOf(engine)).toEqual(before);
    await session.abort();
    expect(await stateOf(engine)).toEqual(before);
  });

  it('changes nothing when its file was loaded before', async () => {
    const engine = await temporaryEngine();
    const rows = [generation(1, 'a'), generation(2, 'b'), generation(3, 'a'), refused(4)];
    await load(engine, rows);
    const before = await stateOf(engine);
    expect(await load(engine, rows)).toMatchObject({
      loadId: null,
      rowsRead: 4,
      accepted: 0,
      alreadyLoaded: 2,
      refused: 2,
      totalTokens: 0,
      from: null,
    });
    expect(await stateOf(engine)).toEqual(before);
  });

  it('adds what an overlapping file has in addition', async () => {
    const engine = await temporaryEngine();
    await load(engine, [generation(1, 'a'), generation(2, 'b')]);
    const summary = await load(engine, [generation(1, 'b'), generation(2, 'c'), generation(3, 'd')]);
    expect(summary).toMatchObject({ loadId: 2, accepted: 2, alreadyLoaded: 1, refused: 0 });
    expect(await visibleRows(engine, 'gateway')).toHaveLength(4);
  });

  it('refuses a repeated event and one that contradicts another, by line', async () => {
    const engine = await temporaryEngine();
    await load(engine, [generation(7, 'old')]);
    const summary = await load(engine, [
      generation(2, 'a'),
      generation(3, 'a'),
      generation(4, 'a', { promptTokens: 1 }),
      generation(5, 'old', { promptTokens: 2 }),
      generation(6, 'new'),
    ]);
    expect(summary).toMatchObject({ accepted: 2, alreadyLoaded: 0, refused: 3 });
    expect(summary.refusedByReason).toEqual([
      {
        field: null,
        code: 'CONFLICT',
        count: 2,
        firstLine: 4,
        reason: 'has the identity of the event of line 2, but other values',
      },
      { field: null, code: 'DUPLICATE', count: 1, firstLine: 3, reason: 'repeats the event of line 2' },
    ]);
    expect(await new EventStore(engine).quarantined('gateway')).toEqual(
      [
        { line: 3, code: 'DUPLICATE', reason: 'repeats the event of line 2' },
        { line: 4, code: 'CONFLICT', reason: 'has the identity of the event of line 2, but other values' },
        { line: 5, code: 'CONFLICT', reason: 'has the identity of an event loaded before, but other values' },
      ].map((row) => ({ loadId: 2, file: 'log.csv', field: null, ...row })),
    );
  });

  it('keeps equal rows that are separate events, and adds only what a later file has more of them', async () => {
    const engine = await temporaryEngine();
    const rows = (count: number) =>
      Array.from({ length: count }, (_, line) => generation(line + 1, 'same', { distinctRepeats: true }));
    expect(await load(engine, rows(3))).toMatchObject({ accepted: 3, refused: 0 });
    expect(await load(engine, rows(3))).toMatchObject({ accepted: 0, alreadyLoaded: 3 });
    expect(await load(engine, rows(5))).toMatchObject({ accepted: 2, alreadyLoaded: 3 });
    expect(await visibleRows(engine, 'gateway')).toHaveLength(5);
  });

  it('tells apart rows that come from one line', async () => {
    const engine = await temporaryEngine();
    const rows = [generation(1, 'a'), generation(1, 'b'), generation(1, 'a')];
    expect(await load(engine, rows)).toMatchObject({ accepted: 2, refused: 1 });
  });

  it('fails as a whole when too many rows are refused, saying why', async () => {
    const engine = await temporaryEngine();
    await load(engine, [generation(1, 'a')]);
    const before = await stateOf(engine);
    const rows = [
      ...Array.from({ length: 30 }, (_, index) => generation(index + 2, `id ${index}`)),
      ...Array.from({ length: 25 }, (_, index) => refused(index + 40)),
      refused(99, { field: 'spend', code: 'NOT_A_NUMBER', reason: 'is not a number' }),
    ];
    await expect(load(engine, rows, { maxRefusedShare: 0.4 })).rejects.toMatchObject({
      code: 'TOO_MANY_REFUSED',
      message:
        'log.csv: 26 of 56 rows were refused (46.4 %, at most 40 % are allowed), so nothing was loaded. ' +
        'Mend the file, or allow more with --max-refused.\n' +
        '  MISSING created_at: 25 rows, first in line 40: created_at is missing\n' +
        '  NOT_A_NUMBER spend: 1 row, first in line 99: spend is not a number',
      details: {
        rowsRead: 56,
        refused: 26,
        firstRefusals: Array.from({ length: 20 }, (_, index) => ({
          line: index + 40,
          field: 'created_at',
          code: 'MISSING',
          reason: 'is missing',
        })),
      },
    });
    expect(await stateOf(engine)).toEqual(before);
  });

  it('does not count rows that log something else against the share', async () => {
    const engine = await temporaryEngine();
    const session = await new EventStore(engine).beginLoad(source);
    await session.append([generation(1, 'id 1')]);
    const others = Array.from({ length: 50 }, (_, index) => ({
      ...refused(index + 2),
      code: 'NOT_A_GENERATION' as const,
    }));
    await session.quarantine(others);
    expect(await session.commit()).toMatchObject({ accepted: 1, refused: 50 });
  });

  it('allows refusals up to the stated share, and 5 % where none is stated', async () => {
    const engine = await temporaryEngine();
    const rows = Array.from({ length: 19 }, (_, index) => generation(index, `id ${index}`));
    const session = await new EventStore(engine).beginLoad(source);
    await session.append(rows);
    await session.quarantine([refused(20)]);
    expect(await session.commit()).toMatchObject({ accepted: 19, refused: 1 });
  });

  it('can hold another file of another data set with the same identities', async () => {
    const engine = await temporaryEngine();
    await load(engine, [generation(1, 'a')]);
    expect(await load(engine, [generation(1, 'a')], { dataset: 'other' })).toMatchObject({ accepted: 1 });
    expect(await visibleRows(engine, 'other')).toHaveLength(1);
    expect(await visibleRows(engine, 'gateway')).toHaveLength(1);
  });

  it('takes usage feeds', async () => {
    const engine = await temporaryEngine();
    const feed = { dataset: 'feed', file: 'rankings.csv', format: 'rankings', kind: 'usage_feed' } as const;
    const store = new EventStore(engine);
    const session = await store.beginLoad(feed);
    await session.append([feedRow(2, '2024-02-29', 'a/b', 2e12), feedRow(3, '2024-03-01', 'other', 1)]);
    expect(await session.commit()).toMatchObject({
      totalTokens: 2_000_000_000_001,
      spendUsd: null,
      from: '2024-02-29',
      to: '2024-03-02',
    });
    expect(await engine.rows('test.feed', 'SELECT * FROM usage_feed ORDER BY day')).toEqual([
      { dataset: 'feed', load_id: 1, day: '2024-02-29', model: 'a/b', total_tokens: '2000000000000' },
      { dataset: 'feed', load_id: 1, day: '2024-03-01', model: 'other', total_tokens: '1' },
    ]);
    const corrected = await store.beginLoad(feed);
    await corrected.append([feedRow(2, '2024-02-29', 'a/b', 3e12)]);
    expect(await corrected.commit({ maxRefusedShare: 1 })).toMatchObject({ accepted: 0, refused: 1 });
  });

  it('is refused while another one is open, and rows of another kind with it', async () => {
    const engine = await temporaryEngine();
    const store = new EventStore(engine);
    const session = await store.beginLoad(source);
    await expect(store.beginLoad({ ...source, file: 'second.csv' })).rejects.toThrow(
      'log.csv is still being loaded',
    );
    await expect(session.append([feedRow(1, '2025-01-01', 'a', 1)])).rejects.toThrow(TypeError);
    await session.abort();
    await (await store.beginLoad(source)).abort();
  });

  it('reports a failure of the engine while it stages, and leaves nothing', async () => {
    const engine = await temporaryEngine();
    const session = await new EventStore(engine).beginLoad(source);
    await session.append([{ ...generation(1, 'a'), createdAt: 'yesterday' }]);
    await expect(session.commit()).rejects.toMatchObject({ code: 'ENGINE_FAILED' });
    expect((await stateOf(engine)).rows).toEqual([]);
    expect(await load(engine, [generation(1, 'a')])).toMatchObject({ accepted: 1 });
  });
});

describe('what is known of a data set', () => {
  it('adds up its loads', async () => {
    const engine = await temporaryEngine();
    await load(engine, [generation(1, 'a'), refused(2)], { file: 'one.csv' });
    await load(engine, [generation(1, 'b', { createdAt: '2025-05-31 23:59:59.999', spendUsd: null })]);
    const store = new EventStore(engine);
    const summary = await store.datasetSummary('gateway');
    expect(summary).toMatchObject({
      rows: 2,
      refused: 1,
      totalTokens: 240,
      spendUsd: '0.001234567891',
      from: '2025-03-04',
      to: '2025-06-01',
    });
    expect(summary.loads).toMatchObject([
      {
        loadId: 1,
        file: 'one.csv',
        rowsRead: 2,
        accepted: 1,
        refused: 1,
        bytes: 1000,
        sha256: digest('file'),
      },
      {
        loadId: 2,
        file: 'log.csv',
        rowsRead: 1,
        accepted: 1,
        refused: 0,
        kind: 'generation',
        format: 'atlas',
      },
    ]);
  });

  it('is empty, not zero-dated, for a data set without loads', async () => {
    const store = new EventStore(await temporaryEngine());
    expect(await store.datasetSummary('none')).toEqual({
      activity: 0,
      rows: 0,
      refused: 0,
      labels: 0,
      totalTokens: 0,
      spendUsd: null,
      from: null,
      to: null,
      loads: [],
    });
    expect(await store.fingerprint('none')).toBeNull();
    expect(await store.quarantined('none')).toEqual([]);
  });

  it('has a fingerprint that changes with each load that adds something, of this data set only', async () => {
    const engine = await temporaryEngine();
    const store = new EventStore(engine);
    await load(engine, [generation(1, 'a')]);
    const first = await store.fingerprint('gateway');
    expect(first).toMatch(/^[0-9a-f]{64}$/);
    await load(engine, [generation(1, 'a')]);
    await load(engine, [generation(1, 'a')], { dataset: 'other' });
    expect(await store.fingerprint('gateway')).toBe(first);
    await load(engine, [generation(1, 'b')]);
    expect(await store.fingerprint('gateway')).not.toBe(first);
  });
});
