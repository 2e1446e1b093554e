import { beforeAll, describe, expect, it } from 'vitest';
import { dimensions, type DimensionName } from '../../src/measures/dimensions.ts';
import { measures, type AdditiveMeasureName, type MeasureName } from '../../src/measures/measures.ts';
import type { Filter, Top, UsageQuery } from '../../src/measures/query.ts';
import type { Release } from '../../src/measures/release.ts';
import { countUsage } from '../measures/oracle.ts';
import { askerOf, type Asker } from '../support/ask.ts';
import { describeOnEachDatabase } from '../support/databases.ts';
import { figureDocuments } from '../support/figures.ts';
import { seedRelease } from '../support/seed-release.ts';
import {
  fixtureAuthors,
  fixtureCategories,
  fixtureGenerations,
  fixtureModels,
  fixtureRange,
  fixtureTags,
} from '../support/serving-fixture.ts';

// Each figure computed from the raw generations by the oracle, which knows neither rollups nor SQL, against
// the rows that its document gets.

interface Question {
  groupBy: DimensionName[];
  grain?: 'WEEK' | 'MONTH';
  weekStart?: 'SUNDAY';
  where?: Filter;
  top?: Top;
  measures?: MeasureName[];
  share?: AdditiveMeasureName;
  shareOf?: DimensionName;
  emptyPeriods?: boolean;
}

const open: Filter = { kind: 'in', dimension: 'SOURCE', values: ['OPEN'] };
const programming: Filter = { kind: 'in', dimension: 'CATEGORY', values: [1] };
const top = (count: number, others: Top['others'], by: MeasureName = 'TOTAL_TOKENS'): Top => ({
  by,
  count,
  others,
  within: 'RANGE',
});
const volume = { measures: ['TOTAL_TOKENS'] as MeasureName[], share: 'TOTAL_TOKENS' as const };

/** Per document, the question behind each of its `usage` fields. */
const questions: Record<string, Record<string, Question>> = {
  'q01-source-groups': { usage: { groupBy: ['SOURCE_GROUP'], grain: 'WEEK', ...volume } },
  'q03-source-group-extremes': { usage: { groupBy: ['SOURCE_GROUP'], grain: 'WEEK', share: 'TOTAL_TOKENS' } },
  'q04-open-authors': { usage: { groupBy: ['AUTHOR'], where: open, top: top(10, 'SHOW'), ...volume } },
  'q05-top-open-models': {
    renormalised: { groupBy: ['MODEL'], grain: 'WEEK', where: open, top: top(15, 'DROP'), ...volume },
    ofAllOpen: {
      groupBy: ['MODEL'],
      grain: 'WEEK',
      where: open,
      top: top(15, 'SHOW'),
      share: 'TOTAL_TOKENS',
    },
  },
  'q06-open-sizes': { usage: { groupBy: ['SIZE'], grain: 'WEEK', where: open, ...volume } },
  'q07-available-open-models': {
    usage: { groupBy: ['SIZE'], grain: 'WEEK', where: open, measures: ['DISTINCT_MODELS'] },
  },
  'q08-categories': { usage: { groupBy: ['CATEGORY'], grain: 'WEEK', weekStart: 'SUNDAY', ...volume } },
  'q09-category-source-groups': {
    usage: { groupBy: ['SOURCE_GROUP'], grain: 'WEEK', where: programming, ...volume },
  },
  'q10-reasoning': { usage: { groupBy: ['REASONING'], grain: 'WEEK', ...volume } },
  'q11-top-reasoning-models': {
    usage: {
      groupBy: ['MODEL'],
      where: { kind: 'in', dimension: 'REASONING', values: [true] },
      top: top(10, 'DROP'),
      ...volume,
    },
  },
  'q12-tool-calls': {
    usage: {
      groupBy: [],
      grain: 'WEEK',
      measures: [
        'TOOL_CALL_TOKENS',
        'TOTAL_TOKENS',
        'TOOL_CALL_REQUESTS',
        'TOOLS_OFFERED_REQUESTS',
        'REQUESTS',
      ],
    },
  },
  'q13-tool-call-models': {
    usage: {
      groupBy: ['MODEL'],
      grain: 'MONTH',
      top: top(10, 'DROP', 'TOOL_CALL_TOKENS'),
      measures: ['TOOL_CALL_TOKENS'],
      share: 'TOOL_CALL_TOKENS',
    },
  },
  'q14-lengths': {
    usage: {
      groupBy: [],
      grain: 'MONTH',
      measures: [
        'MEAN_PROMPT_TOKENS',
        'MEAN_COMPLETION_TOKENS',
        'MEAN_REASONING_TOKENS',
        'MEAN_SEQUENCE_TOKENS',
        'REQUESTS',
      ],
    },
  },
  'q15-prompt-length-by-category': {
    usage: {
      groupBy: ['CATEGORY'],
      grain: 'WEEK',
      weekStart: 'SUNDAY',
      measures: ['MEAN_PROMPT_TOKENS', 'REQUESTS'],
    },
  },
  'q16-sequence-length-programming': {
    category: { groupBy: [], grain: 'MONTH', where: programming, measures: ['MEAN_SEQUENCE_TOKENS'] },
    overall: { groupBy: [], grain: 'MONTH', measures: ['MEAN_SEQUENCE_TOKENS'] },
  },
  'q17-programming-spend': {
    usage: {
      groupBy: ['AUTHOR'],
      grain: 'WEEK',
      where: programming,
      top: top(10, 'SHOW', 'SPEND_USD'),
      measures: ['SPEND_USD'],
      share: 'SPEND_USD',
    },
  },
  'q18-tags': {
    categories: { groupBy: ['CATEGORY'], measures: ['TOTAL_TOKENS'] },
    tags: { groupBy: ['CATEGORY', 'TAG'], shareOf: 'CATEGORY', ...volume },
  },
  'q19-tags-over-time': { usage: { groupBy: ['TAG'], grain: 'WEEK', where: programming, ...volume } },
  'q20-spend-by-continent': {
    usage: { groupBy: ['CONTINENT'], grain: 'WEEK', measures: ['SPEND_USD'], share: 'SPEND_USD' },
  },
  'q21-geography-and-language': {
    continents: { groupBy: ['CONTINENT'], ...volume },
    countries: { groupBy: ['COUNTRY'], top: top(10, 'SHOW'), ...volume },
    languages: { groupBy: ['LANGUAGE'], top: top(5, 'SHOW'), ...volume },
  },
};

