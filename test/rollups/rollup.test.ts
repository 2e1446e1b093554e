import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { listRollups, parseRollup } from '../../src/rollups/rollup.ts';

const header = `-- name: tokens_by_day
-- version: 3
-- source: generations
-- target: tokens_day
-- keys: release_key, day
-- additive: tokens, requests
-- distinct: users
-- withhold: fold day
-- apart: requests
-- once for grain: DAY, WEEK
--
-- note: not part of the header.

SELECT 1
`;

describe('the header of a rollup', () => {
  it('states name, version, source, target and columns in their order', () => {
    expect(parseRollup('07_tokens_by_day.sql', header)).toEqual({
      name: 'tokens_by_day',
      version: 3,
      source: 'generations',
      target: 'tokens_day',
      keys: ['release_key', 'day'],
      measures: [
        { name: 'tokens', additive: true },
        { name: 'requests', additive: true },
        { name: 'users', additive: false },
      ],
      columns: ['release_key', 'day', 'tokens', 'requests', 'users'],
      withhold: { fold: 'day' },
      apart: ['requests'],
      onceFor: { parameter: 'grain', values: ['DAY', 'WEEK'] },
      sql: header,
      sha256: createHash('sha256').update(header).digest('hex'),
    });
  });

  it.each([
    ['name', 'lacks "name"'],
    ['version', 'lacks "version"'],
    ['source', 'lacks "source"'],
    ['target', 'lacks "target"'],
    ['keys', 'lacks "keys"'],
  ])('is refused without its %s', (entry, message) => {
    const text = header.replace(new RegExp(`^-- ${entry}: .*\n`, 'm'), '');
    expect(() => parseRollup('07_tokens_by_day.sql', text)).toThrow(
      `07_tokens_by_day.sql: the header ${message}`,
    );
  });

  it.each([
    ['-- version: 3', '-- version: three', 'version'],
    ['-- source: generations', '-- source: traces', 'traces'],
    ['-- distinct: users', '-- uniques: users', 'unknown entry "uniques"'],
    ['-- name: tokens_by_day', '-- name: tokens', 'NN_tokens.sql'],
    ['-- withhold: fold day', '-- withhold: fold country', 'fold country'],
    ['-- apart: requests', '-- apart: free_requests', 'free_requests'],
    [
      '-- additive: tokens, requests\n-- distinct: users\n-- withhold: fold day\n-- apart: requests\n',
      '',
      'names no measure',
    ],
  ])('is refused where it does not hold together: %s → %s', (from, to, message) => {
    expect(() => parseRollup('07_tokens_by_day.sql', header.replace(from, to))).toThrow(message);
  });
});

describe('the rollups that ship', () => {
  it('are listed by source in the order of their files, with the digest of each file', async () => {
    const generations = await listRollups('generations');
    expect(generations.map(({ name }) => name)).toEqual([
      'usage_day_model_provider',
      'usage_day_model_country',
      'active_users',
      'usage_day_model_language',
      'histogram_day_model',
    ]);
    expect((await listRollups('usage_feed')).map(({ name }) => name)).toEqual(['feed_usage_day_model']);
    const file = await readFile(
      new URL('../../src/rollups/01_usage_day_model_provider.sql', import.meta.url),
    );
    expect(generations[0]?.sha256).toBe(createHash('sha256').update(file).digest('hex'));
  });

  it('say of every count of generations how few users are withheld', async () => {
    for (const { name, withhold } of await listRollups('generations')) {
      expect([name, withhold]).toEqual([name, expect.anything()]);
    }
  });

  it('carry the release first and never call distinct users additive', async () => {
    for (const source of ['generations', 'usage_feed'] as const) {
      for (const { columns, measures } of await listRollups(source)) {
        expect(columns[0]).toBe('release_key');
        expect(measures.filter(({ name, additive }) => name === 'users' && additive)).toEqual([]);
      }
    }
  });
});
