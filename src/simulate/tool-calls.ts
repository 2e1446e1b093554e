import { numberOf, readTable } from './tables.ts';

/** The largest share of a model's tokens that may end in a tool call. */
export const mostToolCalls = 0.9;

// Of the tokens that end in tool calls, those of the ten models of figure 13. Chosen.
const partOfTopTen = 0.75;

const months = new Map(readTable('tool_calls.tsv').map((row) => [row.month, numberOf(row, 'percent') / 100]));
const topTen = new Map(readTable('series/fig13_tool_call_top10.csv').map((row) => [row.period, row]));

/** Share of all tokens of a month that end in a tool call. */
export function toolCallShare(month: string): number {
  return months.get(month) ?? 0;
}

/** By series of figure 13: its tool-call tokens as a share of all tokens of the month. */
export function toolCallShares(month: string): Map<string, number> {
  const row = topTen.get(month);
  if (row === undefined) return new Map();
  const series = Object.keys(row).filter((column) => column !== 'period' && numberOf(row, column) > 0);
  const whole = series.reduce((sum, name) => sum + numberOf(row, name), 0);
  return new Map(
    series.map((name) => [name, (toolCallShare(month) * partOfTopTen * numberOf(row, name)) / whole]),
  );
}

/** By model: the share of its tokens of the month that end in a tool call. */
export function toolCallRates(
  month: string,
  models: readonly { series: string | null; tokens: number }[],
): number[] {
  const whole = models.reduce((sum, { tokens }) => sum + tokens, 0);
  const shares = toolCallShares(month);
  const named = models.map(({ series, tokens }) =>
    series === null || tokens === 0
      ? 0
      : Math.min(mostToolCalls, ((shares.get(series) ?? 0) * whole) / tokens),
  );
  const called = named.reduce((sum, rate, index) => sum + rate * (models[index]?.tokens ?? 0), 0);
  const isRest = (index: number) => (named[index] ?? 0) === 0 && !isTopTen(models[index]?.series ?? null);
  const rest = models.reduce((sum, { tokens }, index) => (isRest(index) ? sum + tokens : sum), 0);
  const rate = rest === 0 ? 0 : Math.max(0, toolCallShare(month) * whole - called) / rest;
  return named.map((own, index) => (isRest(index) ? Math.min(rate, 0.3) : own));
}

function isTopTen(series: string | null): boolean {
  const [row] = topTen.values();
  return series !== null && row !== undefined && series in row;
}
