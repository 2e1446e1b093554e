import type { ChartRows, ChartSpec } from '../../shared/draw.ts';
import type { Choice } from './choice.ts';
import type { Metadata } from './metadata.ts';

export type UsageRow = Readonly<Record<string, unknown>>;

/** A number of the rows that can be drawn. */
export interface Drawable {
  readonly field: string;
  readonly title: string;
  /** Whether groups may be piled up: sums and shares of them, unlike means. */
  readonly additive: boolean;
  readonly isShare: boolean;
}

export interface DrawnChart {
  readonly spec: ChartSpec;
  readonly rows: ChartRows;
  /** Groups that were left out of the chart for want of room; they are in the table. */
  readonly leftOut: number;
}

/** Series that can still be told apart. */
const mostSeries = 20;
const mostBars = 40;
/** Pixels. */
const barHeight = 20;

export function drawablesOf({ measures, share }: Choice, { dataset }: Metadata): Drawable[] {
  const numbers = dataset.measures
    .filter(({ name }) => measures.includes(name))
    .map(({ field, unit, kind }) => ({
      field,
      title: `${inWords(field)} (${unit})`,
      additive: kind === 'SUM',
      isShare: false,
    }));
  return share === null
    ? numbers
    : [...numbers, { field: 'share', title: `Share of ${inWords(share)}`, additive: true, isShare: true }];
}

interface FlatRow {
  readonly series: string;
  readonly whole: string;
  readonly period: string;
  /** The same to be read: dates are told in the reader's own zone, where a UTC day may be the one before. */
  readonly day: string;
  readonly complete: boolean;
  readonly value: number | null;
}

/** The chart that fits the shape of the rows; null where there is but one number. */
export function chartOfAnswer(
  rows: readonly UsageRow[],
  choice: Choice,
  metadata: Metadata,
  drawable: Drawable,
): DrawnChart | null {
  const fields = choice.groupBy.map(
    (name) => metadata.dataset.dimensions.find((each) => each.name === name)?.field ?? '',
  );
  const flat = rows.map((row) => flatten(row, fields, choice.grain !== null, drawable.field));
  const periods = new Set(flat.map(({ period }) => period));
  if (choice.grain !== null && periods.size > 1) return overTime(flat, drawable, periods);
  return fields.length === 0 ? null : asBars(flat, drawable, fields.length > 1);
}

/** The first dimension names bars, the others the colour within; over time all of them name the series. */
function flatten(row: UsageRow, fields: readonly string[], isOverTime: boolean, value: string): FlatRow {
  const names = fields.map((field) => nameOf(row, field));
  const [whole = '', ...parts] = names;
  const period = row.period as { start: string; complete: boolean } | null | undefined;
  const number = row[value];
  return {
    series: (isOverTime || parts.length === 0 ? names : parts).join(' · ') || 'all',
    whole,
    period: period?.start ?? '',
    day: period?.start ?? '',
    complete: period?.complete ?? true,
    value: number === null || number === undefined ? null : Number(number),
  };
}

function nameOf(row: UsageRow, field: string): string {
  const value = row[field];
  if (value === null || value === undefined) return row.others === true ? 'others' : 'unknown';
  if (typeof value === 'object') return String((value as { name?: string }).name ?? '');
  return typeof value === 'boolean' ? `${field}: ${value ? 'yes' : 'no'}` : inWords(String(value));
}

function overTime(flat: readonly FlatRow[], drawable: Drawable, periods: ReadonlySet<string>): DrawnChart {
  const kept = largest(flat, ({ series }) => series, mostSeries);
  const shown = flat.filter(({ series }) => kept.names.has(series));
  const ends = new Map(shown.map(({ period, complete }) => [period, complete]));
  const days = [...periods].sort();
  const incomplete = days
    .filter((start) => ends.get(start) === false)
    .map((start) => ({ start, day: start }));
  const isPiled = drawable.additive && kept.names.size > 1;
  return {
    spec: {
      ...base,
      params: legendParameters,
      layer: [
        {
          transform: withoutHidden,
          data: { name: 'rows' },
          mark: drawable.additive
            ? { type: 'area', line: !isPiled, fillOpacity: isPiled ? 0.9 : 0.35 }
            : { type: 'line', point: periods.size < 60 },
          encoding: {
            x: { field: 'period', type: 'temporal', scale: { type: 'utc' }, title: null },
            y: valueAxis(drawable, isPiled ? 'zero' : null),
            color: colour(kept.names.size),
            tooltip: tooltip(drawable, ['series', 'day']),
          },
        },
        ...(incomplete.length === 0 ? [] : [incompleteMarks]),
      ],
    },
    rows: { rows: shown, incomplete },
    leftOut: kept.leftOut,
  };
}

