import type { GenerationRow } from '../../src/events/event-row.ts';
import type { NameKeys } from '../../src/rollups/names.ts';

/** A row of a rollup as its TabSeparated fields; null for `\N`. */
export type Cells = (string | null)[];

/** The additive measures of one cell, row by row and without SQL: [key, value] in the order of the columns. */
export function usageCells(
  rows: readonly GenerationRow[],
  releaseKey: number,
  names: NameKeys,
  dimension: (row: GenerationRow) => string | null,
): Cells[] {
  const groups = groupBy(rows, (row) => [day(row), modelKey(row, names), dimension(row)]);
  return groups.map(([keys, group]) => {
    const billed = (value: (row: GenerationRow) => bigint) => (row: GenerationRow) =>
      row.spendUsd === null ? null : row.byok === true ? 0n : value(row);
    return [
      String(releaseKey),
      ...keys,
      String(group.length),
      text(sum(group, (row) => BigInt(row.promptTokens))),
      text(sum(group, (row) => BigInt(row.completionTokens))),
      text(sum(group, (row) => bigint(row.reasoningTokens))),
      text(sum(group, (row) => bigint(row.cachedTokens))),
      text(sum(group, tokens)),
      decimal(sum(group, (row) => picodollars(row.spendUsd))),
      text(sum(group, billed(tokens))),
      decimal(
        sum(
          group,
          billed((row) => picodollars(row.spendUsd) ?? 0n),
        ),
      ),
    ];
  });
}

/** Distinct users by period, per model and over all models. */
export function userCells(rows: readonly GenerationRow[], releaseKey: number, names: NameKeys): Cells[] {
  const known = rows.filter((row) => row.user !== null);
  return ['DAY', 'WEEK', 'MONTH'].flatMap((grain) =>
    [(row: GenerationRow) => modelKey(row, names), () => null].flatMap((model) =>
      groupBy(known, (row) => [periodStart(grain, day(row)), model(row)]).map(([keys, group]): Cells => [
        String(releaseKey),
        grain,
        ...keys,
        String(new Set(group.map((row) => row.user)).size),
      ]),
    ),
  );
}

/** First day of the period that a day belongs to; weeks begin on Monday. */
export function periodStart(grain: string, date: string): string {
  if (grain === 'DAY') return date;
  if (grain === 'MONTH') return `${date.slice(0, 7)}-01`;
  const weekday = (new Date(`${date}T00:00:00Z`).getUTCDay() + 6) % 7;
  return new Date(Date.parse(`${date}T00:00:00Z`) - weekday * 86_400_000).toISOString().slice(0, 10);
}

/** Lines of TabSeparated text as fields, in an order that does not depend on how they came. */
export function sortedCells(cells: readonly Cells[]): Cells[] {
  return [...cells].sort((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1));
}

function groupBy(
  rows: readonly GenerationRow[],
  keysOf: (row: GenerationRow) => (string | null)[],
): [(string | null)[], GenerationRow[]][] {
  const groups = new Map<string, [(string | null)[], GenerationRow[]]>();
  for (const row of rows) {
    const keys = keysOf(row);
    const id = JSON.stringify(keys);
    const group = groups.get(id) ?? [keys, []];
    group[1].push(row);
    groups.set(id, group);
  }
  return [...groups.values()];
}

function sum(rows: readonly GenerationRow[], value: (row: GenerationRow) => bigint | null): bigint | null {
  const known = rows.map(value).filter((each) => each !== null);
  return known.length === 0 ? null : known.reduce((total, each) => total + each, 0n);
}

const day = (row: GenerationRow) => row.createdAt.slice(0, 10);
const modelKey = (row: GenerationRow, names: NameKeys) => String(names.models.get(row.model));
const tokens = (row: GenerationRow) => BigInt(row.promptTokens) + BigInt(row.completionTokens);
const bigint = (value: number | null) => (value === null ? null : BigInt(value));
const text = (value: bigint | null) => (value === null ? null : String(value));

function picodollars(usd: string | null): bigint | null {
  if (usd === null) return null;
  const [whole = '0', fraction = ''] = usd.split('.');
  return BigInt(whole + fraction.padEnd(12, '0'));
}

function decimal(value: bigint | null): string | null {
  if (value === null) return null;
  const digits = String(value).padStart(13, '0');
  return `${digits.slice(0, -12)}.${digits.slice(-12)}`.replace(/\.?0+$/, '') || '0';
}
