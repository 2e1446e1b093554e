import { describe, expect, it } from 'vitest';
import { ndjsonOf, readAll, temporaryFile } from '../support.ts';

// Shape and values of the example in OpenRouter's own API description.
const answer = {
  api_type: 'completions',
  app_id: 12345,
  cache_discount: 0.0002,
  cancelled: false,
  created_at: '2026-07-15T23:33:19.433273+00:00',
  data_region: 'global',
  external_user: 'user-123',
  finish_reason: 'stop',
  generation_time: 1200,
  http_referer: 'https://example.org/',
  id: 'gen-3bhGkxlo4XFrqiabUM7NDtwDzWwG',
  is_byok: false,
  latency: 1250,
  model: 'sao10k/l3-stheno-8b',
  native_finish_reason: 'end_turn',
  native_tokens_cached: 3,
  native_tokens_completion: 25,
  native_tokens_prompt: 10,
  native_tokens_reasoning: 5,
  provider_name: 'Infermatic',
  provider_responses: null,
  streamed: true,
  tokens_completion: 27,
  tokens_prompt: 12,
  total_cost: 0.0015,
  upstream_inference_cost: 0.0012,
  usage: 0.0014,
};

async function read(...answers: unknown[]) {
  return readAll(await temporaryFile('answers.ndjson', ndjsonOf(answers)));
}

describe('an answer of OpenRouter about one generation', () => {
  it('gives each field', async () => {
    const { format, generations } = await read(answer);
    expect(format.id).toBe('openrouter-generation-json');
    expect(generations[0]).toMatchObject({
      createdAt: '2026-07-15 23:33:19.433',
      model: 'sao10k/l3-stheno-8b',
      provider: 'Infermatic',
      app: '12345',
      country: null,
      promptTokens: 10,
      completionTokens: 25,
      reasoningTokens: 5,
      cachedTokens: 3,
      spendUsd: '0.0015',
      byok: false,
      streamed: true,
      cancelled: false,
      finishReason: 'stop',
      finishReasonRaw: 'end_turn',
      latencyMs: 1250,
      timeToFirstTokenMs: null,
      variant: null,
    });
  });

  it.each([
    ['one bare object', 'a.json', JSON.stringify(answer, null, 2)],
    ['one in its envelope', 'a.json', JSON.stringify({ data: answer }, null, 2)],
    ['an array of bare objects', 'a.json', JSON.stringify([answer])],
    ['an array of envelopes', 'a.json', JSON.stringify([{ data: answer }])],
    ['lines of envelopes', 'a.ndjson', ndjsonOf([{ data: answer }])],
  ])('is read from %s', async (_, name, content) => {
    const { generations } = await readAll(await temporaryFile(name, content));
    const bare = await read(answer);
    expect(generations).toEqual(bare.generations);
  });

  it('falls back where the better number is missing', async () => {
    const { generations } = await read({
      ...answer,
      native_tokens_prompt: null,
      native_tokens_completion: null,
      total_cost: null,
      finish_reason: null,
    });
    expect(generations[0]).toMatchObject({
      promptTokens: 12,
      completionTokens: 27,
      spendUsd: '0.0014',
      finishReason: 'stop',
    });
  });

  it('takes the longer of its two durations', async () => {
    const { generations } = await read(
      { ...answer, id: 'a', latency: 1016, generation_time: 2940 },
      { ...answer, id: 'b', latency: null },
      { ...answer, id: 'c', latency: null, generation_time: null },
    );
    expect(generations.map((row) => row.latencyMs)).toEqual([2940, 1200, null]);
  });

  it('is not counted where it is about something other than a completion', async () => {
    const { refused, generations } = await read(
      { ...answer, api_type: 'embeddings' },
      { ...answer, api_type: null },
    );
    expect(refused).toMatchObject([{ line: 1, field: 'api_type', code: 'NOT_A_GENERATION' }]);
    expect(generations).toHaveLength(1);
  });

  it('is refused without an id, which its format promises', async () => {
    const { refused } = await read({ ...answer, id: null });
    expect(refused).toEqual([
      { kind: 'refused', line: 1, field: 'id', code: 'MISSING', reason: 'is missing' },
    ]);
  });
});