const generations = fixtureGenerations(1_500);

function queryOf(question: Question): UsageQuery {
  const {
    grain,
    weekStart,
    groupBy,
    measures: asked = [],
    share,
    shareOf,
    top: ranked = null,
    where = null,
  } = question;
  return {
    release: { periodTo: fixtureRange.to } as Release,
    groupBy,
    calendar: grain === undefined ? null : { grain, weekStart: weekStart ?? 'MONDAY' },
    ...fixtureRange,
    where,
    measures: asked,
    shares: share === undefined ? [] : [share],
    distributions: [],
    shareOf: shareOf ?? (grain === undefined ? 'ALL' : 'PERIOD'),
    top: ranked,
    comparedTo: null,
    emptyPeriods: false,
    labelWeighting: 'EACH',
    orderBy: [],
    only: null,
    limit: 10_000,
    offset: 0,
  };
}

const lists: Partial<Record<DimensionName, (key: number) => string>> = {
  MODEL: (key) => fixtureModels[key - 1]!.id,
  AUTHOR: (key) => `author:${fixtureAuthors[key - 1]}`,
  CATEGORY: (key) => `category:${fixtureCategories[key - 1]}`,
  TAG: (key) => `tag:${fixtureTags[key - 1]!.id}`,
};

/** The value of a group as the API shows it: the id of an entity, else the label itself. */
function shown(name: DimensionName, value: unknown): unknown {
  if (value === null) return null;
  if (name === 'COUNTRY' || name === 'CONTINENT') return `${name.toLowerCase()}:${String(value)}`;
  return lists[name]?.(Number(value)) ?? value;
}

type ApiRow = Record<string, unknown> & {
  period?: { start: string } | null;
  others?: boolean;
  share?: number | null;
};

/** What tells rows apart, for both sides. */
function keyOfApi(row: ApiRow, { groupBy }: Question): string {
  const groups = groupBy.map((name) => {
    const value = row[dimensions.find((dimension) => dimension.name === name)!.field] as
      { id: string } | unknown;
    return value !== null && typeof value === 'object' ? (value as { id: string }).id : value;
  });
  return JSON.stringify([row.period?.start ?? null, row.others ?? false, ...groups]);
}

describeOnEachDatabase('figures', (openDatabase) => {
  let asker: Asker;
  let documents: Map<string, string>;

  beforeAll(async () => {
    const database = await openDatabase();
    await seedRelease(database.pool, generations);
    asker = askerOf(database);
    documents = new Map((await figureDocuments()).map(({ name, text }) => [name, text]));
  });

  describe.each(Object.entries(questions))('%s', (name, fields) => {
    it('equals a count of the raw generations', async () => {
      const { data, errors } = await asker.ask(documents.get(name)!);
      expect(errors).toEqual([]);
      for (const [field, question] of Object.entries(fields)) {
        const { rows } = data[field] as unknown as { rows: ApiRow[] };
        const counted = new Map(
          countUsage(generations, queryOf(question)).map((row) => [
            JSON.stringify([
              row.period,
              row.others,
              ...question.groupBy.map((each) => shown(each, row.groups[each] ?? null)),
            ]),
            row,
          ]),
        );
        expect(rows.map((row) => keyOfApi(row, question)).sort()).toEqual([...counted.keys()].sort());
        for (const row of rows) {
          const truth = counted.get(keyOfApi(row, question))!;
          for (const each of question.measures ?? []) {
            const answered = row[measures.find((measure) => measure.name === each)!.field];
            const expected = truth.measures[each]!;
            // Sums of everything are exact; estimates are rounded to whole counts, quotients to their last digit.
            if (expected === null) expect(answered).toBeNull();
            else if (Number.isInteger(expected)) expect(Number(answered)).toBe(expected);
            else
              expect(Math.abs(Number(answered) - expected)).toBeLessThanOrEqual(
                /USD|MEAN/.test(each) ? 1e-9 * expected : 0.5,
              );
          }
          if (question.share === undefined) continue;
          const expected = truth.shares[question.share] ?? null;
          if (expected === null) expect(row.share).toBeNull();
          else expect(row.share).toBeCloseTo(expected, 9);
        }
      }
    });
  });

  it('covers every document that asks for usage', () => {
    const asking = [...documents].filter(([, text]) => /\busage\(/.test(text)).map(([name]) => name);
    expect(Object.keys(questions).sort()).toEqual(asking.sort());
  });
});
