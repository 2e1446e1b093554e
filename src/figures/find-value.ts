import type { Point, PublishedValue, Reading } from './figure.ts';

/** What the points have at the place of a published value; null where they have nothing to compare. */
export function findValue(
  points: readonly Point[],
  { series, period }: Pick<PublishedValue, 'series' | 'period'>,
  reading: Reading,
): number | string | null {
  if (reading.kind === 'WORD' || reading.kind === 'LIST')
    return points.find((point) => point.series === series && point.period === period)?.value ?? null;
  const statistic = statistics[period];
  if (statistic === undefined) return atPeriod(points, series, period, reading);
  const periods = [...new Set(points.filter(({ complete }) => complete).map((point) => point.period))];
  const values = periods.flatMap((each) => atPeriod(points, series, each, reading) ?? []);
  return values.length === 0 ? null : statistic(values.sort((a, b) => a - b));
}

const statistics: Readonly<Record<string, (sorted: readonly number[]) => number | null>> = {
  mean: (sorted) => sorted.reduce((sum, value) => sum + value, 0) / sorted.length,
  median: (sorted) => {
    const [low, high] = [sorted[(sorted.length - 1) >> 1], sorted[sorted.length >> 1]];
    return low === undefined || high === undefined ? null : (low + high) / 2;
  },
  least: (sorted) => sorted[0] ?? null,
  greatest: (sorted) => sorted.at(-1) ?? null,
};

const unnamed = new Set(['others', 'unknown']);

/** Groups joined by `+` are added up; `*` is the largest of all groups that have a name. */
function atPeriod(
  points: readonly Point[],
  series: string,
  period: string,
  { absent }: Reading,
): number | null {
  const rows = points.filter((point) => point.period === period && point.complete);
  if (rows.length === 0) return null;
  if (series === '*') return largest(rows.filter((row) => !unnamed.has(row.series)));
  let sum = 0;
  for (const part of series.split('+')) {
    const row = rows.find((point) => point.series === part);
    const value = row === undefined ? (absent ?? null) : row.value;
    if (typeof value !== 'number') return null;
    sum += value;
  }
  return sum;
}

function largest(rows: readonly Point[]): number | null {
  const values = rows.flatMap(({ value }) => (typeof value === 'number' ? [value] : []));
  return values.length === 0 ? null : Math.max(...values);
}
