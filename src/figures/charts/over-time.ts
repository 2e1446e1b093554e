import type { Grain } from '../../measures/periods.ts';
import type { ChartSpec, FigurePanel, Reading } from '../figure.ts';
import { chartOf, colour, order } from './chart.ts';
import { flatRows } from './flat-rows.ts';
import { hatchIncomplete, later } from './incomplete.ts';
import { time } from './time.ts';
import { axisOf, titleOf, tooltipOf } from './units.ts';

const tooltip = (reading: Reading): ChartSpec[] => [
  { field: 'series', type: 'nominal', title: 'Series' },
  { field: 'day', type: 'nominal', title: 'From' },
  tooltipOf(reading),
];

/** The grain that was asked for, or else the document's own. */
function grainOf({ variables }: FigurePanel, own: Grain): Grain {
  return (variables.grain as Grain | undefined) ?? own;
}

/** Shares that add up to the whole of each period. */
export function stackedArea(panel: FigurePanel, reading: Reading, grain: Grain = 'WEEK'): ChartSpec {
  return chartOf(
    panel,
    { rows: reading.rows },
    {
      data: { name: 'rows' },
      transform: flatRows(reading),
      layer: [
        {
          mark: 'area',
          encoding: {
            x: time,
            y: stacked(reading, 'normalize'),
            color: colour,
            order,
            tooltip: tooltip(reading),
          },
        },
        ...hatchIncomplete(grainOf(panel, grain), 'POINTS'),
      ],
    },
  );
}

/** The same, where each period stands for itself. */
export function stackedBars(panel: FigurePanel, reading: Reading, grain: Grain = 'WEEK'): ChartSpec {
  return barsOverTime(panel, reading, 'normalize', grainOf(panel, grain));
}

/** Sums of each period, one on another. */
export function stackedSums(panel: FigurePanel, reading: Reading, grain: Grain = 'WEEK'): ChartSpec {
  return barsOverTime(panel, reading, 'zero', grainOf(panel, grain));
}

type Stack = 'normalize' | 'zero';

function barsOverTime(panel: FigurePanel, reading: Reading, stack: Stack, grain: Grain): ChartSpec {
  return chartOf(
    panel,
    { rows: reading.rows },
    {
      data: { name: 'rows' },
      transform: [...flatRows(reading), { calculate: later('datum.period', grain), as: 'end' }],
      layer: [
        {
          mark: { type: 'bar', orient: 'vertical', x2Offset: -1 },
          encoding: {
            x: time,
            x2: { field: 'end' },
            y: stacked(reading, stack),
            color: colour,
            order,
            tooltip: tooltip(reading),
          },
        },
        ...hatchIncomplete(grain, 'BARS'),
      ],
    },
  );
}

function stacked(reading: Reading, stack: Stack): ChartSpec {
  const axis = stack === 'normalize' ? { format: '%' } : axisOf(reading);
  return { field: 'value', type: 'quantitative', stack, title: titleOf(reading), axis };
}

/** A line for each group; several readings of one result are drawn over each other. */
export function lines(panel: FigurePanel, readings: readonly Reading[], grain: Grain = 'WEEK'): ChartSpec {
  const names = readings.map((_, index) => (index === 0 ? 'rows' : `rows${index + 1}`));
  const rows = Object.fromEntries(readings.map((reading, index) => [names[index] ?? '', reading.rows]));
  const [first] = readings;
  return chartOf(panel, rows, {
    layer: [
      ...readings.map((reading, index) => ({
        data: { name: names[index] },
        transform: flatRows(reading),
        mark: { type: 'line', point: { size: 18 }, strokeWidth: 1.75 },
        encoding: {
          x: time,
          y: { field: 'value', type: 'quantitative', title: titleOf(reading), axis: axisOf(reading) },
          color: readings.length > 1 || reading.series !== undefined ? colour : { ...colour, legend: null },
          tooltip: tooltip(reading),
        },
      })),
      ...(first === undefined
        ? []
        : hatchIncomplete(grainOf(panel, grain), 'POINTS', {
            data: { name: 'rows' },
            transform: flatRows(first),
          })),
    ],
  });
}
