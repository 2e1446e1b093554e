import type { GenerationRow, LabelRow } from '../../src/events/event-row.ts';
import type { LabelKeys, LabelVersion } from '../../src/rollups/labels.ts';

export type Weighting = 'EACH' | 'SPLIT';

/** A labelled generation, with its different tags: none where no label that counts is mapped. */
export interface Sampled {
  row: GenerationRow;
  day: string;
  model: number;
  tags: LabelKeys[];
}

/** The labelled generations, found one by one; of each the labels of the last version that it has. */
export function sampleByHand(
  generations: readonly GenerationRow[],
  labels: readonly LabelRow[],
  resolve: (label: string) => LabelKeys | null,
  versions: readonly LabelVersion[],
  modelKeyOf: (model: string) => number,
): Sampled[] {
  const rankOf = (label: LabelRow) =>
    versions.findIndex(
      ({ classifier, version }) => classifier === label.classifier && version === label.version,
    );
  return generations.flatMap((row) => {
    const own = labels.filter((label) => label.generationKey === row.key && rankOf(label) >= 0);
    if (own.length === 0) return [];
    const newest = Math.max(...own.map(rankOf));
    const tags = new Map<number, LabelKeys>();
    for (const label of own.filter((each) => rankOf(each) === newest)) {
      const keys = resolve(label.label);
      if (keys !== null) tags.set(keys.tagKey, keys);
    }
    return [{ row, day: row.createdAt.slice(0, 10), model: modelKeyOf(row.model), tags: [...tags.values()] }];
  });
}

/** The keys that a generation has in one of the tables; 0 for none. */
export function keysOf({ tags }: Sampled, table: 'category' | 'tag'): number[] {
  const keys = tags.map(({ tagKey, categoryKey }) => (table === 'tag' ? tagKey : categoryKey));
  return keys.length === 0 ? [0] : [...new Set(keys)];
}

/** Rows of a table by day, model and key, with every value as exact decimal text; nothing withheld. */
export function cellsByHand(
  sample: readonly Sampled[],
  table: 'category' | 'tag',
  weighting: Weighting,
  listPrice: (row: GenerationRow) => bigint | null,
): Map<string, Record<string, string | null>> {
  const parts = new Map<string, Part[]>();
  for (const each of sample) {
    const keys = keysOf(each, table);
    for (const key of keys) {
      const cell = cellName(each.day, each.model, key);
      const part = { row: each.row, parts: weighting === 'SPLIT' ? BigInt(keys.length) : 1n };
      parts.set(cell, [...(parts.get(cell) ?? []), part]);
    }
  }
  return new Map(
    [...parts].map(([cell, members]) => [
      cell,
      { ...sums(members), ...(table === 'category' ? costs(members, listPrice) : {}) },
    ]),
  );
}

interface Part {
  row: GenerationRow;
  parts: bigint;
}

/** Of what is known, each part cut off after `places` decimals, as the engine divides. */
function sumOfParts(
  members: readonly Part[],
  places: number,
  valueOf: (row: GenerationRow) => bigint | null,
  squared = false,
): string | null {
  const known = members.flatMap(({ row, parts }) => {
    const value = valueOf(row);
    if (value === null) return [];
    return [squared ? value / (parts * parts) : value / parts];
  });
  return known.length === 0
    ? null
    : decimal(
        known.reduce((total, value) => total + value),
        places,
      );
}

