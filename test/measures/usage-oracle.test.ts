import fc from 'fast-check';
import { beforeAll, expect, it } from 'vitest';
import { relativeError } from '../../src/catalog/log-buckets.ts';
import { AtlasError } from '../../src/errors.ts';
import { comparedTo } from '../../src/measures/compare.ts';
import { dimensions, type DimensionName } from '../../src/measures/dimensions.ts';
import {
  distributions,
  measures,
  type AdditiveMeasureName,
  type DistributionName,
  type MeasureName,
} from '../../src/measures/measures.ts';
import { addDays, grains } from '../../src/measures/periods.ts';
import type { Filter, UsageQuery, UsageRow } from '../../src/measures/query.ts';
import { ReleaseReader } from '../../src/measures/release-reader.ts';
import type { Release } from '../../src/measures/release.ts';
import { answerUsage } from '../../src/measures/usage-service.ts';
import { describeOnEachDatabase, type TestDatabase } from '../support/databases.ts';
import { seedRelease } from '../support/seed-release.ts';
import { fixtureGenerations, fixtureRange } from '../support/serving-fixture.ts';
import { countUsage, valueOf, type OracleRow } from './oracle.ts';

const runs = 500;
const generations = fixtureGenerations(1_500);
const dimensionNames = dimensions.map(({ name }) => name);
const measureNames = measures.map(({ name }) => name);
const rankable = measures
  .filter(({ kind }) => kind === 'SUM' || kind === 'RATIO')
  .map(({ name }) => name) as MeasureName[];
const additiveNames = measures
  .filter(({ kind }) => kind === 'SUM')
  .map(({ name }) => name) as AdditiveMeasureName[];
const distributionNames = distributions.map(({ name }) => name) as DistributionName[];

const valuesOf = (dimension: DimensionName) => {
  const rows = generations.flatMap((each) =>
    (each.tags ?? [null]).map((tag) => ({
      each,
      weight: 1,
      tag,
      category: tag === null ? null : Math.min(tag, 3),
    })),
  );
  return [...new Set(rows.map((row) => valueOf(row, dimension)))].filter((value) => value !== null);
};

const condition = fc.constantFrom(...dimensionNames).chain((name): fc.Arbitrary<Filter> => {
  const values = valuesOf(name);
  const dimension = fc.constant(name);
  const bound = fc.option(fc.constantFrom(...values));
  return fc.oneof(
    fc.record({
      kind: fc.constantFrom('in' as const, 'notIn' as const),
      dimension,
      values: fc.subarray(values, { minLength: 1 }),
    }),
    fc.record({ kind: fc.constant('known' as const), dimension, known: fc.boolean() }),
    ...(name === 'REASONING'
      ? []
      : [fc.record({ kind: fc.constant('range' as const), dimension, from: bound, to: bound })]),
  );
});

const { filter } = fc.letrec<{ filter: Filter }>((tie) => ({
  filter: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    condition,
    fc.record({
      kind: fc.constantFrom('all', 'any'),
      of: fc.array(tie('filter'), { minLength: 1, maxLength: 2 }),
    }) as fc.Arbitrary<Filter>,
  ),
}));

const dayOfYear = fc.integer({ min: -5, max: 85 }).map((days) => addDays(fixtureRange.from, days));

const question = fc
  .record({
    groupBy: fc.subarray<DimensionName>(dimensionNames, { maxLength: 2 }),
    calendar: fc.option(
      fc.record({
        grain: fc.constantFrom(...grains),
        weekStart: fc.constantFrom('MONDAY' as const, 'SUNDAY' as const),
      }),
      { freq: 4 },
    ),
    range: fc.tuple(dayOfYear, dayOfYear),
    where: fc.option(filter, { freq: 1 }),
    measures: fc.subarray<MeasureName>(measureNames, { maxLength: 8 }),
    // Users are asked for rarely, since most groupings have to refuse them.
    users: fc.integer({ min: 0, max: 9 }).map((dice) => dice === 0),
    shares: fc.subarray(additiveNames, { maxLength: 3 }),
    distributions: fc.oneof(
      { weight: 3, arbitrary: fc.constant<DistributionName[]>([]) },
      { weight: 1, arbitrary: fc.subarray(distributionNames) },
    ),
    shareOf: fc.constantFrom('ALL', 'PERIOD', 'GROUP'),
    top: fc.option(
      fc.record({
        by: fc.constantFrom(...rankable),
        count: fc.integer({ min: 1, max: 4 }),
        others: fc.constantFrom('SHOW' as const, 'DROP' as const),
        within: fc.constantFrom('RANGE' as const, 'PERIOD' as const),
      }),
      { freq: 1 },
    ),
    compare: fc.option(fc.constantFrom('PREVIOUS_PERIOD' as const, 'PREVIOUS_YEAR' as const), { freq: 1 }),
    samePart: fc.boolean(),
    labelWeighting: fc.constantFrom('EACH' as const, 'SPLIT' as const),
  })
  .map(({ range: [a, b], users, measures: asked, shareOf, top, ...rest }) => ({
    ...rest,
    from: a < b ? a : b,
    to: addDays(a < b ? b : a, 1),
    measures: users ? asked : asked.filter((name) => name !== 'DISTINCT_USERS'),
    shareOf: shareOf === 'GROUP' ? (rest.groupBy[0] ?? 'PERIOD') : (shareOf as 'ALL' | 'PERIOD'),
    top: rest.groupBy.length === 0 || (rest.calendar === null && top?.within === 'PERIOD') ? null : top,
  }));

