import type pg from 'pg';
import { gamma } from '../../src/catalog/log-buckets.ts';
import { dimensions } from '../../src/measures/dimensions.ts';
import { periodStart } from '../../src/measures/periods.ts';
import { cohortsByHand } from '../measures/retention/retention-oracle.ts';
import { coarsen } from '../../src/releases/coarsen.ts';
import { mergeHistograms } from './merge-histograms.ts';
import {
  fixtureAuthors,
  fixtureCategories,
  fixtureContinents,
  fixtureModels,
  fixtureProviders,
  fixtureRange,
  fixtureSamplingRate,
  fixtureTags,
  listMicroUsd,
  type FixtureGeneration,
} from './serving-fixture.ts';

const coveredMeasures = [
  'requests',
  'promptTokens',
  'completionTokens',
  'reasoningTokens',
  'cachedTokens',
  'totalTokens',
  'spend',
  'distinctUsers',
  'toolCalls',
  'toolsOffered',
  'streamed',
  'cancelled',
  'byok',
  'latency',
  'timeToFirstToken',
];

/** Writes the generations as the aggregate rows of a release, without the counting side. */
export async function seedRelease(
  pool: pg.Pool,
  generations: readonly FixtureGeneration[],
  { dataset = 'fixture', number = 1, uncovered = [] as string[] } = {},
): Promise<number> {
  const id = `${dataset}@${fixtureRange.to}.${number}`;
  const covered = (names: readonly string[]): Record<string, number> =>
    Object.fromEntries(names.map((name) => [name, uncovered.includes(name) ? 0 : 1]));
  await pool.query(
    `INSERT INTO datasets (id, title, description, kind, licence, citation)
     VALUES ($1, 'Fixture', 'Made for tests.', 'GENERATIONS', 'CC0-1.0', 'A fixture.') ON CONFLICT DO NOTHING`,
    [dataset],
  );
  const { rows } = await pool.query<{ key: number }>(
    `INSERT INTO releases (id, dataset_id, published_at, period_from, period_to, licence, citation, fingerprint,
       catalog_version, rows_read, rows_quarantined, total_tokens, coverage, sampling)
     VALUES ($1, $2, '2024-03-07T12:00:00Z', $3, $4, 'CC0-1.0', 'A fixture.', $1, 'test', $5, 0, $6, $7, $8) RETURNING key`,
    [
      id,
      dataset,
      fixtureRange.from,
      fixtureRange.to,
      generations.length,
      generations.reduce((sum, each) => sum + tokensOf(each), 0),
      { measures: covered(coveredMeasures), dimensions: covered(dimensions.map(({ name }) => name)) },
      { rate: fixtureSamplingRate, rows: 0, method: 'made', taxonomyVersion: 'test' },
    ],
  );
  const release = rows[0]!.key;
  await seedEntities(pool, release);
  await seedUsage(pool, release, generations);
  await seedSample(pool, release, generations);
  await seedActiveUsers(pool, release, generations);
  await seedHistograms(pool, release, generations);
  await seedRetention(pool, release, generations);
  await coarsen(pool, release);
  await mergeHistograms(pool, release);
  return release;
}

async function insert(pool: pg.Pool, table: string, rows: readonly Record<string, unknown>[]): Promise<void> {
  for (let start = 0; start < rows.length; start += 200) {
    const chunk = rows.slice(start, start + 200);
    const columns = Object.keys(chunk[0] ?? {});
    const values = chunk.map(
      (_, row) => `(${columns.map((_column, index) => `$${row * columns.length + index + 1}`).join(', ')})`,
    );
    await pool.query(
      `INSERT INTO ${table} (${columns.join(', ')}) VALUES ${values.join(', ')}`,
      chunk.flatMap((row) => columns.map((column) => row[column])),
    );
  }
}

