import { describe, expect, it } from 'vitest';
import type { RefusedRow } from '../../src/events/event-row.ts';
import { finishReasonOf } from '../../src/events/finish-reason.ts';
import { generationSchema } from '../../src/events/generation.ts';
import { atlasRow, csvOf, now, readAll, temporaryFile, type AtlasRow } from './support.ts';

async function readOne(changes: AtlasRow) {
  const { rows } = await readAll(await temporaryFile('one.csv', csvOf([{ ...atlasRow, ...changes }])));
  expect(rows).toHaveLength(1);
  return rows[0]!;
}

describe('a generation', () => {
  it('is read with every value in its one form', async () => {
    expect(await readOne({})).toEqual({
      kind: 'generation',
      key: expect.stringMatching(/^[0-9a-f]{32}$/),
      contentHash: expect.stringMatching(/^[0-9a-f]{32}$/),
      line: 2,
      distinctRepeats: false,
      createdAt: '2026-09-15 02:50:11.806',
      user: expect.stringMatching(/^[0-9a-f]{32}$/),
      model: 'openai/gpt-4o',
      provider: 'OpenAI',
      app: 'editor',
      country: 'DE',
      language: 'pt',
      promptTokens: 1200,
      completionTokens: 300,
      reasoningTokens: 100,
      cachedTokens: 1000,
      spendUsd: '0.0123',
      byok: false,
      streamed: true,
      cancelled: false,
      finishReason: 'stop',
      finishReasonRaw: 'end_turn',
      toolsOffered: true,
      toolsCalled: false,
      latencyMs: 2500,
      timeToFirstTokenMs: 400,
      variant: 'nitro',
    });
  });

  it('keeps a missing value missing, never 0 or false', async () => {
    const required = new Set(['created_at', 'model', 'prompt_tokens', 'completion_tokens']);
    const optional = Object.keys(atlasRow).filter((column) => !required.has(column));
    const row = await readOne(Object.fromEntries(optional.map((column) => [column, ''])));
    const present = Object.entries(row).filter(([, value]) => value !== null);
    expect(present.map(([field]) => field).sort()).toEqual([
      'completionTokens',
      'contentHash',
      'createdAt',
      'distinctRepeats',
      'key',
      'kind',
      'line',
      'model',
      'promptTokens',
    ]);
  });

  it.each<[AtlasRow, Pick<RefusedRow, 'field' | 'code'>, string]>([
    [{ created_at: '' }, { field: 'created_at', code: 'MISSING' }, 'is missing'],
    [{ created_at: 'soon' }, { field: 'created_at', code: 'NOT_A_TIME' }, 'ISO 8601'],
    [{ created_at: '2019-12-31T23:59:59.999Z' }, { field: 'created_at', code: 'OUT_OF_RANGE' }, '2019-12-31'],
    [{ created_at: '2026-10-02T00:00:00.001Z' }, { field: 'created_at', code: 'OUT_OF_RANGE' }, '2026-10-02'],
    [{ model: ' ' }, { field: 'model', code: 'MISSING' }, 'is missing'],
    [{ model: 'm'.repeat(257) }, { field: 'model', code: 'OUT_OF_RANGE' }, '256 characters'],
    [{ prompt_tokens: '' }, { field: 'prompt_tokens', code: 'MISSING' }, 'is missing'],
    [{ prompt_tokens: 'many' }, { field: 'prompt_tokens', code: 'NOT_A_NUMBER' }, 'whole number'],
    [{ prompt_tokens: '-1' }, { field: 'prompt_tokens', code: 'OUT_OF_RANGE' }, 'is -1'],
    [{ completion_tokens: '1.5' }, { field: 'completion_tokens', code: 'NOT_A_NUMBER' }, 'whole number'],
    [
      { completion_tokens: 2 ** 53 },
      { field: 'completion_tokens', code: 'OUT_OF_RANGE' },
      '9007199254740991',
    ],
    [{ completion_tokens: '9'.repeat(400) }, { field: 'completion_tokens', code: 'OUT_OF_RANGE' }, 'finite'],
    [{ reasoning_tokens: 301 }, { field: 'reasoning_tokens', code: 'INCONSISTENT' }, '300 completion tokens'],
    [{ cached_tokens: 1201 }, { field: 'cached_tokens', code: 'INCONSISTENT' }, '1200 prompt tokens'],
    [{ spend_usd: '-0.1' }, { field: 'spend_usd', code: 'OUT_OF_RANGE' }, 'negative'],
    [{ spend_usd: 'free' }, { field: 'spend_usd', code: 'NOT_A_NUMBER' }, 'decimal'],
    [{ byok: 'perhaps' }, { field: 'byok', code: 'NOT_ALLOWED' }, 'true nor false'],
    [{ country: 'Atlantis' }, { field: 'country', code: 'NOT_ALLOWED' }, 'ISO 3166'],
    [{ language: 'Deutsch!' }, { field: 'language', code: 'NOT_ALLOWED' }, 'BCP 47'],
    [{ latency_ms: '-5' }, { field: 'latency_ms', code: 'OUT_OF_RANGE' }, 'is -5'],
    [{ latency_ms: 2 ** 32 }, { field: 'latency_ms', code: 'OUT_OF_RANGE' }, '4294967295'],
    [{ user: 'two\nlines' }, { field: 'user', code: 'NOT_ALLOWED' }, 'line break'],
  ])('with %j is refused', async (changes, expected, reason) => {
    expect(await readOne(changes)).toMatchObject({
      kind: 'refused',
      line: 2,
      ...expected,
      reason: expect.stringContaining(reason),
    });
  });

  it.each([
    { created_at: '2026-10-01T23:59:59Z' },
    { created_at: '2020-01-01T00:00:00Z' },
    { completion_tokens: Number.MAX_SAFE_INTEGER },
    { reasoning_tokens: 300, cached_tokens: 1200 },
    { latency_ms: 2 ** 32 - 1 },
  ])('with %j, at the very bound, is accepted', async (changes) => {
    expect(await readOne(changes)).toMatchObject({ kind: 'generation' });
  });

  it.each([
    ['over both limits', '100.01', 100_000, 'refused'],
    ['dear, but of a plausible price per token', '100.01', 200_000, 'generation'],
    ['of an implausible price per token, but small', '100', 1_000, 'generation'],
    ['dear without a token', '100.01', 0, 'refused'],
  ])('is judged by its spend where it is %s', async (_, spend, tokens, kind) => {
    const changes = { spend_usd: spend, prompt_tokens: tokens, completion_tokens: 0 };
    const row = await readOne({ ...changes, reasoning_tokens: '', cached_tokens: '' });
    expect(row).toMatchObject(
      kind === 'refused' ? { kind, field: 'spend_usd', code: 'IMPLAUSIBLE' } : { kind },
    );
  });

  it('has no field that could hold text, and takes no other', () => {
    const schema = generationSchema(now);
    expect(
      Object.keys(schema.shape).filter((field) => /text|content|message|body|input|output/i.test(field)),
    ).toEqual([]);
    const { error } = schema.safeParse({ prompt: 'secret' });
    expect(error?.issues).toContainEqual(
      expect.objectContaining({ code: 'unrecognized_keys', keys: ['prompt'] }),
    );
  });
});

describe('finishReasonOf', () => {
  it.each([
    ['stop', 'stop'],
    ['STOP', 'stop'],
    ['end_turn', 'stop'],
    ['completed', 'stop'],
    ['MAX_TOKENS', 'length'],
    ['tool_use', 'tool_calls'],
    ['function_call', 'tool_calls'],
    ['SAFETY', 'content_filter'],
    ['refusal', 'content_filter'],
    ['error', 'error'],
    ['something new', 'other'],
  ])('takes %s for %s', (raw, expected) => {
    expect(finishReasonOf(raw)).toBe(expected);
  });
});
