import type pg from 'pg';
import { addDays, periodStart, type Grain } from '../../src/measures/periods.ts';

/** One raw generation of the fixture: what the oracles count, in plain TypeScript, beside the tables. */
export interface FixtureGeneration {
  readonly day: string;
  readonly model: number;
  readonly provider: number | null;
  readonly country: string | null;
  readonly user: string | null;
  readonly promptTokens: number;
  readonly completionTokens: number;
  readonly reasoningTokens: number | null;
  readonly cachedTokens: number | null;
  /** In millionths of a dollar, so that sums are exact. */
  readonly spendMicroUsd: number | null;
  readonly byok: boolean;
}

export interface FixtureModel {
  readonly key: number;
  readonly id: string;
  readonly author: number | null;
  readonly source: 'OPEN' | 'PROPRIETARY' | null;
  readonly origin: 'CHINA' | 'REST_OF_WORLD' | null;
  readonly sourceGroup: string | null;
  readonly size: string | null;
  readonly reasoning: boolean | null;
}

export const fixtureAuthors = ['alibaba', 'google', 'meta'];
export const fixtureProviders = ['deepinfra', 'google'];

export const fixtureModels: readonly FixtureModel[] = [
  model(1, 'alibaba/large-thinker', 1, 'OPEN', 'CHINA', 'LARGE', true),
  model(2, 'alibaba/small', 1, 'OPEN', 'CHINA', 'SMALL', false),
  model(3, 'google/closed', 2, 'PROPRIETARY', 'REST_OF_WORLD', null, true),
  model(4, 'google/open-medium', 2, 'OPEN', 'REST_OF_WORLD', 'MEDIUM', false),
  model(5, 'meta/closed', 3, 'PROPRIETARY', 'REST_OF_WORLD', null, null),
  model(6, 'unlabelled/mystery', null, null, null, null, null),
];

function model(
  key: number,
  id: string,
  author: number | null,
  source: FixtureModel['source'],
  origin: FixtureModel['origin'],
  size: string | null,
  reasoning: boolean | null,
): FixtureModel {
  const open = origin === 'CHINA' ? 'CHINESE_OPEN' : 'REST_OF_WORLD_OPEN';
  const sourceGroup = source === null ? null : source === 'OPEN' ? open : 'PROPRIETARY';
  return { key, id, author, source, origin, sourceGroup, size, reasoning };
}

/** Covers a leap day, month ends and the turn of a year. */
export const fixtureRange = { from: '2023-12-20', to: '2024-03-07' };