async function seedEntities(pool: pg.Pool, release_key: number): Promise<void> {
  const named = (ids: readonly string[]) =>
    ids.map((id, index) => ({ release_key, key: index + 1, id, name: id }));
  const used = (ids: readonly string[]) => named(ids).map((row) => ({ ...row, total_tokens: 1 }));
  await insert(pool, 'authors', used(fixtureAuthors));
  await insert(pool, 'providers', used(fixtureProviders));
  await insert(pool, 'categories', named(fixtureCategories));
  await insert(
    pool,
    'tags',
    named(fixtureTags.map(({ id }) => id)).map((row, index) => ({
      ...row,
      category_key: fixtureTags[index]!.category,
    })),
  );
  await insert(
    pool,
    'countries',
    Object.entries(fixtureContinents).map(([code, continent]) => ({
      release_key,
      code,
      name: code,
      continent,
    })),
  );
  await insert(
    pool,
    'models',
    fixtureModels.map(({ key, id, author, source, origin, sourceGroup, size, reasoning }) => ({
      release_key,
      key,
      id,
      name: id,
      author_key: author,
      source,
      origin,
      source_group: sourceGroup,
      size_class: size,
      reasoning,
      labelled: source !== null,
      total_tokens: 100 - key,
    })),
  );
}

const tokensOf = (each: FixtureGeneration): number => each.promptTokens + each.completionTokens;

type WeightOf = (each: FixtureGeneration) => number;

function weightedSum(
  of: readonly FixtureGeneration[],
  weightOf: WeightOf,
  valueOf: (each: FixtureGeneration) => number | null,
): number | null {
  const known = of.flatMap((each) => {
    const value = valueOf(each);
    return value === null ? [] : [value * weightOf(each)];
  });
  return known.length === 0 ? null : known.reduce((total, value) => total + value, 0);
}

const dollars = (micro: number | null): string | null => (micro === null ? null : (micro / 1e6).toFixed(15));

/** Weighted sums of the columns that the rollups by provider and by category have beside the rest. */
function costColumns(
  rows: readonly FixtureGeneration[],
  weightOf: WeightOf = () => 1,
): Record<string, unknown> {
  const paid = rows.filter(({ byok }) => !byok);
  const billed = paid.filter(({ spendMicroUsd }) => spendMicroUsd !== null);
  const estimated = paid.filter((each) => each.spendMicroUsd === null && listMicroUsd(each) !== null);
  const listed = billed.filter((each) => !each.free && listMicroUsd(each) !== null);
  const isFree = ({ free }: FixtureGeneration): boolean => free;
  const tokens = (of: readonly FixtureGeneration[]) => weightedSum(of, weightOf, tokensOf);
  const spend = (of: readonly FixtureGeneration[]) =>
    dollars(weightedSum(of, weightOf, (each) => each.spendMicroUsd));
  return {
    estimated_tokens: tokens(estimated),
    estimated_spend_usd: dollars(weightedSum(estimated, weightOf, listMicroUsd)),
    listed_tokens: tokens(listed),
    listed_spend_usd: spend(listed),
    list_cost_usd: dollars(weightedSum(listed, weightOf, listMicroUsd)),
    free_requests: weightedSum(paid.filter(isFree), weightOf, () => 1) ?? 0,
    free_tokens: tokens(paid.filter(isFree)) ?? 0,
    free_billed_tokens: tokens(billed.filter(isFree)),
    free_billed_spend_usd: spend(billed.filter(isFree)),
    free_estimated_tokens: tokens(estimated.filter(isFree)),
    unsplit_tokens: 0,
  };
}

