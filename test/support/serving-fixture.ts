import { addDays } from '../../src/measures/periods.ts';

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
  readonly language: string | null;
  readonly toolCall: boolean | null;
  readonly toolsOffered: boolean | null;
  readonly streamed: boolean | null;
  readonly cancelled: boolean | null;
  readonly latencyMs: number | null;
  readonly timeToFirstTokenMs: number | null;
  /** Tags of a labelled prompt; null where the prompt is not in the sample. */
  readonly tags: readonly number[] | null;
  /** Of a free variant of its model. */
  readonly free: boolean;
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
export const fixtureCategories = ['programming', 'roleplay', 'science'];
/** Category of each tag; the first tag has key 1. */
export const fixtureTags = [
  { id: 'development-tools', category: 1 },
  { id: 'games', category: 2 },
  { id: 'machine-learning', category: 3 },
  { id: 'programming-general', category: 1 },
];
export const fixtureContinents: Readonly<Record<string, string>> = { CN: 'AS', DE: 'EU', IN: 'AS', US: 'NA' };
/** Declared rate of the sample; what the fixture labels is near it. */
export const fixtureSamplingRate = 0.25;

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

/** Dated list prices in whole dollars per 1M tokens, by model; the first one changes on the leap day. */
export const fixturePrices: Readonly<
  Record<number, readonly { from: string; until: string; input: number; output: number }[]>
> = {
  1: [
    { from: '2024-01-31', until: '2024-02-29', input: 9, output: 12 },
    { from: '2024-02-29', until: '2024-03-07', input: 6, output: 8 },
  ],
  3: [{ from: '2023-12-20', until: '2024-03-07', input: 11, output: 30 }],
};

/** What a generation costs by list price, in millionths of a dollar; null where no price of its day is known. */
export function listMicroUsd({ day, model, promptTokens, completionTokens, free }: FixtureGeneration) {
  if (free) return 0;
  const price = fixturePrices[model]?.find(({ from, until }) => from <= day && day < until);
  return price === undefined ? null : promptTokens * price.input + completionTokens * price.output;
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
  const randomOfCosts = randomSource(seed + 1_000_003);
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
      language: maybe(0.9, ['en', 'zh-Hans', 'es'][below(3)] ?? 'en'),
      toolCall: maybe(0.95, random() < 0.2),
      toolsOffered: maybe(0.95, random() < 0.4),
      streamed: maybe(0.95, random() < 0.7),
      cancelled: maybe(0.95, random() < 0.05),
      latencyMs: maybe(0.9, below(30_000)),
      timeToFirstTokenMs: maybe(0.9, below(3_000)),
      tags: maybe(fixtureSamplingRate, labelled(random)),
      free: randomOfCosts() < 0.1,
    };
  });
}

/** One to three different tags. */
function labelled(random: () => number): number[] {
  const count = 1 + Math.floor(random() * 3);
  const tags = Array.from({ length: count }, () => 1 + Math.floor(random() * fixtureTags.length));
  return [...new Set(tags)].sort();
}
