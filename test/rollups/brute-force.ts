import { gamma } from '../../src/catalog/log-buckets.ts';
import type { GenerationRow } from '../../src/events/event-row.ts';
import type { ModelName, NameKeys } from '../../src/rollups/names.ts';
import { costsOf } from './costs-by-hand.ts';
import { dayOf, groups, publishedModels, publishedSecond, usersOf } from './fold-by-hand.ts';

/** A row of a rollup as its TabSeparated fields; null for `\N`. */
export type Cells = (string | null)[];

/** What a count is of: rows, the names they are counted under, and from how many users on. */
export interface World {
  rows: readonly GenerationRow[];
  names: NameKeys;
  releaseKey: number;
  minimumUsers: number | null;
}

/** Values of the second keys, by the tables that have them. */
export const secondKeys = {
  usage_day_model_provider: (row: GenerationRow, names: NameKeys) =>
    row.provider === null
      ? text(modelName(row, names).providerKey)
      : text(names.providers.get(row.provider) ?? null),
  usage_day_model_country: (row: GenerationRow) => row.country,
  usage_day_model_language: (row: GenerationRow) => row.language,
} as const;

/** The rows of a usage table, generation by generation and without SQL. */
export function usageCells(world: World, table: keyof typeof secondKeys): Cells[] {
  const { names, releaseKey, minimumUsers } = world;
  const secondOf = (row: GenerationRow) => secondKeys[table](row, names);
  const published = publishedSecond(publishedRows(world), secondOf, minimumUsers);
  return groups(published, ({ row, model, second }) => JSON.stringify([dayOf(row), model, second])).map(
    (group) => [
      String(releaseKey),
      ...keysOf(group, ({ row, model, second }) => [dayOf(row), model, second]),
      ...sumsOf(group.map(({ row }) => row)),
      ...(table === 'usage_day_model_provider'
        ? costsOf(
            group.map(({ row }) => row),
            minimumUsers,
          )
        : []),
    ],
  );
}

/** The additive measures of some generations, in the order of the columns. */
export function sumsOf(rows: readonly GenerationRow[]): Cells {
  const billed = rows.filter(({ byok, spendUsd }) => byok !== true && spendUsd !== null);
  const count = (flagOf: (row: GenerationRow) => boolean | null) =>
    text(sum(rows, (row) => flag(flagOf(row), 1n)));
  const tokensOf = (flagged: (row: GenerationRow) => boolean | null) =>
    text(sum(rows, (row) => flag(flagged(row), tokens(row))));
  return [
    String(rows.length),
    text(sum(rows, (row) => BigInt(row.promptTokens))),
    text(sum(rows, (row) => BigInt(row.completionTokens))),
    text(sum(rows, (row) => bigint(row.reasoningTokens))),
    text(sum(rows, (row) => bigint(row.cachedTokens))),
    text(sum(rows, tokens)),
    decimal(sum(rows, (row) => picodollars(row.spendUsd))),
    text(sum(billed, tokens)),
    decimal(sum(billed, (row) => picodollars(row.spendUsd))),
    count(isToolCall),
    tokensOf(isToolCall),
    count((row) => row.toolsOffered),
    count((row) => row.streamed),
    count((row) => row.cancelled),
    count((row) => row.byok),
    tokensOf((row) => row.byok),
  ];
}

function isToolCall({ finishReason, toolsCalled }: GenerationRow): boolean | null {
  return finishReason === null ? toolsCalled : finishReason === 'tool_calls';
}

/** Distinct users by period and group; of whom there are too few, no row. */
export function userCells({ rows, names, releaseKey, minimumUsers }: World): Cells[] {
  const known = rows.filter((row) => row.user !== null);
  const groupings: Record<string, (row: GenerationRow) => [entity: string | null, label: string | null]> = {
    ALL: () => [null, null],
    MODEL: (row) => [text(modelName(row, names).modelKey), null],
    AUTHOR: (row) => [text(modelName(row, names).authorKey), null],
    SOURCE_GROUP: (row) => [null, modelName(row, names).sourceGroup],
    COUNTRY: (row) => [null, row.country],
    CONTINENT: (row) => [null, row.country === null ? null : (names.continents.get(row.country) ?? null)],
  };
  return ['DAY', 'WEEK', 'MONTH'].flatMap((grain) =>
    Object.entries(groupings).flatMap(([grouping, groupOf]) => {
      const keys = (row: GenerationRow) => [periodStart(grain, dayOf(row)), grouping, ...groupOf(row)];
      return groups(known, (row) => JSON.stringify(keys(row)))
        .filter((group) => usersOf(group).size >= (minimumUsers ?? 0))
        .map((group) => [String(releaseKey), grain, ...keysOf(group, keys), String(usersOf(group).size)]);
    }),
  );
}