/** Weighted sums of the columns that every usage rollup has. */
function usageColumns(
  rows: readonly FixtureGeneration[],
  weightOf: WeightOf = () => 1,
): Record<string, unknown> {
  const sum = (valueOf: (each: FixtureGeneration) => number | null, of = rows): number | null =>
    weightedSum(of, weightOf, valueOf);
  const count = (flagOf: (each: FixtureGeneration) => boolean | null): number | null =>
    sum((each) => {
      const flag = flagOf(each);
      return flag === null ? null : Number(flag);
    });
  const billed = rows.filter(({ byok, spendMicroUsd }) => !byok && spendMicroUsd !== null);
  return {
    requests: sum(() => 1),
    prompt_tokens: sum((each) => each.promptTokens),
    completion_tokens: sum((each) => each.completionTokens),
    reasoning_tokens: sum((each) => each.reasoningTokens),
    cached_tokens: sum((each) => each.cachedTokens),
    total_tokens: sum(tokensOf),
    spend_usd: dollars(sum((each) => each.spendMicroUsd)),
    billed_tokens: sum(tokensOf, billed),
    billed_spend_usd: dollars(sum((each) => each.spendMicroUsd, billed)),
    tool_call_requests: count((each) => each.toolCall),
    tool_call_tokens: sum((each) => (each.toolCall === null ? null : each.toolCall ? tokensOf(each) : 0)),
    tools_offered_requests: count((each) => each.toolsOffered),
    streamed_requests: count((each) => each.streamed),
    cancelled_requests: count((each) => each.cancelled),
    byok_requests: count((each) => each.byok),
    byok_tokens: sum((each) => (each.byok ? tokensOf(each) : 0)),
  };
}

function groupRows<T>(rows: readonly T[], keyOf: (row: T) => unknown[]): { key: never[]; members: T[] }[] {
  const groups = new Map<string, T[]>();
  for (const row of rows) {
    const key = JSON.stringify(keyOf(row));
    const members = groups.get(key);
    if (members === undefined) groups.set(key, [row]);
    else members.push(row);
  }
  return [...groups].map(([key, members]) => ({ key: JSON.parse(key) as never[], members }));
}

type Seed = (pool: pg.Pool, release_key: number, generations: readonly FixtureGeneration[]) => Promise<void>;

const seedUsage: Seed = async (pool, release_key, generations) => {
  const tables = { provider_key: 'provider', country: 'country', language: 'language' } as const;
  for (const [column, field] of Object.entries(tables)) {
    const rows = groupRows(generations, (each) => [each.day, each.model, each[field]]).map(
      ({ key: [day, model_key, value], members }) => ({
        release_key,
        day,
        model_key,
        [column]: value,
        ...usageColumns(members),
        ...(field === 'provider' ? costColumns(members) : {}),
      }),
    );
    await insert(pool, `usage_day_model_${field}`, rows);
  }
};

/** One row per labelled prompt and tag, or category, with the weight that it counts with there. */
const seedSample: Seed = async (pool, release_key, generations) => {
  const kinds = {
    tag: (tags: readonly number[]) => tags,
    category: (tags: readonly number[]) => [...new Set(tags.map((tag) => fixtureTags[tag - 1]!.category))],
  };
  for (const [kind, labelsOf] of Object.entries(kinds)) {
    for (const weighting of ['EACH', 'SPLIT']) {
      const labels = generations.flatMap((each) => {
        const own = each.tags === null ? [] : labelsOf(each.tags);
        return own.map((label) => ({ each, label, weight: weighting === 'EACH' ? 1 : 1 / own.length }));
      });
      const rows = groupRows(labels, ({ each, label }) => [each.day, each.model, label]).map(
        ({ key: [day, model_key, label], members }) => {
          const weights = new Map(members.map(({ each, weight }) => [each, weight]));
          const weightOf = (each: FixtureGeneration): number => weights.get(each) ?? 0;
          const counted = members.map(({ each }) => each);
          const squares = (value: (each: FixtureGeneration) => number): number =>
            members.reduce((sum, { each, weight }) => sum + (weight * value(each)) ** 2, 0);
          return {
            release_key,
            day,
            model_key,
            [`${kind}_key`]: label,
            weighting,
            ...usageColumns(counted, weightOf),
            ...(kind === 'category' ? costColumns(counted, weightOf) : {}),
            requests_squares: squares(() => 1),
            prompt_tokens_squares: squares((each) => each.promptTokens),
            completion_tokens_squares: squares((each) => each.completionTokens),
            total_tokens_squares: squares(tokensOf),
            spend_usd_squares: squares((each) => (each.spendMicroUsd ?? 0) / 1e6),
          };
        },
      );
      await insert(pool, `usage_day_model_${kind}`, rows);
    }
  }
};

