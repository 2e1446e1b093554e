import { beforeAll, describe, expect, it } from 'vitest';
import { askerOf, type Asker } from '../support/ask.ts';
import { describeOnEachDatabase } from '../support/databases.ts';
import { seedRelease } from '../support/seed-release.ts';
import {
  fixtureGenerations,
  fixtureModels,
  fixtureRange,
  type FixtureGeneration,
} from '../support/serving-fixture.ts';
import { countStatements } from '../support/statements.ts';

const generations = fixtureGenerations(1_500);
const tokens = (rows: readonly FixtureGeneration[]): number =>
  rows.reduce((sum, each) => sum + each.promptTokens + each.completionTokens, 0);

type Row = Record<string, never> & {
  totalTokens: number;
  share: number;
  others: boolean;
  period: { start: string };
};

describeOnEachDatabase('usage', (open) => {
  let asker: Asker;

  beforeAll(async () => {
    const database = await open();
    await seedRelease(database.pool, generations);
    asker = askerOf(database);
  });

  async function usage(args: string, fields: string): Promise<Record<string, unknown> & { rows: Row[] }> {
    const { data, errors } = await asker.ask(`{ usage${args && `(${args})`} { ${fields} } }`);
    expect(errors).toEqual([]);
    return data.usage as never;
  }

  describe('with top', () => {
    it('shows the rest as one row, so that nothing is lost', async () => {
      const { rows } = await usage(
        'groupBy: [MODEL], top: { count: 2 }',
        'rows { others totalTokens share model { id } }',
      );
      expect(rows.map(({ others }) => others)).toEqual([false, false, true]);
      expect(rows.reduce((sum, row) => sum + row.totalTokens, 0)).toBe(tokens(generations));
      expect(rows.reduce((sum, row) => sum + row.share, 0)).toBeCloseTo(1, 12);
      expect(rows[2]!.model).toBeNull();
    });

    it('drops the rest, and shares are of what is kept', async () => {
      const { rows } = await usage(
        'groupBy: [MODEL], top: { count: 2, others: DROP }',
        'rows { others share }',
      );
      expect(rows).toHaveLength(2);
      expect(rows.reduce((sum, row) => sum + row.share, 0)).toBeCloseTo(1, 12);
    });

    it('never ranks what is unknown', async () => {
      const { rows } = await usage(
        'groupBy: [SIZE], top: { count: 100 }',
        'rows { size others totalTokens }',
      );
      const unsized = fixtureModels.filter(({ size }) => size === null).map(({ key }) => key);
      expect(rows.filter(({ others }) => others)).toEqual([
        {
          size: null,
          others: true,
          totalTokens: tokens(generations.filter(({ model }) => unsized.includes(model))),
        },
      ]);
    });

    it('keeps the same groups in every period, or ranks each anew', async () => {
      const kept = async (within: string): Promise<number> => {
        const { rows } = await usage(
          `groupBy: [MODEL], grain: WEEK, top: { count: 1, others: DROP, within: ${within} }`,
          'rows { model { id } }',
        );
        return new Set(rows.map(({ model }) => (model as unknown as { id: string }).id)).size;
      };
      expect(await kept('RANGE')).toBe(1);
      expect(await kept('PERIOD')).toBeGreaterThan(1);
    });
  });

  describe('compared', () => {
    it('sets each month beside the one before, and a month that is not over beside the same part of it', async () => {
      const { rows } = await usage(
        'grain: MONTH, compareTo: PREVIOUS_PERIOD',
        'rows { period { start } totalTokens base { totalTokens } change { totalTokens } } meta { comparedTo }',
      );
      const between = (from: string, to: string): number =>
        tokens(generations.filter(({ day }) => day >= from && day < to));
      const march = rows.at(-1) as unknown as Record<'base' | 'change', { totalTokens: number }> & {
        totalTokens: number;
      };
      expect(march.totalTokens).toBe(between('2024-03-01', fixtureRange.to));
      expect(march.base.totalTokens).toBe(between('2024-02-01', '2024-02-07'));
      expect(march.change.totalTokens).toBeCloseTo(march.totalTokens / march.base.totalTokens - 1, 12);
      const february = rows.at(-2) as unknown as typeof march;
      expect(february.base.totalTokens).toBe(between('2024-01-01', '2024-02-01'));
    });

    it('sets a month that is not over beside the whole one before where that is asked for', async () => {
      const { rows } = await usage(
        'grain: MONTH, compareTo: PREVIOUS_PERIOD, compareWholePeriods: true',
        'rows { base { totalTokens } }',
      );
      const february = generations.filter(({ day }) => day.startsWith('2024-02'));
      expect(rows.at(-1)!.base).toEqual({ totalTokens: tokens(february) });
    });

    it('has neither base nor change without a comparison', async () => {
      const { rows } = await usage('', 'rows { base { totalTokens } change { totalTokens } }');
      expect(rows).toEqual([{ base: null, change: null }]);
    });
  });

  it('fills periods without use with 0 where the data cover them, and null beyond', async () => {
    const { rows } = await usage(
      'groupBy: [MODEL], grain: DAY, emptyPeriods: true, from: "2024-03-05", to: "2024-03-10", where: { model: { eq: "meta/closed" }, country: { eq: "CN" } }',
      'rows { period { start } totalTokens effectiveCostUsd }',
    );
    const used = (day: string): boolean =>
      generations.some((each) => each.day === day && each.model === 5 && each.country === 'CN');
    expect(rows.map(({ period }) => period.start)).toEqual([
      '2024-03-05',
      '2024-03-06',
      '2024-03-07',
      '2024-03-08',
      '2024-03-09',
    ]);
    expect(rows.slice(2).map(({ totalTokens }) => totalTokens)).toEqual([null, null, null]);
    for (const row of rows.slice(0, 2).filter(({ period }) => !used(period.start))) {
      expect(row).toMatchObject({ totalTokens: 0, effectiveCostUsd: null });
    }
  });

  it('has totals of all that the filter lets through, in one more statement', async () => {
    const document = `{
      usage(groupBy: [MODEL], where: { source: { eq: OPEN } }, top: { count: 1, others: DROP }, first: 1) {
        rows { totalTokens } totals { totalTokens requests }
      }
    }`;
    const { result, statements } = await countStatements(() => asker.ask(document));
    const open = generations.filter(({ model }) => fixtureModels[model - 1]!.source === 'OPEN');
    expect((result.data.usage as unknown as { totals: unknown }).totals).toEqual({
      totalTokens: tokens(open),
      requests: open.length,
    });
    expect(statements.filter((text) => text.startsWith('/* usage'))).toHaveLength(2);
  });

  it('begins weeks on Sunday where that is asked for', async () => {
    const { rows } = await usage('grain: WEEK, weekStart: SUNDAY', 'rows { period { start } totalTokens }');
    expect(rows.every(({ period }) => new Date(period.start).getUTCDay() === 0)).toBe(true);
    expect(rows.reduce((sum, row) => sum + row.totalTokens, 0)).toBe(tokens(generations));
  });

  it('says how a query would be answered without running it', async () => {
    const { result, statements } = await countStatements(() =>
      asker.ask(
        '{ plan(groupBy: [CONTINENT, MODEL], grain: MONTH) { tables cost { periods groups rows points } } }',
      ),
    );
    expect(result.data.plan).toEqual({
      tables: ['usage_day_model_country', 'countries'],
      // Four months; six models and three continents, each with the unknown one beside them.
      cost: { periods: 4, groups: 28, rows: 112, points: 2 },
    });
    expect(statements.filter((text) => text.startsWith('/* usage'))).toEqual([]);
  });

  it('refuses in the plan what the query would refuse', async () => {
    const { errors } = await asker.ask('{ plan(groupBy: [PROVIDER, LANGUAGE]) { tables } }');
    expect(errors[0]?.originalError).toMatchObject({ code: 'NO_ROLLUP' });
  });

  it('goes on with a list in the release that it began in', async () => {
    const database = await open();
    await seedRelease(database.pool, generations);
    const reader = askerOf(database);
    const page = async (after: string | null) => {
      const { data } = await reader.ask(
        'query ($after: String) { usage(groupBy: [MODEL], first: 3, after: $after) { rows { totalTokens } pageInfo { endCursor } meta { release { id } } } }',
        { after },
      );
      return data.usage as unknown as {
        rows: Row[];
        pageInfo: { endCursor: string };
        meta: { release: { id: string } };
      };
    };
    const first = await page(null);
    await seedRelease(database.pool, generations.slice(0, 10), { number: 2 });
    await new Promise((resolve) => setTimeout(resolve, 1_100));
    const second = await page(first.pageInfo.endCursor);
    expect(second.meta).toEqual(first.meta);
    const all = [...first.rows, ...second.rows];
    expect(all.reduce((sum, row) => sum + row.totalTokens, 0)).toBe(tokens(generations));
    expect((await page(null)).meta.release.id).toMatch(/\.2$/);
  });

  it('gives a share with its sampling error where it is an estimate', async () => {
    const { rows } = await usage(
      'groupBy: [CATEGORY]',
      'rows { category { id } share shareInterval { standardError low high } meanPromptTokens meanInterval(of: MEAN_PROMPT_TOKENS) { low high } } meta { sampling { rate } }',
    );
    expect(rows).toHaveLength(3);
    for (const row of rows) {
      const { low, high, standardError } = row.shareInterval as unknown as Record<
        'low' | 'high' | 'standardError',
        number
      >;
      expect(standardError).toBeGreaterThan(0);
      expect(low).toBeLessThan(row.share);
      expect(high).toBeGreaterThan(row.share);
    }
  });
});