/** Estimated, list-priced and free usage; the price of a generation in millionths of a millionth of a dollar. */
function costs(
  members: readonly Part[],
  listPrice: (row: GenerationRow) => bigint | null,
): Record<string, string | null> {
  const paid = members.filter(({ row }) => row.byok !== true);
  const billed = paid.filter(({ row }) => row.spendUsd !== null);
  const estimated = paid.filter(({ row }) => row.spendUsd === null && listPrice(row) !== null);
  const listed = billed.filter(({ row }) => !isFree(row) && listPrice(row) !== null);
  const free = paid.filter(({ row }) => isFree(row));
  const tokensOf = (of: readonly Part[]) => sumOfParts(of, 12, (row) => scaled(tokens(row), 12));
  const spendOf = (of: readonly Part[]) => sumOfParts(of, 15, (row) => picodollars(row, 3));
  const priceOf = (of: readonly Part[]) => sumOfParts(of, 15, (row) => (listPrice(row) ?? 0n) * 1000n);
  return {
    estimated_tokens: tokensOf(estimated),
    estimated_spend_usd: priceOf(estimated),
    listed_tokens: tokensOf(listed),
    listed_spend_usd: spendOf(listed),
    list_cost_usd: priceOf(listed),
    free_requests: sumOfParts(free, 12, () => scaled(1, 12)) ?? '0',
    free_tokens: tokensOf(free) ?? '0',
    free_billed_tokens: tokensOf(billed.filter(({ row }) => isFree(row))),
    free_billed_spend_usd: spendOf(billed.filter(({ row }) => isFree(row))),
    free_estimated_tokens: tokensOf(estimated.filter(({ row }) => isFree(row))),
    unsplit_tokens: '0',
  };
}

export function isFree({ model, variant }: GenerationRow): boolean {
  return model.endsWith(':free') || variant === 'free';
}

export function cellName(day: string, model: number | string, key: number | string): string {
  return `${day} model ${model} key ${key}`;
}

function sums(members: readonly Part[]): Record<string, string | null> {
  const sum = (valueOf: (row: GenerationRow) => bigint | null, places: number, squared = false) =>
    sumOfParts(members, places, valueOf, squared);
  const count = (valueOf: (row: GenerationRow) => number | null) =>
    sum((row) => scaled(valueOf(row), 12), 12);
  const square = (valueOf: (row: GenerationRow) => number) =>
    sum((row) => BigInt(valueOf(row)) ** 2n * 10n ** 12n, 12, true);
  const flag = (value: boolean | null) => (value === null ? null : Number(value));
  const times = (value: boolean | null, row: GenerationRow) =>
    value === null ? null : Number(value) * tokens(row);
  const isBilled = (row: GenerationRow) => row.spendUsd !== null && row.byok !== true;
  return {
    requests: count(() => 1),
    prompt_tokens: count((row) => row.promptTokens),
    completion_tokens: count((row) => row.completionTokens),
    reasoning_tokens: count((row) => row.reasoningTokens),
    cached_tokens: count((row) => row.cachedTokens),
    total_tokens: count(tokens),
    spend_usd: sum((row) => picodollars(row, 3), 15),
    billed_tokens: count((row) => (isBilled(row) ? tokens(row) : null)),
    billed_spend_usd: sum((row) => (isBilled(row) ? picodollars(row, 3) : null), 15),
    tool_call_requests: count((row) => flag(toolCalled(row))),
    tool_call_tokens: count((row) => times(toolCalled(row), row)),
    tools_offered_requests: count((row) => flag(row.toolsOffered)),
    streamed_requests: count((row) => flag(row.streamed)),
    cancelled_requests: count((row) => flag(row.cancelled)),
    byok_requests: count((row) => flag(row.byok)),
    byok_tokens: count((row) => times(row.byok, row)),
    requests_squares: square(() => 1),
    prompt_tokens_squares: square((row) => row.promptTokens),
    completion_tokens_squares: square((row) => row.completionTokens),
    total_tokens_squares: square(tokens),
    spend_usd_squares: sum(
      (row) => {
        const spend = picodollars(row, 0);
        return spend === null ? null : spend * spend;
      },
      24,
      true,
    ),
  };
}

export function tokens(row: GenerationRow): number {
  return row.promptTokens + row.completionTokens;
}

function toolCalled(row: GenerationRow): boolean | null {
  return row.finishReason === null ? row.toolsCalled : row.finishReason === 'tool_calls';
}

function scaled(value: number | null, places: number): bigint | null {
  return value === null ? null : BigInt(value) * 10n ** BigInt(places);
}

function picodollars({ spendUsd }: GenerationRow, morePlaces: number): bigint | null {
  if (spendUsd === null) return null;
  const [whole = '0', fraction = ''] = spendUsd.split('.');
  return BigInt(whole + fraction.padEnd(12 + morePlaces, '0'));
}

function decimal(value: bigint, places: number): string {
  const digits = String(value).padStart(places + 1, '0');
  return `${digits.slice(0, -places)}.${digits.slice(-places)}`.replace(/\.?0+$/, '');
}
