import { beforeAll, describe, expect, it } from 'vitest';
import {
  countCostMap,
  textbookLine,
  type OraclePoint,
  type OracleQuestion,
} from '../measures/cost-map/cost-oracle.ts';
import { askerOf, type Answer, type Asker } from '../support/ask.ts';
import { describeOnEachDatabase, type TestDatabase } from '../support/databases.ts';
import { seedRelease } from '../support/seed-release.ts';
import {
  fixtureGenerations,
  fixtureModels,
  fixtureRange,
  type FixtureGeneration,
} from '../support/serving-fixture.ts';
import { countStatements } from '../support/statements.ts';

/** A model that costs nothing, one of unknown spend, and one with keys of users and a free variant only. */
const generations = fixtureGenerations(2_000).map((each): FixtureGeneration => {
  if (each.model === 5) return { ...each, spendMicroUsd: 0 };
  if (each.model === 6) return { ...each, spendMicroUsd: null };
  if (each.model === 2) return { ...each, byok: each.byok || !each.free };
  return each;
});

const document = /* GraphQL */ `
  query (
    $of: CostSubject!
    $from: Date
    $to: Date
    $spend: SpendBasis! = LOGGED
    $freeVariants: FreeVariants! = INCLUDE
    $labelWeighting: LabelWeighting! = EACH
    $minTokens: SafeInt! = 0
    $weighting: CostWeighting! = NONE
    $medianWeighting: CostWeighting! = NONE
  ) {
    costMap(
      of: $of
      from: $from
      to: $to
      spend: $spend
      freeVariants: $freeVariants
      labelWeighting: $labelWeighting
      minTokens: $minTokens
      weighting: $weighting
      medianWeighting: $medianWeighting
    ) {
      points {
        id
        of
        name
        source
        totalTokens
        logTokens
        requests
        pricedTokens
        spendUsd
        effectiveCostUsd
        estimatedShare
        quadrant
        listCost {
          basis
          listUsd
          paidUsd
          cachingGap
          tokenShare
        }
        release {
          id
        }
      }
      dividers {
        effectiveCostUsd
        totalTokens
      }
      fits {
        group
        n
        slope
        intercept
        r
        slopeStandardError
        slopeLow
        slopeHigh
        elasticity {
          useChange
          sentence
        }
      }
      leftOut {
        unknownCost
        zeroCost
        zeroTokens
        belowMinimum
        unnamedTokens
        unsplitTokens
      }
      meta {
        release {
          id
        }
        complete
        coverage {
          name
        }
        warnings
      }
      citation {
        url
      }
    }
  }
`;

interface ApiPoint extends Omit<OraclePoint, 'spendUsd' | 'listed' | 'entity'> {
  id: string;
  name: string;
  spendUsd: string | null;
  logTokens: number | null;
  listCost: (NonNullable<OraclePoint['listed']> & { basis: string }) | null;
}

interface ApiFit {
  group: string;
  n: number;
  slope: number | null;
  intercept: number | null;
  r: number | null;
  slopeLow: number | null;
  elasticity: { useChange: number; sentence: string } | null;
}

interface ApiMap {
  points: ApiPoint[];
  dividers: { effectiveCostUsd: number; totalTokens: number };
  fits: ApiFit[];
  leftOut: Record<string, number>;
  meta: { warnings: string[]; complete: boolean; coverage: { name: string }[] };
}

const mapOf = ({ data, errors }: Answer): ApiMap => {
  expect(errors).toEqual([]);
  return data.costMap as unknown as ApiMap;
};

/** Equal to the last digits of a quotient; null is not 0. */
function expectClose(value: number | string | null | undefined, truth: number | null, what: string): void {
  if (truth === null || value === null || value === undefined) {
    expect(value ?? null, what).toBe(truth);
    return;
  }
  const difference = Math.abs(Number(value) - truth);
  expect(difference, `${what}: ${value}, not ${truth}`).toBeLessThanOrEqual(1e-12 * Math.abs(truth));
}

