import { beforeAll, describe, expect, it } from 'vitest';
import { describeOnEachDatabase } from '../support/databases.ts';
import { askerOf, type Asker } from '../support/ask.ts';
import { seedRelease } from '../support/seed-release.ts';
import { fixtureGenerations, fixtureRange } from '../support/serving-fixture.ts';
import { countStatements } from '../support/statements.ts';

const generations = fixtureGenerations(1_500);
const totalTokens = generations.reduce((sum, each) => sum + each.promptTokens + each.completionTokens, 0);

describeOnEachDatabase('usage', (open) => {
  let asker: Asker;

  beforeAll(async () => {
    const database = await open();
    await seedRelease(database.pool, generations);
    asker = askerOf(database);
  });

  async function report(args: string, fields: string) {
    const { data, errors } = await asker.ask(`{ usage(${args}) { ${fields} } }`);
    return {
      report: data.usage as unknown as Record<string, unknown> & { rows: Record<string, unknown>[] },
      errors,
    };
  }
  const codeOf = async (args: string, fields = 'rows { totalTokens }'): Promise<unknown> => {
    const { errors } = await report(args, fields);
    return (errors[0]?.originalError as { code?: string } | undefined)?.code ?? errors[0]?.message;
  };

  it('sums the whole range in one row when nothing is grouped', async () => {
    const { report: answer } = await report(
      'shareOf: ALL',
      'totalRows rows { period { start } totalTokens share requests }',
    );
    expect(answer).toEqual({
      totalRows: 1,
      rows: [{ period: null, totalTokens, share: 1, requests: generations.length }],
    });
  });

  it('gives shares of the period that add up to one', async () => {
    const { report: answer } = await report(
      'groupBy: [SOURCE_GROUP], grain: WEEK',
      'rows { period { start } share }',
    );
    const sums = new Map<string, number>();
    for (const { period, share } of answer.rows as unknown as {
      period: { start: string };
      share: number;
    }[]) {
      sums.set(period.start, (sums.get(period.start) ?? 0) + share);
    }
    expect(sums.size).toBe(12);
    for (const sum of sums.values()) expect(sum).toBeCloseTo(1, 12);
  });

  it('flags the periods that the data do not cover whole', async () => {
    const { report: answer } = await report(
      'grain: MONTH',
      'rows { period { start end complete } } meta { complete asOf }',
    );
    expect(answer.rows.map(({ period }) => period)).toEqual([
      { start: '2023-12-01', end: '2024-01-01', complete: false },
      { start: '2024-01-01', end: '2024-02-01', complete: true },
      { start: '2024-02-01', end: '2024-03-01', complete: true },
      { start: '2024-03-01', end: '2024-04-01', complete: false },
    ]);
    expect(answer.meta).toEqual({ complete: false, asOf: fixtureRange.to });
  });

  it('carries entities with their own fields', async () => {
    const { report: answer } = await report(
      'groupBy: [MODEL], orderBy: [{ by: MODEL, direction: ASC }], where: { author: { eq: "google" } }',
      'rows { model { id name source author { id slug } } }',
    );
    const author = { id: 'author:google', slug: 'google' };
    expect(answer.rows).toEqual([
      { model: { id: 'google/closed', name: 'google/closed', source: 'PROPRIETARY', author } },
      { model: { id: 'google/open-medium', name: 'google/open-medium', source: 'OPEN', author } },
    ]);
  });

  it('pages through a list without gap or overlap, in the release that it began in', async () => {
    const { report: whole } = await report(
      'groupBy: [MODEL, PROVIDER], grain: MONTH',
      'rows { totalTokens }',
    );
    const paged: unknown[] = [];
    let after: string | null = null;
    do {
      const cursor: string = after === null ? '' : `, after: "${after}"`;
      const { report: page } = await report(
        `groupBy: [MODEL, PROVIDER], grain: MONTH, first: 7${cursor}`,
        'rows { totalTokens } pageInfo { hasNextPage endCursor }',
      );
      const { hasNextPage, endCursor } = page.pageInfo as { hasNextPage: boolean; endCursor: string };
      paged.push(...page.rows);
      after = hasNextPage ? endCursor : null;
    } while (after !== null);
    expect(paged).toEqual(whole.rows);
  });

  it('answers null and says so for a measure that the data do not carry', async () => {
    const database = await open();
    await seedRelease(database.pool, generations, { uncovered: ['distinctUsers'] });
    const { data } = await askerOf(database).ask(
      '{ usage(grain: MONTH) { rows { distinctUsers } meta { warnings } } }',
    );
    expect(data.usage).toEqual({
      rows: [null, null, null, null].map((distinctUsers) => ({ distinctUsers })),
      meta: { warnings: ['The data set does not carry distinctUsers: null, which is not 0.'] },
    });
  });

  describe('refuses', () => {
    it.each([
      ['a crossing that no rollup keeps', 'groupBy: [PROVIDER, COUNTRY]', 'NO_ROLLUP'],
      ['more dimensions than allowed', 'groupBy: [MODEL, AUTHOR, SOURCE, SIZE]', 'LIMIT_EXCEEDED'],
      ['a dimension named twice', 'groupBy: [MODEL, MODEL]', 'BAD_ARGUMENT'],
      ['an empty range', 'from: "2024-01-01", to: "2024-01-01"', 'BAD_ARGUMENT'],
      ['too many periods', 'grain: DAY, from: "1990-01-01", to: "2024-01-01"', 'LIMIT_EXCEEDED'],
      ['a page of none', 'first: 0', 'LIMIT_EXCEEDED'],
      ['a page beyond the limit', 'first: 5001', 'LIMIT_EXCEEDED'],
      ['a negative page', 'first: -1', 'LIMIT_EXCEEDED'],
      ['an order by what is not grouped', 'orderBy: [{ by: MODEL }]', 'BAD_ARGUMENT'],
      ['an order by period without a grain', 'orderBy: [{ by: PERIOD }]', 'BAD_ARGUMENT'],
      ['an unknown model', 'where: { model: { eq: "nobody/nothing" } }', 'BAD_ARGUMENT'],
      ["another kind's id", 'where: { author: { eq: "provider:google" } }', 'BAD_ARGUMENT'],
      ['an empty list', 'where: { model: { in: [] } }', 'LIMIT_EXCEEDED'],
      ['a country that is no code', 'where: { country: { eq: "Germany" } }', 'BAD_ARGUMENT'],
      ['text that is no cursor', 'after: "%%%"', 'CURSOR_INVALID'],
      ['an unknown data set', 'dataset: "nothing"', 'DATASET_UNKNOWN'],
      ['an unknown release', 'release: "fixture@1999-01-01.1"', 'RELEASE_UNKNOWN'],
      ['a release of characters that no text in PostgreSQL has', 'release: "\\u0000"', 'RELEASE_UNKNOWN'],
    ])('%s', async (_name, args, code) => {
      expect(await codeOf(args)).toBe(code);
    });

    it.each([
      ['of sizes', 'groupBy: [SIZE], grain: WEEK'],
      ['of authors and sources', 'groupBy: [AUTHOR, SOURCE], grain: WEEK'],
      ['of weeks from Sunday', 'grain: WEEK, weekStart: SUNDAY'],
      ['of quarters', 'grain: QUARTER'],
      ['of a whole range', 'groupBy: [MODEL]'],
      ['of a filtered total', 'grain: WEEK, where: { source: { eq: OPEN } }'],
    ])('distinct users %s, which would have to be summed', async (_name, args) => {
      expect(await codeOf(args, 'rows { distinctUsers }')).toBe('NOT_ADDITIVE');
    });

    it('a dimension that the data set does not carry, naming those it does', async () => {
      const database = await open();
      await seedRelease(database.pool, generations, { uncovered: ['COUNTRY', 'PROVIDER'] });
      const { errors } = await askerOf(database).ask(
        '{ usage(groupBy: [COUNTRY]) { rows { country { id } } } }',
      );
      expect(errors[0]?.message).toBe(
        "The data set 'fixture' does not carry COUNTRY. It covers MODEL, AUTHOR, SOURCE, ORIGIN, SOURCE_GROUP, SIZE, REASONING, CATEGORY, TAG, CONTINENT, LANGUAGE.",
      );
    });

    it('a cursor of another list', async () => {
      const { report: page } = await report('groupBy: [MODEL], first: 1', 'pageInfo { endCursor }');
      const { endCursor } = page.pageInfo as { endCursor: string };
      expect(await codeOf(`groupBy: [AUTHOR], after: "${endCursor}"`)).toBe('CURSOR_INVALID');
    });
  });

  it('binds every text of a user', async () => {
    const hostile = `x'); DROP TABLE models; --`;
    const { statements } = await countStatements(() =>
      asker.ask('query ($model: ID!) { usage(where: { model: { eq: $model } }) { rows { requests } } }', {
        model: hostile,
      }),
    );
    expect(statements.join('\n')).not.toContain('DROP');
  });

  it('sends one statement, and one more for the list of releases when that is a second old', async () => {
    await asker.ask('{ usage { rows { requests } } }');
    const { statements } = await countStatements(() =>
      asker.ask(
        '{ usage(groupBy: [MODEL], grain: WEEK) { rows { model { author { name } } totalTokens share } } }',
      ),
    );
    expect(statements.filter((text) => text.startsWith('/* usage'))).toHaveLength(1);
    expect(statements.length).toBeLessThanOrEqual(4);
  });
});
