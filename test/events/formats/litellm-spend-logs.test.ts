import { describe, expect, it } from 'vitest';
import { csvOf, ndjsonOf, readAll, temporaryFile, type AtlasRow } from '../support.ts';

const log = {
  request_id: 'chatcmpl-1',
  call_type: 'acompletion',
  api_key: '88dc28d0f030c55ed4ab77ed8faf098196cb1c05df778539800c9f1243fe6b4b',
  spend: 0.000125,
  total_tokens: 150,
  prompt_tokens: 100,
  completion_tokens: 50,
  startTime: '2026-05-01T10:00:00.000Z',
  endTime: '2026-05-01T10:00:02.500Z',
  completionStartTime: '2026-05-01T10:00:00.400Z',
  model: 'gpt-4o',
  model_group: 'assistant',
  custom_llm_provider: 'openai',
  user: 'key-owner',
  end_user: 'customer-7',
  metadata: { user_api_key_alias: 'team', status: 'success' },
  cache_hit: 'False',
  status: 'success',
  messages: {},
  response: {},
};

async function read(...rows: AtlasRow[]) {
  return readAll(await temporaryFile('spend-logs.ndjson', ndjsonOf(rows)));
}

describe('a row of LiteLLM’s spend logs', () => {
  it('gives each field', async () => {
    const { format, generations } = await read(log);
    expect(format.id).toBe('litellm-spend-logs');
    expect(generations[0]).toMatchObject({
      createdAt: '2026-05-01 10:00:00.000',
      model: 'gpt-4o',
      provider: 'openai',
      app: null,
      promptTokens: 100,
      completionTokens: 50,
      reasoningTokens: null,
      cachedTokens: null,
      spendUsd: '0.000125',
      byok: null,
      finishReason: null,
      finishReasonRaw: null,
      latencyMs: 2500,
      timeToFirstTokenMs: 400,
    });
  });

  it('is the same from CSV, whose JSON columns are full of quotes and whose times have no zone', async () => {
    const zoneless = (time: string) => time.replace('T', ' ').replace('Z', '');
    const row = {
      ...log,
      startTime: zoneless(log.startTime),
      endTime: zoneless(log.endTime),
      completionStartTime: zoneless(log.completionStartTime),
      metadata: JSON.stringify(log.metadata, null, 1),
      messages: '{}',
      response: '{}',
    };
    const csv = await readAll(await temporaryFile('spend-logs.csv', csvOf([row])));
    const ndjson = await read(log);
    expect(csv.generations).toEqual(ndjson.generations.map((event) => ({ ...event, line: 2 })));
  });

  it('is used by whom the caller named, else by the owner of the key, and by nobody under the master key', async () => {
    const { generations } = await read(
      log,
      { ...log, request_id: '2', end_user: '' },
      { ...log, request_id: '3', end_user: null, user: 'customer-7' },
      { ...log, request_id: '4', end_user: null, user: 'default_user_id' },
    );
    const [named, owner, same, nobody] = generations.map((row) => row.user);
    expect(named).not.toBe(owner);
    expect(same).toBe(named);
    expect(nobody).toBeNull();
  });

  it('keeps a failed request, with the finish reason error', async () => {
    const failed = { ...log, status: 'failure', model: '', completion_tokens: 0, spend: 0 };
    expect((await read(failed)).generations[0]).toMatchObject({
      model: 'assistant',
      completionTokens: 0,
      spendUsd: '0',
      finishReason: 'error',
      finishReasonRaw: 'failure',
    });
  });

  it('has the duration that is logged, and none where its times run backwards or one is missing', async () => {
    const { generations } = await read(
      { ...log, request_id: '1', request_duration_ms: 2501 },
      {
        ...log,
        request_id: '2',
        endTime: '2026-05-01T09:59:59Z',
        completionStartTime: '2026-05-01T09:59:58Z',
      },
      { ...log, request_id: '3', endTime: null, completionStartTime: null },
    );
    expect(generations.map((row) => [row.latencyMs, row.timeToFirstTokenMs])).toEqual([
      [2501, 400],
      [null, null],
      [null, null],
    ]);
  });

  it('has no time to first token where the first token came with the last: it was not streamed', async () => {
    const { generations } = await read({ ...log, completionStartTime: log.endTime });
    expect(generations[0]).toMatchObject({ latencyMs: 2500, timeToFirstTokenMs: null });
  });

  it.each(['aembedding', 'aimage_generation', 'atranscription', 'amoderation', 'arerank', 'aspeech'])(
    'is not counted where it is of a call like %s',
    async (callType) => {
      const { refused } = await read({ ...log, call_type: callType });
      expect(refused).toMatchObject([{ field: 'call_type', code: 'NOT_A_GENERATION' }]);
    },
  );

  it.each([
    'completion',
    'acompletion',
    'atext_completion',
    'anthropic_messages',
    'aresponses',
    'agenerate_content',
    '',
  ])('is counted where it is of a call like "%s"', async (callType) => {
    expect((await read({ ...log, call_type: callType })).generations).toHaveLength(1);
  });

  it('is refused without a request id', async () => {
    expect((await read({ ...log, request_id: '' })).refused).toMatchObject([
      { field: 'request_id', code: 'MISSING' },
    ]);
  });
});