const subjects = ['MODEL', 'AUTHOR', 'PROVIDER', 'CATEGORY'] as const;
const ranges = {
  'all days': fixtureRange,
  'from the last of January to the leap day': { from: '2024-01-31', to: '2024-02-29' },
  'the leap day': { from: '2024-02-29', to: '2024-03-01' },
  'whole months': { from: '2024-01-01', to: '2024-03-01' },
  'the last of December': { from: '2023-12-31', to: '2024-01-01' },
};

describeOnEachDatabase('costMap', (open) => {
  let database: TestDatabase;
  let asker: Asker;

  beforeAll(async () => {
    database = await open();
    await seedRelease(database.pool, generations);
    asker = askerOf(database);
    await asker.ask('{ models { totalCount } }');
  });

  describe.each(Object.entries(ranges))('over %s', (_name, range) => {
    it.each(subjects)('equals a count of the raw generations, by %s', async (of) => {
      for (const spend of ['LOGGED', 'LOGGED_OR_ESTIMATED'] as const) {
        for (const freeVariants of ['INCLUDE', 'EXCLUDE'] as const) {
          for (const labelWeighting of of === 'CATEGORY'
            ? (['EACH', 'SPLIT'] as const)
            : (['EACH'] as const)) {
            const question: OracleQuestion = {
              of,
              ...range,
              spend,
              freeVariants,
              labelWeighting,
              minTokens: 0,
            };
            const map = mapOf(await asker.ask(document, { ...question }));
            const truth = countCostMap(generations, question);
            expect(map.points.map(({ name }) => name).sort()).toEqual(
              truth.points.map(({ entity }) => entity).sort(),
            );
            for (const point of map.points) {
              expectSamePoint(
                point,
                truth.points.find(({ entity }) => entity === point.name)!,
                of,
              );
            }
            expectClose(map.dividers.effectiveCostUsd, truth.dividers.cost, 'median cost');
            expectClose(map.dividers.totalTokens, truth.dividers.tokens, 'median tokens');
            expectSameLine(map.fits[0]!, truth.points);
            const sorted = map.points.map(({ totalTokens }) => totalTokens);
            expect(sorted).toEqual([...sorted].sort((a, b) => b - a));
          }
        }
      }
    });
  });

  it('leaves BYOK out of cost and use, and keeps what costs nothing or nobody knows out of the fit, with counts', async () => {
    const all = mapOf(await asker.ask(document, { of: 'MODEL' }));
    const point = (name: string) => all.points.find((each) => each.name === name)!;
    expect(point('meta/closed')).toMatchObject({ effectiveCostUsd: 0, spendUsd: '0' });
    // The generations of a free variant are known to cost nothing only where estimates are asked for.
    expect(point('unlabelled/mystery')).toMatchObject({
      effectiveCostUsd: null,
      spendUsd: null,
      quadrant: null,
    });
    const own = generations.filter(({ model, byok }) => model === 2 && !byok);
    expect(point('alibaba/small').requests).toBe(own.length);
    expect(own.every(({ free }) => free)).toBe(true);
    expect(all.leftOut).toEqual({
      unknownCost: 1,
      zeroCost: 1,
      zeroTokens: 0,
      belowMinimum: 0,
      unnamedTokens: 0,
      unsplitTokens: 0,
    });
    expect(all.fits.map(({ group, n }) => [group, n])).toEqual([
      ['ALL', 4],
      ['OPEN', 3],
      ['PROPRIETARY', 1],
    ]);
    expect(all.fits[2]).toMatchObject({ slope: null, slopeLow: null, elasticity: null });
    expect(all.meta.warnings).toContain(
      '1 of 6 points have no known cost: they are in no quarter and no fit.',
    );

    const paid = mapOf(await asker.ask(document, { of: 'MODEL', freeVariants: 'EXCLUDE' }));
    expect(paid.points.map(({ name }) => name)).not.toContain('alibaba/small');
  });

  it('takes only points of enough tokens, and says how many had fewer', async () => {
    const all = mapOf(await asker.ask(document, { of: 'MODEL' }));
    const minTokens = all.points[2]!.totalTokens;
    const some = mapOf(await asker.ask(document, { of: 'MODEL', minTokens }));
    expect(some.points.map(({ name }) => name)).toEqual(all.points.slice(0, 3).map(({ name }) => name));
    expect(some.leftOut).toMatchObject({ belowMinimum: 3 });
    const { dividers } = countCostMap(generations, {
      ...{ of: 'MODEL', ...fixtureRange, spend: 'LOGGED', freeVariants: 'INCLUDE', labelWeighting: 'EACH' },
      minTokens,
    });
    expectClose(some.dividers.effectiveCostUsd, dividers.cost, 'median cost');
  });

  it('weighs fit and medians by tokens where asked', async () => {
    const map = mapOf(
      await asker.ask(document, { of: 'MODEL', weighting: 'TOKENS', medianWeighting: 'TOKENS' }),
    );
    const known = map.points.filter(({ effectiveCostUsd }) => effectiveCostUsd !== null);
    const half = known.reduce((sum, { totalTokens }) => sum + totalTokens, 0) / 2;
    const below = (isBelow: (point: ApiPoint) => boolean) =>
      known.filter(isBelow).reduce((sum, { totalTokens }) => sum + totalTokens, 0);
    expect(
      below(({ effectiveCostUsd }) => effectiveCostUsd! < map.dividers.effectiveCostUsd),
    ).toBeLessThanOrEqual(half);
    expect(
      below(({ effectiveCostUsd }) => effectiveCostUsd! > map.dividers.effectiveCostUsd),
    ).toBeLessThanOrEqual(half);
    // The weighted line: no other slope or intercept has a smaller weighted sum of squares.
    const { slope, intercept } = map.fits[0]!;
    const squares = (b: number, a: number) =>
      known
        .filter(({ effectiveCostUsd }) => effectiveCostUsd! > 0)
        .reduce(
          (sum, { effectiveCostUsd, totalTokens, logTokens }) =>
            sum + totalTokens * (logTokens! - a - b * Math.log10(effectiveCostUsd!)) ** 2,
          0,
        );
    const least = squares(slope!, intercept!);
    for (const step of [-1e-3, 1e-3]) {
      expect(squares(slope! + step, intercept!)).toBeGreaterThan(least);
      expect(squares(slope!, intercept! + step)).toBeGreaterThan(least);
    }
    const plain = mapOf(await asker.ask(document, { of: 'MODEL' }));
    expect(plain.fits[0]!.slope).not.toBeCloseTo(slope!, 6);
    expect(map.fits[0]!.elasticity?.sentence).toMatch(
      /^A price 10 % lower goes with .* over 4 points, weighted by tokens: an association, not a cause\.$/,
    );
  });

  it('agrees with the effective cost of `usage`', async () => {
    const { points } = mapOf(await asker.ask(document, { of: 'PROVIDER' }));
    const { data } = await asker.ask(
      '{ usage(groupBy: [PROVIDER]) { rows { provider { name } effectiveCostUsd } } }',
    );
    const { rows } = data.usage as unknown as {
      rows: { provider: { name: string } | null; effectiveCostUsd: number }[];
    };
    for (const { name, effectiveCostUsd } of points) {
      expectClose(
        effectiveCostUsd,
        rows.find(({ provider }) => provider?.name === name)!.effectiveCostUsd,
        name,
      );
    }
  });

  it('is one statement, whatever is asked of it and however often', async () => {
    const { result, statements } = await countStatements(() =>
      asker.ask(`{
        plain: costMap(of: MODEL) { points { id author { name } model { name } } fits { slope } }
        weighted: costMap(of: MODEL, weighting: TOKENS, medianWeighting: TOKENS, minTokens: 10) { fits { slope } }
        paid: costMap(of: MODEL, freeVariants: EXCLUDE, spend: LOGGED_OR_ESTIMATED) { points { effectiveCostUsd } }
      }`),
    );
    expect(result.errors).toEqual([]);
    expect(statements.filter((text) => text.startsWith('/* usage'))).toHaveLength(1);
  });

  it('gives points that node finds again, all of one map by one statement', async () => {
    const args = {
      of: 'MODEL',
      from: '2024-01-15',
      spend: 'LOGGED_OR_ESTIMATED',
      minTokens: 5,
      medianWeighting: 'TOKENS',
    };
    const map = mapOf(await asker.ask(document, args));
    const ids = map.points.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    const { result, statements } = await countStatements(() =>
      asker.ask(
        'query ($ids: [ID!]!) { nodes(ids: $ids) { __typename id ... on CostPoint { effectiveCostUsd quadrant totalTokens release { id } } } }',
        { ids },
      ),
    );
    expect(result.errors).toEqual([]);
    expect(result.data.nodes).toEqual(
      map.points.map(({ id, effectiveCostUsd, quadrant, totalTokens }) => ({
        ...{ __typename: 'CostPoint', id, effectiveCostUsd, quadrant, totalTokens },
        release: { id: 'fixture@2024-03-07.1' },
      })),
    );
    expect(statements.filter((text) => text.startsWith('/* usage'))).toHaveLength(1);
  });

  it('has no node for an id that no point has', async () => {
    const ids = [
      'cost-point:fixture@2024-03-07.1?of=MODEL&entity=no%2Fmodel',
      'cost-point:fixture@2024-03-07.9?of=MODEL&entity=google%2Fclosed',
      'cost-point:fixture@2024-03-07.1?of=TAG&entity=games',
      'cost-point:fixture@2024-03-07.1?of=MODEL&entity=google%2Fclosed&spend=LOGGED',
      'cost-point:fixture@2024-03-07.1?of=MODEL&entity=google%2Fclosed&from=2024-02-31x',
      'cost-point:',
    ];
    const { data, errors } = await asker.ask('query ($ids: [ID!]!) { nodes(ids: $ids) { id } }', { ids });
    expect(errors).toEqual([]);
    expect(data.nodes).toEqual(ids.map(() => null));
  });

  it('refuses what it can not answer, and says why', async () => {
    const refused = async (text: string) => {
      const { errors } = await asker.ask(text);
      return [(errors[0]?.originalError as { code?: string } | undefined)?.code, errors[0]?.message];
    };
    expect(
      await refused('{ costMap(of: MODEL, from: "2024-02-01", to: "2024-02-01") { points { id } } }'),
    ).toEqual(['BAD_ARGUMENT', expect.stringContaining('range is empty')]);
    expect(await refused('{ costMap(of: MODEL, minTokens: -1) { points { id } } }')).toEqual([
      'BAD_ARGUMENT',
      '`minTokens` is -1: give 0 or more.',
    ]);
    expect(
      await refused('{ costMap(of: MODEL) { fits { elasticity(priceChange: -1) { useChange } } } }'),
    ).toEqual(['BAD_ARGUMENT', expect.stringContaining('more than -1')]);
  });

  it('states of which release, range and coverage it is', async () => {
    const map = mapOf(await asker.ask(document, { of: 'MODEL' }));
    expect(map.meta.coverage.map(({ name }) => name)).toEqual([
      ...['MODEL', 'requests', 'totalTokens', 'spendUsd', 'effectiveCostUsd', 'byokTokens'],
    ]);
    expect(map.meta).toMatchObject({ complete: true, release: { id: 'fixture@2024-03-07.1' } });
  });
});