/** Counts are exact; estimates from a sample are rounded to whole ones in the answer, and quotients in their last digits. */
function expectSame(
  name: string,
  answered: number | string | null | undefined,
  counted: number | null,
): void {
  if (answered === null || answered === undefined || counted === null) {
    expect(answered ?? null, name).toBe(counted);
    return;
  }
  const tolerance =
    Math.abs(counted) * 1e-9 + (Number.isInteger(counted) || /USD|MEAN|share/.test(name) ? 0 : 0.5);
  expect(Math.abs(Number(answered) - counted), `${name}: ${answered} against ${counted}`).toBeLessThanOrEqual(
    tolerance,
  );
}

function expectEqual(rows: readonly UsageRow[], counted: readonly OracleRow[]): void {
  const truth = new Map(counted.map((row) => [key(row), row]));
  expect(rows.map(key).sort()).toEqual([...truth.keys()].sort());
  for (const row of rows) {
    const expected = truth.get(key(row))!;
    for (const name of Object.keys(expected.measures)) {
      expectSame(name, row.measures[name as MeasureName], expected.measures[name]!);
      if (expected.base !== null)
        expectSame(`base ${name}`, row.base?.[name as MeasureName], expected.base[name]!);
    }
    for (const [name, value] of Object.entries(expected.shares)) {
      expectSame(`share of ${name}`, row.shares[name as AdditiveMeasureName], value);
    }
  }
}

const key = ({ period, others, groups }: Pick<OracleRow, 'period' | 'others'> & { groups: object }): string =>
  JSON.stringify([period, others, groups]);

function expectPercentiles(rows: readonly UsageRow[], counted: readonly OracleRow[]): void {
  const truth = new Map(counted.map((row) => [key(row), row.distributions]));
  for (const row of rows) {
    for (const [name, values] of Object.entries(row.distributions)) {
      for (const [index, value] of values.entries()) {
        const expected = truth.get(key(row))?.[name]?.[index] ?? null;
        if (expected === null || value === null) expect(value).toBe(expected);
        else expect(Math.abs(value - expected)).toBeLessThanOrEqual(relativeError * expected + 1e-9);
      }
    }
  }
}

describeOnEachDatabase('usage', (open, kind) => {
  let database: TestDatabase;
  let release: Release;

  beforeAll(async () => {
    database = await open();
    await seedRelease(database.pool, generations);
    release = await new ReleaseReader(database.prisma, 'fixture').release();
  });

  it(`equals a count of the raw generations for ${runs} random questions`, async () => {
    const seed = Number(process.env.ATLAS_TEST_SEED ?? Date.now() % 2 ** 31);
    const outcomes = { answered: 0, refused: 0, rows: 0 };
    const property = fc.asyncProperty(question, async ({ compare, samePart, ...asked }) => {
      const query: UsageQuery = {
        ...asked,
        release,
        comparedTo:
          compare === null ? null : comparedTo(compare, asked, asked.calendar, release.periodTo, samePart),
        emptyPeriods: false,
        orderBy: [],
        only: null,
        limit: 100_000,
        offset: 0,
      };
      try {
        const { rows } = await answerUsage(database, query);
        const counted = countUsage(generations, query);
        expectEqual(rows, counted);
        expectPercentiles(rows, counted);
        outcomes.answered += 1;
        outcomes.rows += rows.length;
      } catch (error) {
        if (!(error instanceof AtlasError)) throw error;
        expect(['NO_ROLLUP', 'NOT_ADDITIVE']).toContain(error.code);
        outcomes.refused += 1;
        // Asks for another question in its place.
        fc.pre(false);
      }
    });
    await fc.assert(property, { seed, numRuns: runs, maxSkipsPerRun: 20 });
    console.log(`usage oracle (${kind}): seed ${seed}`, outcomes);
    expect(outcomes.answered).toBeGreaterThanOrEqual(runs);
  });
});
