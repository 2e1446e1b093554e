import type { Grain } from '../../measures/periods.ts';
import type { ChartSpec } from '../figure.ts';
import { time } from './time.ts';

const units: Readonly<Record<Grain, string>> = {
  DAY: 'date',
  WEEK: 'week',
  MONTH: 'month',
  QUARTER: 'quarter',
};

/** Expression for the date so many periods later. */
export function later(date: string, grain: Grain, periods = 1): string {
  return `utcOffset('${units[grain]}', ${date}, ${periods})`;
}

/** BARS: over the period itself. POINTS: over the line between it and its neighbour. */
type Shape = 'BARS' | 'POINTS';

/** Names of layers that say in words what the hatching means; they begin with it; small pictures leave them out. */
export const incompleteLabel = 'incomplete-label';

/**
 * Layers that hatch periods which the data do not cover to their end: they are shown, and not to be read as a fall.
 * For rows that have gone through `flatRows`.
 */
export function hatchIncomplete(grain: Grain, shape: Shape, data?: ChartSpec): ChartSpec[] {
  const transform = [
    { joinaggregate: [{ op: 'min', field: 'period', as: 'first' }] },
    { filter: '!datum.complete' },
    { aggregate: [{ op: 'min', field: 'first', as: 'first' }], groupby: ['period'] },
    ...stretchOf(grain, shape),
  ];
  const place = {
    x: { ...time, field: 'hatchFrom' },
    x2: { field: 'hatchTo' },
  };
  return [
    {
      ...data,
      transform: [...transformsOf(data), ...transform],
      mark: { type: 'rect', fill: hatching, tooltip: 'The data do not cover this period to its end.' },
      encoding: place,
    },
    // A light edge below dark letters: legible on any colour and on the stripes.
    ...[{ stroke: 'rgba(255, 255, 255, 0.9)', strokeWidth: 4 }, { fill: '#1c1e21' }].map((ink, index) => ({
      ...data,
      name: `${incompleteLabel}-${index}`,
      transform: [
        ...transformsOf(data),
        ...transform,
        { calculate: 'toDate((time(datum.hatchFrom) + time(datum.hatchTo)) / 2)', as: 'middle' },
      ],
      mark: {
        type: 'text',
        text: 'incomplete',
        angle: 270,
        fontSize: 10,
        align: 'left',
        baseline: 'middle',
        y: 'height',
        yOffset: -6,
        ...ink,
      },
      encoding: { x: { ...place.x, field: 'middle' } },
    })),
  ];
}

function transformsOf(data: ChartSpec | undefined): ChartSpec[] {
  return (data?.transform as ChartSpec[] | undefined) ?? [];
}

function stretchOf(grain: Grain, shape: Shape): ChartSpec[] {
  const isFirst = 'datum.period <= datum.first';
  const from =
    shape === 'BARS' ? 'datum.period' : `${isFirst} ? datum.period : ${later('datum.period', grain, -1)}`;
  const to =
    shape === 'BARS'
      ? later('datum.period', grain)
      : `${isFirst} ? ${later('datum.period', grain)} : datum.period`;
  return [
    { calculate: from, as: 'hatchFrom' },
    { calculate: to, as: 'hatchTo' },
  ];
}

const stripes = 72;

/** Vega has no patterns: a gradient with hard edges stands for one. It is narrow, so the stripes are steep in it. */
const hatching = {
  gradient: 'linear',
  x1: 0,
  y1: 0,
  x2: 0.06,
  y2: 1,
  stops: Array.from({ length: stripes }, (_, index) => {
    const color = index % 2 === 0 ? 'rgba(110, 110, 110, 0.5)' : 'rgba(255, 255, 255, 0.25)';
    return [
      { offset: index / stripes, color },
      { offset: (index + 1) / stripes, color },
    ];
  }).flat(),
};
