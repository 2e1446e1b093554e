import { describe, expect, it } from 'vitest';
import { fixture, ndjsonOf, readAll, temporaryFile } from '../support.ts';

const table = fixture('aider-message-send-cut.csv');

describe('Aider’s table of message_send events', () => {
  it('is read but for the row of an impossible price', async () => {
    const { format, generations, refused } = await readAll(table, { usersArePseudonymous: true });
    expect(format.id).toBe('aider-analytics');
    expect(generations).toHaveLength(36);
    expect(refused).toEqual([
      {
        kind: 'refused',
        line: 38,
        field: 'cost',
        code: 'IMPLAUSIBLE',
        reason: expect.stringContaining('9990.01252875 USD for 10033 tokens'),
      },
    ]);
  });

  it('gives each field, and no spend where Aider knew no price', async () => {
    const { generations } = await readAll(table);
    expect(generations[0]).toMatchObject({
      line: 2,
      createdAt: '2024-08-13 14:40:43.000',
      model: 'gpt-4o-mini',
      app: 'aider',
      promptTokens: 638,
      completionTokens: 25,
      spendUsd: '0.0001107',
      byok: null,
      finishReason: null,
    });
    const unpriced = generations.filter((row) => row.model === 'anthropic/REDACTED');
    expect(unpriced).toHaveLength(5);
    expect(unpriced.every((row) => row.spendUsd === null)).toBe(true);
    // Written 5.8274999999999993e-05 in the file.
    expect(generations.find((row) => row.model === 'gemini/gemini-1.5-flash')?.spendUsd).toBe('0.000058275');
  });

  it('keeps rows without a user, and knows the others by pseudonym', async () => {
    const { generations } = await readAll(table);
    expect(generations.filter((row) => row.user === null)).toHaveLength(4);
    expect(new Set(generations.map((row) => row.user)).size).toBe(1 + 5);
  });

  it('gives repeated lines one key, as one event', async () => {
    const { generations } = await readAll(table);
    expect(new Set(generations.map((row) => row.key)).size).toBe(36 - 4);
    expect(generations.every((row) => !row.distinctRepeats)).toBe(true);
  });

  it('can do with epoch seconds where created_at is absent', async () => {
    const content =
      'time,user,main_model,prompt_tokens,completion_tokens,cost\n1723560043,u01,gpt-4o-mini,638,25,0.1\n';
    const { generations } = await readAll(await temporaryFile('a.csv', content));
    expect(generations[0]).toMatchObject({ createdAt: '2024-08-13 14:40:43.000' });
  });
});

describe('the log that Aider writes', () => {
  const properties = {
    main_model: 'gpt-5',
    edit_format: 'diff',
    prompt_tokens: 15724,
    completion_tokens: 107,
    cost: 0.02285125,
  };
  const events = [
    { event: 'launched', properties: {}, user_id: 'c42c4e6b', time: 1754942070 },
    { event: 'message_send', properties, user_id: 'c42c4e6b', time: 1754942076 },
    {
      event: 'message_send',
      properties: { ...properties, main_model: undefined },
      user_id: 'c42c4e6b',
      time: 1754942077,
    },
  ];

  it('is counted by its message_send events', async () => {
    const { format, generations, refused } = await readAll(
      await temporaryFile('aider.jsonl', ndjsonOf(events)),
    );
    expect(format.id).toBe('aider-analytics-log');
    expect(generations).toMatchObject([
      {
        line: 2,
        createdAt: '2025-08-11 19:54:36.000',
        model: 'gpt-5',
        promptTokens: 15724,
        spendUsd: '0.02285125',
      },
    ]);
    expect(refused).toMatchObject([
      { line: 1, field: 'event', code: 'NOT_A_GENERATION' },
      { line: 3, field: 'properties.main_model', code: 'MISSING' },
    ]);
  });
});
