import { describe, expect, it } from 'vitest';
import { EventStore } from '../../src/engine/event-store.ts';
import type { EventRow } from '../../src/events/event-row.ts';
import { coverage } from '../../src/rollups/coverage.ts';
import { feedRow, generation, temporaryEngine } from '../engine/event-rows.ts';

async function coverageOf(kind: EventRow['kind'], rows: readonly EventRow[]) {
  const engine = await temporaryEngine();
  const session = await new EventStore(engine).beginLoad({
    dataset: 'any',
    file: 'log',
    format: 'atlas',
    kind,
  });
  await session.append(rows);
  await session.commit();
  return coverage(engine, 'any');
}

describe('coverage', () => {
  it('is the share of rows and of tokens that carry a value', async () => {
    const tokens = (promptTokens: number) => ({ promptTokens, completionTokens: 0 });
    const result = await coverageOf('generation', [
      generation(1, 'a', {
        ...tokens(600),
        user: null,
        spendUsd: null,
        finishReason: null,
        toolsCalled: null,
      }),
      generation(2, 'b', { ...tokens(300), provider: null, country: null }),
      generation(3, 'c', { ...tokens(100), provider: null }),
      generation(4, 'd', { ...tokens(0), language: null, toolsCalled: null }),
    ]);
    expect(result).toMatchObject({ rows: 4, tokens: 1000 });
    expect(result.measures).toMatchObject({
      requests: { rows: 1, tokens: 1 },
      prompt_tokens: { rows: 1, tokens: 1 },
      spend_usd: { rows: 0.75, tokens: 0.4 },
      latency_ms: { rows: 1, tokens: 1 },
      // One says with which reason it ended, and that was no tool call.
      tool_call: { rows: 0.75, tokens: 0.4 },
    });
    expect(result.dimensions).toMatchObject({
      user: { rows: 0.75, tokens: 0.4 },
      provider: { rows: 0.5, tokens: 0.6 },
      country: { rows: 0.75, tokens: 0.7 },
      language: { rows: 0.75, tokens: 1 },
      model: { rows: 1, tokens: 1 },
    });
  });

  it('of a feed is its models and total tokens', async () => {
    const result = await coverageOf('usage_feed', [feedRow(1, '2025-01-01', 'a', 5)]);
    const carried = { ...result.measures, ...result.dimensions };
    const known = Object.entries(carried).flatMap(([name, share]) => (share.tokens === 1 ? [name] : []));
    expect(known).toEqual(['total_tokens', 'model']);
    expect(Object.values(carried).filter((share) => share.rows !== 1)).toHaveLength(20);
    expect(result.measures.requests).toEqual({ rows: 0, tokens: 0 });
  });

  it('is null, not 0, where there is nothing', async () => {
    const result = await coverage(await temporaryEngine(), 'none');
    expect(result.measures.total_tokens).toEqual({ rows: null, tokens: null });
  });

  it('has no share of tokens where there are none', async () => {
    const allZero = await coverageOf('generation', [
      generation(1, 'a', { promptTokens: 0, completionTokens: 0 }),
    ]);
    expect(allZero.dimensions.user).toEqual({ rows: 1, tokens: null });
  });
});