describeOnEachDatabase('costs', (open) => {
  it('of a list of entities take one statement, and equal those of the map', async () => {
    const database = await open();
    await seedRelease(database.pool, generations);
    const asker = askerOf(database);
    const ask = (first: number) =>
      asker.ask(
        `query ($first: Int!) { models(first: $first, orderBy: ID) { nodes { id
           effectiveCost(spend: LOGGED_OR_ESTIMATED, freeVariants: EXCLUDE) { effectiveCostUsd totalTokens spendUsd }
         } } }`,
        { first },
      );
    await ask(1);
    for (const first of [1, 50]) {
      const { statements } = await countStatements(() => ask(first));
      expect(statements.filter((text) => text.startsWith('/* usage'))).toHaveLength(1);
    }
    const { data } = await ask(50);
    const { nodes } = data.models as unknown as {
      nodes: {
        id: string;
        effectiveCost: {
          effectiveCostUsd: number | null;
          totalTokens: number;
          spendUsd: string | null;
        } | null;
      }[];
    };
    expect(nodes.map(({ id }) => id).sort()).toEqual(fixtureModels.map(({ id }) => id).sort());
    const map = mapOf(
      await asker.ask(document, { of: 'MODEL', spend: 'LOGGED_OR_ESTIMATED', freeVariants: 'EXCLUDE' }),
    );
    for (const { name, effectiveCostUsd, totalTokens, spendUsd } of map.points) {
      expect(nodes.find(({ id }) => id === name)?.effectiveCost).toEqual({
        effectiveCostUsd,
        totalTokens,
        spendUsd,
      });
    }
    const lists = { authors: 'AUTHOR', providers: 'PROVIDER', categories: 'CATEGORY' };
    for (const [list, of] of Object.entries(lists)) {
      const { errors, data: other } = await asker.ask(
        `{ ${list} { nodes { name effectiveCost { effectiveCostUsd totalTokens } } } }`,
      );
      expect(errors).toEqual([]);
      const listed = (other[list] as unknown as { nodes: { name: string; effectiveCost: object }[] }).nodes;
      const { points } = mapOf(await asker.ask(document, { of }));
      expect(points).toHaveLength(listed.length);
      for (const { name, effectiveCostUsd, totalTokens } of points) {
        expect(listed.find((each) => each.name === name)?.effectiveCost).toEqual({
          effectiveCostUsd,
          totalTokens,
        });
      }
    }
  });

  it('take the price of the catalogue for the list where no price of any day is known', async () => {
    const database = await open();
    const release = await seedRelease(database.pool, generations);
    await database.pool.query(
      `UPDATE models SET input_price_usd = 4, output_price_usd = 20, price_as_of = '2024-03-01' WHERE release_key = $1`,
      [release],
    );
    const map = mapOf(await askerOf(database).ask(document, { of: 'MODEL' }));
    const { listCost } = map.points.find(({ name }) => name === 'google/open-medium')!;
    const own = generations.filter(({ model }) => model === 4);
    const prompt = own.reduce((sum, { promptTokens }) => sum + promptTokens, 0);
    const completion = own.reduce((sum, { completionTokens }) => sum + completionTokens, 0);
    const billed = own.filter(({ byok, free, spendMicroUsd }) => !byok && !free && spendMicroUsd !== null);
    const paid = billed.reduce((sum, { spendMicroUsd }) => sum + spendMicroUsd!, 0);
    const tokens = billed.reduce((sum, each) => sum + each.promptTokens + each.completionTokens, 0);
    const listUsd = (4 * prompt + 20 * completion) / (prompt + completion);
    expect(listCost).toMatchObject({ basis: 'CATALOG', tokenShare: 1 });
    expectClose(listCost?.listUsd, listUsd, 'list');
    expectClose(listCost?.paidUsd, paid / tokens, 'paid');
    expectClose(listCost?.cachingGap, 1 - paid / tokens / listUsd, 'gap');
    expect(map.points.find(({ name }) => name === 'google/closed')?.listCost?.basis).toBe('DATED');
  });

  it('of a release that kept neither estimates nor free variants are refused, not guessed', async () => {
    const database = await open();
    const release = await seedRelease(database.pool, generations);
    await database.pool.query(
      `UPDATE usage_day_model_provider SET estimated_tokens = NULL, estimated_spend_usd = NULL, free_requests = NULL,
         free_tokens = NULL, free_billed_tokens = NULL, free_billed_spend_usd = NULL, free_estimated_tokens = NULL,
         unsplit_tokens = NULL WHERE release_key = $1`,
      [release],
    );
    const asker = askerOf(database);
    expect(mapOf(await asker.ask(document, { of: 'MODEL' })).points).toHaveLength(6);
    for (const args of ['freeVariants: EXCLUDE', 'spend: LOGGED_OR_ESTIMATED']) {
      const { errors } = await asker.ask(`{ costMap(of: MODEL, ${args}) { points { id } } }`);
      expect(errors[0]?.originalError).toMatchObject({ code: 'NO_ROLLUP' });
      const nested = await asker.ask(`{ models { nodes { effectiveCost(${args}) { spendUsd } } } }`);
      expect(nested.errors[0]?.originalError).toMatchObject({ code: 'NO_ROLLUP' });
    }
  });

  it('keep a free part that is not told apart, and say in how many tokens', async () => {
    const database = await open();
    const release = await seedRelease(database.pool, generations);
    await database.pool.query(
      `UPDATE usage_day_model_provider SET free_requests = NULL, free_tokens = NULL, free_billed_tokens = NULL,
         free_billed_spend_usd = NULL, free_estimated_tokens = NULL, unsplit_tokens = total_tokens
       WHERE release_key = $1 AND level = 'MODEL' AND model_key = 1`,
      [release],
    );
    const map = mapOf(await askerOf(database).ask(document, { of: 'MODEL', freeVariants: 'EXCLUDE' }));
    const all = generations.filter(({ model }) => model === 1);
    const own = all.filter(({ byok }) => !byok);
    const tokens = (of: readonly FixtureGeneration[]) =>
      of.reduce((sum, { promptTokens, completionTokens }) => sum + promptTokens + completionTokens, 0);
    const point = map.points.find(({ name }) => name === 'alibaba/large-thinker')!;
    expect(point).toMatchObject({ totalTokens: tokens(own), requests: own.length });
    expect(map.leftOut).toMatchObject({ unsplitTokens: tokens(all) });
    expect(map.meta.warnings.join()).toContain(`cells with ${tokens(all)} tokens`);
  });
});