describeOnEachDatabase('hostile input', (open) => {
  let asker: Asker;

  beforeAll(async () => {
    const database = await open();
    await seedRelease(database.pool, fixtureGenerations(50));
    asker = askerOf(database);
  });

  const names = [
    "'; DROP TABLE models; --",
    '__proto__',
    'constructor',
    '$1',
    '\u0000',
    '%',
    '"',
    '\\',
    '🙂'.repeat(50),
  ];
  const document = /* GraphQL */ `
    query ($where: UsageFilter, $after: String, $release: ID, $dataset: ID) {
      usage(where: $where, after: $after, release: $release, dataset: $dataset, groupBy: [MODEL]) {
        rows {
          totalTokens
        }
      }
    }
  `;

  it.each(names)('%j is refused as a name wherever one is taken, and reaches no SQL text', async (name) => {
    const places = [
      ...['model', 'author', 'provider', 'category', 'tag', 'country', 'continent'].map((field) => ({
        where: { [field]: { in: [name] } },
      })),
      { where: { language: { eq: name } } },
      { after: name },
      { release: name },
      { dataset: name },
    ];
    for (const variables of places) {
      const { result, statements } = await countStatements(() => asker.ask(document, variables));
      expect(result.errors[0]?.originalError, JSON.stringify(variables)).toMatchObject({
        code: expect.stringMatching(/^(BAD_ARGUMENT|CURSOR_INVALID|RELEASE_UNKNOWN|DATASET_UNKNOWN)$/),
      });
      expect(statements.filter((text) => text.includes(name) && name.length > 2)).toEqual([]);
    }
  });

  it('a list of 10,000 values is refused by its stated limit', async () => {
    const values = Array.from({ length: 10_000 }, (_, index) => `a/${index}`);
    const { errors } = await asker.ask(document, { where: { model: { in: values } } });
    expect(errors[0]?.originalError).toMatchObject({ code: 'LIMIT_EXCEEDED' });
  });

  it('filters nested too deep, or with too many conditions, are refused', async () => {
    let deep: object = { source: { eq: 'OPEN' } };
    for (let depth = 0; depth < 20; depth += 1) deep = { and: [deep] };
    const wide = { or: Array.from({ length: 60 }, () => ({ source: { eq: 'OPEN' } })) };
    for (const where of [deep, wide]) {
      const { errors } = await asker.ask(document, { where });
      expect(errors[0]?.originalError).toMatchObject({ code: 'LIMIT_EXCEEDED' });
    }
  });

  it('nulls ask for nothing', async () => {
    const nulls = { model: { eq: null, in: null, notIn: null }, author: null, and: null, or: null };
    const { errors, data } = await asker.ask(document, {
      where: nulls,
      after: null,
      release: null,
      dataset: null,
    });
    expect(errors).toEqual([]);
    expect((data.usage as unknown as { rows: unknown[] }).rows.length).toBeGreaterThan(0);
  });

  it.each(['2024-02-30', '2024-13-01', '0000-00-00', "2024-01-01'", '20240101', ''])(
    '%j is no day',
    async (day) => {
      const { errors } = await asker.ask('query ($day: Date) { usage(from: $day) { totalRows } }', { day });
      expect(errors).toHaveLength(1);
    },
  );
});