/** A period that is not whole would look like a fall. */
const incompleteMarks = {
  data: { name: 'incomplete' },
  mark: { type: 'rule', strokeDash: [2, 4], strokeWidth: 2, opacity: 0.6 },
  encoding: {
    x: { field: 'start', type: 'temporal', scale: { type: 'utc' } },
    tooltip: [{ field: 'day', type: 'nominal', title: 'Not a whole period' }],
  },
};

function asBars(flat: readonly FlatRow[], drawable: Drawable, isSplit: boolean): DrawnChart {
  const kept = largest(flat, ({ whole }) => whole, mostBars);
  const within = isSplit ? largest(flat, ({ series }) => series, mostSeries) : null;
  const shown = flat.filter(
    ({ whole, series: part }) => kept.names.has(whole) && (within?.names.has(part) ?? true),
  );
  return {
    spec: {
      ...base,
      params: legendParameters,
      transform: withoutHidden,
      height: 60 + barHeight * kept.names.size,
      data: { name: 'rows' },
      mark: { type: 'bar' },
      encoding: {
        y: { field: 'whole', type: 'nominal', sort: [...kept.names], title: null, axis: { labelLimit: 220 } },
        ...(isSplit && !drawable.additive ? { yOffset: { field: 'series' } } : {}),
        x: valueAxis(drawable, isSplit && drawable.additive ? 'zero' : null),
        ...(isSplit ? { color: colour(2) } : {}),
        tooltip: tooltip(drawable, isSplit ? ['whole', 'series'] : ['whole']),
      },
    },
    rows: { rows: shown },
    leftOut: kept.leftOut + (within?.leftOut ?? 0),
  };
}

const base = { $schema: 'https://vega.github.io/schema/vega-lite/v6.json', width: 640, height: 320 } as const;

/** The legend of the page switches series off by this parameter. */
const legendParameters = [{ name: 'hidden', value: [] }];
const withoutHidden = [{ filter: 'indexof(hidden, datum.series) < 0' }];

function valueAxis({ title, isShare }: Drawable, stack: 'zero' | null): ChartSpec {
  return { field: 'value', type: 'quantitative', stack, title, axis: { format: isShare ? '%' : '~s' } };
}

function colour(count: number): ChartSpec {
  return { field: 'series', type: 'nominal', title: null, ...(count < 2 ? { legend: null } : {}) };
}

function tooltip({ title, isShare }: Drawable, fields: readonly string[]): ChartSpec[] {
  return [
    ...fields.map((field) => ({ field, type: 'nominal', title: titles[field] })),
    { field: 'value', type: 'quantitative', format: isShare ? '.2%' : ',.4~r', title },
  ];
}

const titles: Readonly<Record<string, string>> = { series: 'Group', whole: 'Group', day: 'From' };

/** The groups with the most of the value, most first. */
function largest(flat: readonly FlatRow[], keyOf: (row: FlatRow) => string, most: number) {
  const sums = new Map<string, number>();
  for (const row of flat) sums.set(keyOf(row), (sums.get(keyOf(row)) ?? 0) + (row.value ?? 0));
  const ranked = [...sums].sort(([, a], [, b]) => b - a).map(([name]) => name);
  return { names: new Set(ranked.slice(0, most)), leftOut: Math.max(0, ranked.length - most) };
}

/** `TOTAL_TOKENS` and `totalTokens` as words. */
export function inWords(name: string): string {
  const words = name
    .replace(/([a-z])([A-Z])/g, '$1 $2')
    .replaceAll('_', ' ')
    .toLowerCase()
    .replace(/\b(usd|byok)\b/g, (word) => word.toUpperCase());
  return words.charAt(0).toUpperCase() + words.slice(1);
}