const seedActiveUsers: Seed = async (pool, release_key, generations) => {
  const known = generations.filter(({ user }) => user !== null);
  const modelOf = (each: FixtureGeneration) => fixtureModels[each.model - 1]!;
  const groupings: Record<
    string,
    (each: FixtureGeneration) => [entity: number | null, label: string | null]
  > = {
    ALL: () => [null, null],
    MODEL: (each) => [each.model, null],
    AUTHOR: (each) => [modelOf(each).author, null],
    SOURCE_GROUP: (each) => [null, modelOf(each).sourceGroup],
    COUNTRY: (each) => [null, each.country],
    CONTINENT: (each) => [null, each.country === null ? null : (fixtureContinents[each.country] ?? null)],
  };
  for (const grain of ['DAY', 'WEEK', 'MONTH'] as const) {
    for (const [grouping, groupOf] of Object.entries(groupings)) {
      const rows = groupRows(known, (each) => [
        periodStart(each.day, { grain, weekStart: 'MONDAY' }),
        ...groupOf(each),
      ]).map(({ key: [period_start, entity_key, label], members }) => ({
        release_key,
        grain,
        period_start,
        grouping,
        entity_key,
        label,
        users: new Set(members.map(({ user }) => user)).size,
      }));
      await insert(pool, 'active_users', rows);
    }
  }
};

const seedRetention: Seed = async (pool, release_key, generations) => {
  const uses = generations.flatMap(({ user, day, model }) => (user === null ? [] : [{ user, day, model }]));
  const authorOf = (model: number) => fixtureModels.find(({ key }) => key === model)?.author ?? null;
  const subjects = [
    { grouping: 'ALL', entity_key: null, own: uses },
    ...fixtureModels.map(({ key }) => ({
      grouping: 'MODEL',
      entity_key: key,
      own: uses.filter(({ model }) => model === key),
    })),
    ...fixtureAuthors.map((_, index) => ({
      grouping: 'AUTHOR',
      entity_key: index + 1,
      own: uses.filter(({ model }) => authorOf(model) === index + 1),
    })),
  ];
  const rows = subjects.flatMap(({ own, ...subject }) =>
    (['DAY', 'WEEK', 'MONTH'] as const).flatMap((grain) =>
      cohortsByHand(own, grain, fixtureRange).map(({ start, periods }) => ({
        release_key,
        ...subject,
        grain,
        cohort_start: start,
        users: periods.map(({ users }) => users),
        stayed: periods.map(({ stayed }) => stayed ?? 0),
      })),
    ),
  );
  await insert(pool, 'retention_cohorts', rows);
  await pool.query(
    `INSERT INTO release_rollups (release_key, name, version, sha256, table_name, rows, duration_ms)
     VALUES ($1, 'retention_cohorts', 1, repeat('0', 64), 'retention_cohorts', $2, 0)`,
    [release_key, rows.length],
  );
};

const seedHistograms: Seed = async (pool, release_key, generations) => {
  const kinds: Record<string, (each: FixtureGeneration) => number | null> = {
    PROMPT_TOKENS: (each) => each.promptTokens,
    COMPLETION_TOKENS: (each) => each.completionTokens,
    SEQUENCE_TOKENS: tokensOf,
    LATENCY_MS: (each) => each.latencyMs,
    TIME_TO_FIRST_TOKEN_MS: (each) => each.timeToFirstTokenMs,
  };
  for (const [kind, valueOf] of Object.entries(kinds)) {
    const rows = groupRows(generations, (each) => [each.day, each.model]).map(
      ({ key: [day, model_key], members }) => {
        const counts = new Map<number, number>();
        for (const each of members) {
          const value = valueOf(each);
          if (value !== null) counts.set(bucketOf(value), (counts.get(bucketOf(value)) ?? 0) + 1);
        }
        return {
          release_key,
          day,
          model_key,
          kind,
          buckets: [...counts.keys()],
          requests: [...counts.values()],
        };
      },
    );
    await insert(pool, 'histogram_day_model', rows);
  }
};

/** Smallest bucket whose upper end is not below the value, found by looking. */
function bucketOf(value: number): number {
  if (value === 0) return 0;
  let bucket = 1;
  while (gamma ** (bucket - 1) < value) bucket += 1;
  return bucket;
}
