import type { ChartSpec, FigurePanel } from '../figure.ts';
import { chartOf, valueAt } from './chart.ts';

const rows = { rows: 'costMap.points', dividers: 'costMap.dividers', fits: 'costMap.fits' } as const;

/** 1, 2 and 5 of each power of ten have room. */
const isRound = "test(regexp('^[125]'), format(datum.value, '.0e'))";

const cost = {
  field: 'effectiveCostUsd',
  type: 'quantitative',
  scale: { type: 'log' },
  axis: { labelExpr: `${isRound} ? '$' + format(datum.value, '~g') : ''`, grid: false },
  title: 'Effective cost, USD per 1M tokens (log scale)',
} as const;

const tokens = {
  field: 'totalTokens',
  type: 'quantitative',
  scale: { type: 'log' },
  axis: { labelExpr: `${isRound} ? replace(format(datum.value, '~s'), 'G', 'B') : ''`, grid: false },
  title: 'Total tokens (log scale)',
} as const;

export interface ScatterOptions {
  /** Field of a point whose name stands at it. */
  readonly label: string;
  /** Field that points are coloured by. */
  readonly colour: string;
  /** Which of the fitted lines are drawn. */
  readonly lines: readonly string[];
}

/** Groups with a colour of their own, by tokens; the rest share one. */
const coloured = 10;
/** Points of each group whose names stand beside them, by tokens. */
const named = 1;

/** Cost against use on log axes, with the lines that make the quarters, and fitted lines. */
export function scatter(panel: FigurePanel, { label, colour, lines }: ScatterOptions): ChartSpec {
  const { fits, ...points } = rows;
  return chartOf(panel, lines.length === 0 ? points : { ...points, fits }, {
    height: 400,
    layer: [
      {
        data: { name: 'rows' },
        transform: pointsOf(label, colour),
        mark: { type: 'circle', size: 55, opacity: 0.8 },
        encoding: {
          x: cost,
          y: tokens,
          color: {
            field: 'group',
            type: 'nominal',
            title: null,
            sort: { field: 'weight', op: 'max', order: 'descending' },
          },
          opacity: { condition: { test: 'indexof(hidden, datum.group) >= 0', value: 0 }, value: 0.8 },
          tooltip: [
            { field: 'label', type: 'nominal', title: 'Name' },
            { field: 'effectiveCostUsd', type: 'quantitative', title: 'USD per 1M tokens', format: ',.4~r' },
            { field: 'totalTokens', type: 'quantitative', title: 'Tokens', format: ',' },
            { field: 'quadrant', type: 'nominal', title: 'Quarter' },
          ],
        },
      },
      rule('x', cost),
      rule('y', tokens),
      ...(lines.length === 0 ? [] : [fittedLines(lines)]),
      {
        name: 'point-names',
        data: { name: 'rows' },
        transform: [
          ...pointsOf(label, colour),
          {
            window: [{ op: 'row_number', as: 'place' }],
            groupby: ['group'],
            sort: [{ field: 'totalTokens', order: 'descending' }],
          },
          { filter: `datum.place <= ${named} && datum.weight >= 0 && indexof(hidden, datum.group) < 0` },
          ...withRoom,
        ],
        mark: { type: 'text', align: 'left', dx: 6, fontSize: 10, limit: 130 },
        encoding: { x: cost, y: tokens, text: { field: 'label', type: 'nominal' } },
      },
    ],
  });
}

/** Names above, of more tokens, that one is kept clear of. */
const namesAbove = [1, 2, 3, 4] as const;

/** Leaves out names that would be written over those of larger points; distances are in powers of ten. */
const withRoom: readonly ChartSpec[] = [
  { calculate: 'log(datum.effectiveCostUsd) / LN10', as: 'nameX' },
  { calculate: 'log(datum.totalTokens) / LN10', as: 'nameY' },
  {
    window: namesAbove.flatMap((param) =>
      ['nameX', 'nameY'].map((field) => ({ op: 'lag', field, param, as: `${field}${param}` })),
    ),
    sort: [{ field: 'totalTokens', order: 'descending' }],
  },
  {
    filter: namesAbove
      .map(
        (place) =>
          `(!isValid(datum.nameY${place}) || abs(datum.nameY${place} - datum.nameY) > 0.17 || abs(datum.nameX${place} - datum.nameX) > 0.9)`,
      )
      .join(' && '),
  },
];

/** What costs nothing, or is not known, has no place on a log axis. */
function pointsOf(label: string, colour: string): ChartSpec[] {
  return [
    { filter: 'isValid(datum.effectiveCostUsd) && datum.effectiveCostUsd > 0 && datum.totalTokens > 0' },
    { calculate: valueAt(`${label}.name`), as: 'label' },
    { calculate: valueAt(colour), as: 'own' },
    { joinaggregate: [{ op: 'sum', field: 'totalTokens', as: 'sum' }], groupby: ['own'] },
    { window: [{ op: 'dense_rank', as: 'rank' }], sort: [{ field: 'sum', order: 'descending' }] },
    { calculate: `datum.rank <= ${coloured} ? datum.own : 'Others'`, as: 'group' },
    { calculate: "datum.group === 'Others' ? -1 : datum.sum", as: 'weight' },
  ];
}

function rule(axis: 'x' | 'y', encoding: typeof cost | typeof tokens): ChartSpec {
  return {
    data: { name: 'dividers' },
    transform: [{ filter: `isValid(datum.${encoding.field}) && datum.${encoding.field} > 0` }],
    mark: { type: 'rule', strokeDash: [4, 4] },
    encoding: { [axis]: encoding },
  };
}

/** log₁₀ of millions of tokens = intercept + slope · log₁₀ of the cost, between a cent and a hundred dollars. */
function fittedLines(groups: readonly string[]): ChartSpec {
  return {
    data: { name: 'fits' },
    transform: [
      { filter: `isValid(datum.slope) && indexof(${JSON.stringify(groups)}, datum.group) >= 0` },
      { calculate: '[0.01, 100]', as: 'effectiveCostUsd' },
      { flatten: ['effectiveCostUsd'] },
      {
        calculate: '1e6 * pow(10, datum.intercept + datum.slope * log(datum.effectiveCostUsd) / LN10)',
        as: 'totalTokens',
      },
    ],
    mark: { type: 'line', strokeWidth: 1.5 },
    encoding: { x: cost, y: tokens, detail: { field: 'group', type: 'nominal' } },
  };
}