function expectSamePoint(point: ApiPoint, truth: OraclePoint, of: string): void {
  const { name } = point;
  // Estimates are rounded to whole counts in the answer; sums of everything are exact.
  const counts = ['totalTokens', 'requests', 'pricedTokens'] as const;
  for (const each of counts) {
    if (of === 'CATEGORY') expect(Math.abs(point[each]! - truth[each])).toBeLessThanOrEqual(0.5 + 1e-6);
    else expect(point[each], `${name} ${each}`).toBe(truth[each]);
  }
  if (of === 'CATEGORY') expectClose(point.spendUsd, truth.spendUsd, `${name} spend`);
  else
    expect(point.spendUsd === null ? null : Math.round(Number(point.spendUsd) * 1e6)).toBe(
      truth.spendUsd === null ? null : Math.round(truth.spendUsd * 1e6),
    );
  expectClose(point.effectiveCostUsd, truth.effectiveCostUsd, `${name} cost`);
  expectClose(point.estimatedShare, truth.estimatedShare, `${name} estimated`);
  expect(point).toMatchObject({ quadrant: truth.quadrant, source: truth.source });
  expect(
    Math.abs((point.logTokens ?? 0) - (truth.totalTokens === 0 ? 0 : Math.log10(truth.totalTokens / 1e6))),
  ).toBeLessThan(1e-12);
  expect(point.listCost === null).toBe(truth.listed === null);
  for (const each of ['listUsd', 'paidUsd', 'cachingGap', 'tokenShare'] as const) {
    expect(Math.abs((point.listCost?.[each] ?? 0) - (truth.listed?.[each] ?? 0))).toBeLessThan(
      1e-12 * (1 + Math.abs(truth.listed?.[each] ?? 0)),
    );
  }
}

function expectSameLine(fit: ApiFit, points: readonly OraclePoint[]): void {
  const truth = textbookLine(points);
  expect(fit.n).toBe(truth.n);
  if (truth.n < 2) {
    expect(fit.slope).toBeNull();
    return;
  }
  // The textbook's sums lose digits where costs are close to each other.
  expect(Math.abs(fit.slope! / truth.slope - 1)).toBeLessThan(1e-7);
  expect(Math.abs(fit.intercept! - truth.intercept)).toBeLessThan(1e-7 * (1 + Math.abs(truth.slope)));
  expect(fit.r).toBeCloseTo(truth.r, 7);
  expect(fit.elasticity!.useChange).toBeCloseTo(0.9 ** truth.slope - 1, 6);
}