/** A small deterministic generator (mulberry32), so that a failure can be had again. */
export function randomSource(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

export function fixtureGenerations(count = 2_000, seed = 1): FixtureGeneration[] {
  const random = randomSource(seed);
  const below = (limit: number): number => Math.floor(random() * limit);
  const maybe = <T>(share: number, value: T): T | null => (random() < share ? value : null);
  return Array.from({ length: count }, () => {
    const promptTokens = below(100_000);
    const completionTokens = below(5_000);
    return {
      day: addDays(fixtureRange.from, below(78)),
      model: 1 + below(fixtureModels.length),
      provider: maybe(0.9, 1 + below(fixtureProviders.length)),
      country: maybe(0.8, ['DE', 'US', 'IN', 'CN'][below(4)] ?? 'US'),
      user: maybe(0.95, `user-${below(40)}`),
      promptTokens,
      completionTokens,
      reasoningTokens: maybe(0.7, below(completionTokens + 1)),
      cachedTokens: maybe(0.7, below(promptTokens + 1)),
      spendMicroUsd: maybe(0.9, below(500_000)),
      byok: random() < 0.1,
    };
  });
}

/** Writes the generations as the aggregate rows of a release, without the counting side. */
export async function seedRelease(
  pool: pg.Pool,
  generations: readonly FixtureGeneration[],
  { dataset = 'fixture', number = 1, uncovered = [] as string[] } = {},
): Promise<number> {
  const id = `${dataset}@${fixtureRange.to}.${number}`;
  const coverage = {
    measures: covered(
      [
        'requests',
        'promptTokens',
        'completionTokens',
        'reasoningTokens',
        'cachedTokens',
        'totalTokens',
        'spend',
        'distinctUsers',
      ],
      uncovered,
    ),
    dimensions: covered(
      ['MODEL', 'AUTHOR', 'PROVIDER', 'SOURCE', 'ORIGIN', 'SOURCE_GROUP', 'SIZE', 'REASONING', 'COUNTRY'],
      uncovered,
    ),
  };
  await pool.query(
    `INSERT INTO datasets (id, title, description, kind, licence, citation)
     VALUES ($1, 'Fixture', 'Made for tests.', 'GENERATIONS', 'CC0-1.0', 'A fixture.') ON CONFLICT DO NOTHING`,
    [dataset],
  );
  const { rows } = await pool.query<{ key: number }>(
    `INSERT INTO releases (id, dataset_id, published_at, period_from, period_to, licence, citation, fingerprint,
       catalog_version, rows_read, rows_quarantined, total_tokens, coverage)
     VALUES ($1, $2, '2024-03-07T12:00:00Z', $3, $4, 'CC0-1.0', 'A fixture.', $1, 'test', $5, 0, $6, $7) RETURNING key`,
    [
      id,
      dataset,
      fixtureRange.from,
      fixtureRange.to,
      generations.length,
      generations.reduce((sum, each) => sum + each.promptTokens + each.completionTokens, 0),
      coverage,
    ],
  );
  const release = rows[0]!.key;
  await seedEntities(pool, release);
  await seedUsage(
    pool,
    release,
    generations,
    'usage_day_model_provider',
    'provider_key',
    (each) => each.provider,
  );
  await seedUsage(pool, release, generations, 'usage_day_model_country', 'country', (each) => each.country);
  await seedActiveUsers(pool, release, generations);
  return release;
}

function covered(names: readonly string[], uncovered: readonly string[]): Record<string, number> {
  return Object.fromEntries(names.map((name) => [name, uncovered.includes(name) ? 0 : 1]));
}

async function seedEntities(pool: pg.Pool, release: number): Promise<void> {
  for (const [index, id] of fixtureAuthors.entries()) {
    await pool.query('INSERT INTO authors (release_key, key, id, name) VALUES ($1, $2, $3, $3)', [
      release,
      index + 1,
      id,
    ]);
  }
  for (const [index, id] of fixtureProviders.entries()) {
    await pool.query('INSERT INTO providers (release_key, key, id, name) VALUES ($1, $2, $3, $3)', [
      release,
      index + 1,
      id,
    ]);
  }
  for (const { key, id, author, source, origin, sourceGroup, size, reasoning } of fixtureModels) {
    await pool.query(
      `INSERT INTO models (release_key, key, id, name, author_key, source, origin, source_group, size_class, reasoning, labelled, total_tokens)
       VALUES ($1, $2, $3, $3, $4, $5, $6, $7, $8, $9, $10, $11)`,
      [release, key, id, author, source, origin, sourceGroup, size, reasoning, source !== null, 100 - key],
    );
  }
}

const sumKnown = (values: readonly (number | null)[]): number | null => {
  const known = values.filter((value) => value !== null);
  return known.length === 0 ? null : known.reduce((sum, value) => sum + value, 0);
};

async function seedUsage(
  pool: pg.Pool,
  release: number,
  generations: readonly FixtureGeneration[],
  table: string,
  column: string,
  keyOf: (generation: FixtureGeneration) => number | string | null,
): Promise<void> {
  const groups = new Map<string, FixtureGeneration[]>();
  for (const each of generations) {
    const group = JSON.stringify([each.day, each.model, keyOf(each)]);
    groups.set(group, [...(groups.get(group) ?? []), each]);
  }
  for (const [group, rows] of groups) {
    const [day, model, key] = JSON.parse(group) as [string, number, number | string | null];
    const billed = rows.filter(({ byok, spendMicroUsd }) => !byok && spendMicroUsd !== null);
    const tokens = (each: FixtureGeneration): number => each.promptTokens + each.completionTokens;
    const dollars = (micro: number | null): string | null =>
      micro === null ? null : (micro / 1e6).toFixed(6);
    await pool.query(
      `INSERT INTO ${table} (release_key, day, model_key, ${column}, requests, prompt_tokens, completion_tokens,
         reasoning_tokens, cached_tokens, total_tokens, spend_usd, billed_tokens, billed_spend_usd)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)`,
      [
        release,
        day,
        model,
        key,
        rows.length,
        sumKnown(rows.map((each) => each.promptTokens)),
        sumKnown(rows.map((each) => each.completionTokens)),
        sumKnown(rows.map((each) => each.reasoningTokens)),
        sumKnown(rows.map((each) => each.cachedTokens)),
        sumKnown(rows.map(tokens)),
        dollars(sumKnown(rows.map((each) => each.spendMicroUsd))),
        sumKnown(billed.map(tokens)),
        dollars(sumKnown(billed.map((each) => each.spendMicroUsd))),
      ],
    );
  }
}

async function seedActiveUsers(
  pool: pg.Pool,
  release: number,
  generations: readonly FixtureGeneration[],
): Promise<void> {
  const users = new Map<string, Set<string>>();
  for (const { day, model, user } of generations) {
    if (user === null) continue;
    for (const grain of ['DAY', 'WEEK', 'MONTH'] as const satisfies readonly Grain[]) {
      for (const key of [model, null]) {
        const cell = JSON.stringify([grain, periodStart(day, grain), key]);
        users.set(cell, (users.get(cell) ?? new Set()).add(user));
      }
    }
  }
  for (const [cell, active] of users) {
    const [grain, start, key] = JSON.parse(cell) as [string, string, number | null];
    await pool.query('INSERT INTO active_users VALUES ($1, $2, $3, $4, $5)', [
      release,
      grain,
      start,
      key,
      active.size,
    ]);
  }
}