/** Histograms as PostgreSQL writes arrays; none of values that too few users' generations carry. */
export function histogramCells(world: World): Cells[] {
  const kinds: Record<string, (row: GenerationRow) => number | null> = {
    PROMPT_TOKENS: (row) => row.promptTokens,
    COMPLETION_TOKENS: (row) => row.completionTokens,
    SEQUENCE_TOKENS: (row) => row.promptTokens + row.completionTokens,
    LATENCY_MS: (row) => row.latencyMs,
    TIME_TO_FIRST_TOKEN_MS: (row) => row.timeToFirstTokenMs,
  };
  return Object.entries(kinds).flatMap(([kind, valueOf]) => {
    const carriers = publishedRows(world).filter(({ row }) => valueOf(row) !== null);
    const published = groups(carriers, ({ row, model }) => JSON.stringify([dayOf(row), model]))
      .filter((day) => usersOf(day.map(({ row }) => row)).size >= (world.minimumUsers ?? 0))
      .flat();
    return ['MODEL', 'ALL'].flatMap((level) =>
      ['DAY', 'WEEK', 'WEEK_SUNDAY', 'MONTH'].flatMap((grain) => {
        const keys = ({ row, model }: (typeof published)[number]) => [
          level,
          grain,
          kind,
          level === 'ALL' ? null : model,
          periodStart(grain, dayOf(row)),
        ];
        return groups(published, (each) => JSON.stringify(keys(each))).map((group) => [
          String(world.releaseKey),
          ...keysOf(group, keys),
          ...histogramOf(group.map(({ row }) => valueOf(row) ?? 0)),
        ]);
      }),
    );
  });
}

function histogramOf(values: readonly number[]): [buckets: string, counts: string] {
  const buckets = values.map(bucketByLooking).sort((a, b) => a - b);
  const distinct = [...new Set(buckets)];
  const counts = distinct.map((bucket) => buckets.filter((each) => each === bucket).length);
  return [`{${distinct.join(',')}}`, `{${counts.join(',')}}`];
}

/** The smallest bucket whose upper end is not below the value, by the definition alone. */
export function bucketByLooking(value: number): number {
  if (value === 0) return 0;
  let bucket = 1;
  while (gamma ** (bucket - 1) < value) bucket += 1;
  return bucket;
}

/** First day of the period that a day belongs to; weeks begin on Monday unless they are to on Sunday. */
export function periodStart(grain: string, date: string): string {
  if (grain === 'DAY') return date;
  if (grain === 'MONTH') return `${date.slice(0, 7)}-01`;
  const weekday = (new Date(`${date}T00:00:00Z`).getUTCDay() + (grain === 'WEEK_SUNDAY' ? 7 : 6)) % 7;
  return new Date(Date.parse(`${date}T00:00:00Z`) - weekday * 86_400_000).toISOString().slice(0, 10);
}

/** Lines of TabSeparated text as fields, in an order that does not depend on how they came. */
export function sortedCells(cells: readonly Cells[]): Cells[] {
  return [...cells].sort((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1));
}

function publishedRows({ rows, names, minimumUsers }: World) {
  return publishedModels(rows, (row) => text(modelName(row, names).modelKey), minimumUsers);
}

function keysOf<T>(group: readonly T[], keys: (row: T) => Cells): Cells {
  const [first] = group;
  return first === undefined ? [] : keys(first);
}

export function sum(
  rows: readonly GenerationRow[],
  value: (row: GenerationRow) => bigint | null,
): bigint | null {
  const known = rows.map(value).filter((each) => each !== null);
  return known.length === 0 ? null : known.reduce((total, each) => total + each, 0n);
}

function modelName(row: GenerationRow, names: NameKeys): ModelName {
  const name = names.models.get(row.model);
  if (name === undefined) throw new Error(`${row.model} has no name`);
  return name;
}

export const tokens = (row: GenerationRow) => BigInt(row.promptTokens) + BigInt(row.completionTokens);
const bigint = (value: number | null) => (value === null ? null : BigInt(value));
const flag = (is: boolean | null, value: bigint) => (is === null ? null : is ? value : 0n);
export const text = (value: bigint | number | null) => (value === null ? null : String(value));

export function picodollars(usd: string | null): bigint | null {
  if (usd === null) return null;
  const [whole = '0', fraction = ''] = usd.split('.');
  return BigInt(whole + fraction.padEnd(12, '0'));
}

export function decimal(value: bigint | null): string | null {
  if (value === null) return null;
  const digits = String(value).padStart(13, '0');
  return `${digits.slice(0, -12)}.${digits.slice(-12)}`.replace(/\.?0+$/, '') || '0';
}
