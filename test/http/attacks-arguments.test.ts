import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Database } from '../../src/database/open-database.ts';
import { downloadLimits } from '../../src/downloads/download-limits.ts';
import { requestLimits } from '../../src/graphql/shared/request-limits.ts';
import { usageLimits } from '../../src/measures/limits.ts';
import { describeOnEachDatabase } from '../support/databases.ts';
import { seedRelease } from '../support/seed-release.ts';
import { fixtureGenerations } from '../support/serving-fixture.ts';
import { runAtlas } from './atlas-app.ts';
import { ask, expectHealthy, send } from './attack.ts';
import type { RunningApp } from './running-app.ts';

describeOnEachDatabase('an argument made to harm', (open) => {
  let database: Database;
  let app: RunningApp;
  beforeAll(async () => {
    database = await open();
    const generations = fixtureGenerations(300);
    await seedRelease(database.pool, generations);
    await seedRelease(database.pool, generations, { number: 2 });
    await seedRelease(database.pool, generations, { dataset: 'other' });
    app = await runAtlas(database);
  });
  afterAll(() => app.stop());

  const usage = (args: string) => `{ usage(${args}) { rows { totalTokens } } }`;
  const values = (count: number) => JSON.stringify(Array.from({ length: count }, (_, n) => `a${n}`));
  const nested = (levels: number) => `${'{and: ['.repeat(levels)}{}${']}'.repeat(levels)}`;

  it.each([
    ['a huge page', usage('first: 5001'), 'LIMIT_EXCEEDED'],
    ['a page of no rows', usage('first: 0'), 'LIMIT_EXCEEDED'],
    ['a negative page', usage('first: -1'), 'LIMIT_EXCEEDED'],
    ['a page beyond 32 bits', usage('first: 2147483648'), 'GRAPHQL_VALIDATION_FAILED'],
    ['a page of a fraction', usage('first: 1.5'), 'GRAPHQL_VALIDATION_FAILED'],
    ['a huge page of entities', '{ models(first: 501) { nodes { id } } }', 'LIMIT_EXCEEDED'],
    ['a negative page of entities', '{ models(first: -1) { nodes { id } } }', 'LIMIT_EXCEEDED'],
    ['many ids', `{ nodes(ids: ${values(101)}) { id } }`, 'LIMIT_EXCEEDED'],
    ['many values in a list', usage(`where: { model: { in: ${values(101)} } }`), 'LIMIT_EXCEEDED'],
    ['no value in a list', usage('where: { model: { in: [] } }'), 'LIMIT_EXCEEDED'],
    ['deep filters', usage(`where: ${nested(6)}`), 'LIMIT_EXCEEDED'],
    [
      'many conditions',
      usage(`where: { or: [${'{ country: { known: true } }, '.repeat(51)}] }`),
      'LIMIT_EXCEEDED',
    ],
    ['many dimensions', usage('groupBy: [MODEL, AUTHOR, PROVIDER, COUNTRY]'), 'LIMIT_EXCEEDED'],
    ['many groups kept', usage('groupBy: [MODEL], top: { count: 101 }'), 'LIMIT_EXCEEDED'],
    ['a negative number of groups', usage('groupBy: [MODEL], top: { count: -1 }'), 'LIMIT_EXCEEDED'],
    ['days of all time', usage('grain: DAY, from: "0001-01-01", to: "9999-12-31"'), 'LIMIT_EXCEEDED'],
    ['a range that runs backwards', usage('from: "2024-02-01", to: "2024-01-01"'), 'BAD_ARGUMENT'],
    ['a day that is none', usage('from: "2024-02-30"'), 'GRAPHQL_VALIDATION_FAILED'],
    ['SQL for a day', usage(`from: "2024-01-01'; DROP TABLE releases; --"`), 'GRAPHQL_VALIDATION_FAILED'],
    ['SQL for a model', usage(`where: { model: { eq: "'; DROP TABLE releases; --" } }`), 'BAD_ARGUMENT'],
    ['SQL for a country', usage(`where: { country: { eq: "DE' OR 1=1 --" } }`), 'BAD_ARGUMENT'],
    ['SQL for a language', usage(`where: { language: { gte: "') OR (1=1" } }`), 'BAD_ARGUMENT'],
    ['SQL for a data set', `{ dataset(id: "x' OR '1'='1") { id } }`, 'DATASET_UNKNOWN'],
    ['SQL for a release', usage(`release: "fixture@2024-03-07.1' --"`), 'RELEASE_UNKNOWN'],
    ['a zero byte for a data set', '{ dataset(id: "\\u0000") { id } }', 'DATASET_UNKNOWN'],
    ['a zero byte for a release', usage('release: "a@\\u0000"'), 'RELEASE_UNKNOWN'],
    ['a zero byte for a language', usage('where: { language: { eq: "e\\u0000" } }'), 'BAD_ARGUMENT'],
    ['half a character for a model', usage('where: { model: { eq: "\\uD800" } }'), 'GRAPHQL_PARSE_FAILED'],
    ['a name of the prototype for a model', usage('where: { model: { eq: "__proto__" } }'), 'BAD_ARGUMENT'],
    ['a name of the prototype for a data set', '{ dataset(id: "__proto__") { id } }', 'DATASET_UNKNOWN'],
    ['a long name', usage(`where: { model: { eq: "${'a'.repeat(50_000)}" } }`), 'BAD_ARGUMENT'],
  ])('%s is refused, and the next request is answered', async (_name, query, code) => {
    const answer = await ask(app.url, query);
    expect([answer.status, answer.code]).toEqual([code.endsWith('_UNKNOWN') ? 404 : 400, code]);
    // What was sent is not sent back at length, nor is a statement of the database.
    expect(JSON.stringify(answer.body).length).toBeLessThan(2_000);
    expect(JSON.stringify(answer.body)).not.toMatch(/SELECT|syntax error at|invalid byte/);
    await expectHealthy(app.url);
  });

  it.each([
    [{ first: 5_001 }, 'LIMIT_EXCEEDED'],
    [{ first: -1 }, 'LIMIT_EXCEEDED'],
    [{ first: 1e10 }, 'BAD_USER_INPUT'],
    [{ first: '5' }, 'BAD_USER_INPUT'],
    [{ where: { model: { in: Array.from({ length: 101 }, () => 'a') } } }, 'LIMIT_EXCEEDED'],
    [{ where: { model: { in: Array.from({ length: 20_000 }, () => 'a') } } }, 'LIMIT_EXCEEDED'],
    [{ where: { or: Array.from({ length: 51 }, () => ({ country: { known: true } })) } }, 'LIMIT_EXCEEDED'],
    [{ where: { __proto__x: 1 } }, 'BAD_USER_INPUT'],
    [{ where: { model: { eq: '\uD800' } } }, 'BAD_ARGUMENT'],
    [{ after: 'a\u0000' }, 'CURSOR_INVALID'],
  ])('%j in variables meets the same limits', async (variables, code) => {
    const query =
      'query ($first: Int, $where: UsageFilter, $after: String) { usage(first: $first, where: $where, after: $after) { rows { totalTokens } } }';
    const answer = await ask(app.url, query, variables);
    expect([answer.status, answer.code]).toEqual([400, code]);
    await expectHealthy(app.url);
  });

  it('every limit can be asked for', async () => {
    const { body } = await ask(app.url, '{ dataset { limits { name most } } }');
    const { limits } = (body.data as unknown as { dataset: { limits: { name: string; most: number }[] } })
      .dataset;
    expect(Object.fromEntries(limits.map(({ name, most }) => [name, most]))).toEqual({
      ...usageLimits,
      ...requestLimits,
      ...downloadLimits,
    });
  });

  it('null is as if nothing were given', async () => {
    const query = '{ usage(first: null, where: null, after: null, groupBy: null) { rows { totalTokens } } }';
    const { body } = await ask(app.url, query);
    expect(body).toEqual((await ask(app.url, '{ usage { rows { totalTokens } } }')).body);
  });

  it.each(["' OR 1=1 --", '\\u0000', 'author:\\u0000', 'a@\\u0000', 'country:__proto__', 'constructor', ''])(
    'the id "%s" belongs to nothing',
    async (id) => {
      const { status, body } = await ask(app.url, `{ node(id: "${id}") { id } }`);
      expect([status, body]).toEqual([200, { data: { node: null } }]);
    },
  );

  it('a hostile address of a release is not found', async () => {
    for (const id of ['%00', "a@'%20OR%201=1", 'a@%00', '__proto__', 'a'.repeat(5_000)]) {
      const { status, code } = await send(app.url, { path: `/releases/${id}`, method: 'GET' });
      expect([id, status, code]).toEqual([id, 404, 'RELEASE_UNKNOWN']);
    }
  });

  describe('a cursor', () => {
    const page = (args: string) =>
      `{ usage(${args}groupBy: [MODEL], grain: MONTH, first: 2) { rows { totalTokens } pageInfo { endCursor } } }`;
    const after = (cursor: string, args = '') =>
      ask(app.url, page(`${args}after: ${JSON.stringify(cursor)}, `));

    async function cursor(): Promise<{ text: string; position: Record<string, unknown> }> {
      const { body } = await ask(app.url, page(''));
      const text = (body.data as unknown as { usage: { pageInfo: { endCursor: string } } }).usage.pageInfo
        .endCursor;
      return {
        text,
        position: JSON.parse(Buffer.from(text, 'base64url').toString()) as Record<string, unknown>,
      };
    }
    const encode = (position: unknown) => Buffer.from(JSON.stringify(position)).toString('base64url');

    it('that is whole goes on', async () => {
      expect((await after((await cursor()).text)).status).toBe(200);
    });

    it.each([
      ['of noise', () => 'noise'],
      ['of nothing', () => ''],
      ['of a long text', () => 'a'.repeat(50_000)],
      ['that is no object', () => encode(null)],
      ['with a negative place', (p: object) => encode({ ...p, offset: -2 })],
      ['with a broken place', (p: object) => encode({ ...p, offset: 0.5 })],
      ['with a place beyond all numbers', (p: object) => encode({ ...p, offset: 1e300 })],
      ['with SQL for a place', (p: object) => encode({ ...p, offset: '1; DROP TABLE releases' })],
      ['with another list', (p: object) => encode({ ...p, list: '0000000000000000' })],
    ])('%s is refused', async (_name, tamper) => {
      const answer = await after(tamper((await cursor()).position));
      expect([answer.status, answer.code]).toEqual([400, 'CURSOR_INVALID']);
      await expectHealthy(app.url);
    });

    it('of another release, data set or list is refused where these are named', async () => {
      const { text } = await cursor();
      for (const [args, code] of [
        ['release: "fixture@2024-03-07.1", ', 'CURSOR_INVALID'],
        ['dataset: "other", ', 'BAD_ARGUMENT'],
        ['weekStart: SUNDAY, ', 'CURSOR_INVALID'],
      ] as const) {
        const answer = await after(text, args);
        expect([args, answer.status, answer.code]).toEqual([args, 400, code]);
      }
    });

    it('of a release that never was is refused', async () => {
      const { position } = await cursor();
      const answer = await after(encode({ ...position, release: 'fixture@1999-01-01.1' }));
      expect(answer.status).toBeLessThan(500);
      expect(['CURSOR_INVALID', 'RELEASE_UNKNOWN']).toContain(answer.code);
    });

    it('behind the last row has an empty page', async () => {
      const { position } = await cursor();
      const { body } = await after(encode({ ...position, offset: Number.MAX_SAFE_INTEGER - 1 }));
      expect((body.data as unknown as { usage: { rows: unknown[] } }).usage.rows).toEqual([]);
    });
  });
});
