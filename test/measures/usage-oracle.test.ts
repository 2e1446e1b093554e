import fc from 'fast-check';
import { beforeAll, expect, it } from 'vitest';
import { AtlasError } from '../../src/errors.ts';
import { dimensions, type DimensionName } from '../../src/measures/dimensions.ts';
import { measures, type AdditiveMeasureName, type MeasureName } from '../../src/measures/measures.ts';
import { addDays, grains } from '../../src/measures/periods.ts';
import type { Filter, UsageQuery, UsageRow } from '../../src/measures/query.ts';
import { ReleaseReader } from '../../src/measures/release-reader.ts';
import type { Release } from '../../src/measures/release.ts';
import { answerUsage } from '../../src/measures/usage-service.ts';
import { describeOnEachDatabase, type TestDatabase } from '../support/databases.ts';
import { fixtureGenerations, fixtureRange, seedRelease } from '../support/serving-fixture.ts';
import { countUsage, valueOf } from './oracle.ts';

const generations = fixtureGenerations(1_500);
const dimensionNames = dimensions.map(({ name }) => name);
const measureNames = measures.map(({ name }) => name);
const additiveNames = measures
  .filter(({ kind }) => kind === 'SUM')
  .map(({ name }) => name) as AdditiveMeasureName[];

const condition = fc.constantFrom(...dimensionNames).chain((dimension) => {
  const values = [...new Set(generations.map((each) => valueOf(each, dimension)))].filter(
    (value) => value !== null,
  );
  const kind = fc.constantFrom('in' as const, 'notIn' as const);
  return fc.oneof(
    fc.record({ kind, dimension: fc.constant(dimension), values: fc.subarray(values, { minLength: 1 }) }),
    fc.record({
      kind: fc.constant('known' as const),
      dimension: fc.constant(dimension),
      known: fc.boolean(),
    }),
  );
});

const { filter } = fc.letrec<{ filter: Filter }>((tie) => ({
  filter: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    condition,
    fc.record({
      kind: fc.constantFrom('all', 'any'),
      of: fc.array(tie('filter'), { minLength: 1, maxLength: 3 }),
    }) as fc.Arbitrary<Filter>,
  ),
}));

const dayOfYear = fc.integer({ min: -5, max: 85 }).map((days) => addDays(fixtureRange.from, days));

const question = fc
  .record({
    groupBy: fc.subarray<DimensionName>(dimensionNames, { maxLength: 3 }),
    grain: fc.constantFrom(null, ...grains),
    range: fc.tuple(dayOfYear, dayOfYear),
    where: fc.option(filter, { freq: 2 }),
    measures: fc.subarray<MeasureName>(measureNames),
    shares: fc.subarray(additiveNames),
    shareOf: fc.constantFrom('ALL' as const, 'PERIOD' as const),
  })
  .map(({ range: [a, b], ...rest }) => ({ ...rest, from: a < b ? a : b, to: addDays(a < b ? b : a, 1) }));

/** Rows of one order, and shares rounded: a quotient of big sums may differ in its last digit. */
function comparable(rows: readonly UsageRow[]): unknown[] {
  return rows
    .map(({ period, groups, measures: values, shares }) => ({
      period,
      groups,
      measures: { ...values, EFFECTIVE_COST_USD: round(values.EFFECTIVE_COST_USD) },
      shares: Object.fromEntries(Object.entries(shares).map(([name, value]) => [name, round(value)])),
    }))
    .sort((a, b) => (JSON.stringify([a.period, a.groups]) < JSON.stringify([b.period, b.groups]) ? -1 : 1));
}

function round(value: number | string | null | undefined): number | null | undefined {
  return typeof value === 'number' ? Number(value.toPrecision(12)) : (value as null | undefined);
}

describeOnEachDatabase('usage', (open, kind) => {
  let database: TestDatabase;
  let release: Release;

  beforeAll(async () => {
    database = await open();
    await seedRelease(database.pool, generations);
    release = await new ReleaseReader(database.prisma, 'fixture').release();
  });

  it('equals a count of the raw generations for random questions', async () => {
    const seed = Number(process.env.ATLAS_TEST_SEED ?? Date.now() % 2 ** 31);
    const outcomes = { answered: 0, refused: 0 };
    await fc.assert(
      fc.asyncProperty(question, async (asked) => {
        const query: UsageQuery = { ...asked, release, orderBy: [], only: null, limit: 100_000, offset: 0 };
        try {
          const { rows } = await answerUsage(database, query);
          expect(comparable(rows)).toEqual(comparable(countUsage(generations, query)));
          outcomes.answered += 1;
        } catch (error) {
          if (!(error instanceof AtlasError)) throw error;
          expect(['NO_ROLLUP', 'NOT_ADDITIVE']).toContain(error.code);
          outcomes.refused += 1;
        }
      }),
      { seed, numRuns: 500 },
    );
    console.log(`usage oracle (${kind}): seed ${seed}`, outcomes);
    expect(outcomes.answered).toBeGreaterThan(100);
  });
});
