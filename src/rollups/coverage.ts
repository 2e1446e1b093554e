import type { Engine } from '../engine/engine.ts';
import { exactCount } from '../engine/engine.ts';

/** Between 0 and 1; null where there is nothing to have a share of. */
export interface KnownShare {
  /** Of all rows. */
  rows: number | null;
  /** Of all tokens. */
  tokens: number | null;
}

/** How much of a data set carries each value. */
export interface Coverage {
  rows: number;
  tokens: number;
  measures: Record<MeasureName, KnownShare>;
  dimensions: Record<DimensionName, KnownShare>;
}

type MeasureName = (typeof measureNames)[number];
type DimensionName = (typeof dimensionNames)[number];

const measureNames = [
  'requests',
  'total_tokens',
  'prompt_tokens',
  'completion_tokens',
  'reasoning_tokens',
  'cached_tokens',
  'spend_usd',
  'latency_ms',
  'time_to_first_token_ms',
  'tool_call',
] as const;

const dimensionNames = [
  'user',
  'model',
  'provider',
  'app',
  'country',
  'language',
  'byok',
  'streamed',
  'cancelled',
  'finish_reason',
  'tools_offered',
  'tools_called',
] as const;

// What no row of a source can lack has no column to look at.
const alwaysInGenerations: readonly string[] = ['requests', 'total_tokens'];
const inGenerations: Readonly<Record<string, string>> = {
  tool_call: '(finish_reason IS NOT NULL OR tools_called IS NOT NULL)',
};
const inFeeds: readonly string[] = ['total_tokens', 'model'];

/** The share of rows and of tokens of a data set for which each measure and dimension is known. */
export async function coverage(engine: Engine, dataset: string): Promise<Coverage> {
  const generations = await countKnown(
    engine,
    'coverage.generations',
    'generations',
    'prompt_tokens + completion_tokens',
    (name) => (alwaysInGenerations.includes(name) ? 'true' : (inGenerations[name] ?? `${name} IS NOT NULL`)),
    dataset,
  );
  const feed = await countKnown(
    engine,
    'coverage.usage_feed',
    'usage_feed',
    'total_tokens',
    (name) => String(inFeeds.includes(name)),
    dataset,
  );
  const rows = generations.rows + feed.rows;
  const tokens = generations.tokens + feed.tokens;
  const share = (name: string): KnownShare => {
    const known = [generations.known.get(name), feed.known.get(name)];
    return {
      rows: ratio(sum(known.map((each) => each?.rows ?? 0)), rows),
      tokens: ratio(sum(known.map((each) => each?.tokens ?? 0)), tokens),
    };
  };
  return {
    rows,
    tokens,
    measures: sharesOf(measureNames, share),
    dimensions: sharesOf(dimensionNames, share),
  };
}

interface Known {
  rows: number;
  tokens: number;
}

async function countKnown(
  engine: Engine,
  statement: string,
  view: string,
  tokens: string,
  isKnown: (name: string) => string,
  dataset: string,
): Promise<Known & { known: Map<string, Known> }> {
  const names = [...measureNames, ...dimensionNames];
  const columns = names.map(
    (name) =>
      `countIf(${isKnown(name)}) AS ${name}_rows, sumIf(${tokens}, ${isKnown(name)}) AS ${name}_tokens`,
  );
  const [counts] = await engine.rows<Record<string, string>>(
    statement,
    `SELECT count() AS all_rows, sum(${tokens}) AS all_tokens, ${columns.join(', ')}
     FROM ${view} WHERE dataset = {dataset:String}`,
    { dataset },
  );
  const count = (column: string) => exactCount(counts?.[column] ?? '0');
  const known = (name: string): Known => ({ rows: count(`${name}_rows`), tokens: count(`${name}_tokens`) });
  return { ...known('all'), known: new Map(names.map((name) => [name, known(name)])) };
}

function sharesOf<Name extends string>(
  names: readonly Name[],
  share: (name: string) => KnownShare,
): Record<Name, KnownShare> {
  return Object.fromEntries(names.map((name) => [name, share(name)])) as Record<Name, KnownShare>;
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}

function ratio(part: number, whole: number): number | null {
  return whole === 0 ? null : part / whole;
}
