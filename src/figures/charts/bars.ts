import type { ChartSpec, FigurePanel, Reading } from '../figure.ts';
import { chartOf, valueAt } from './chart.ts';
import { flatRows } from './flat-rows.ts';
import { axisOf, titleOf, tooltipOf } from './units.ts';

/** A bar for each group, in the order of the rows. */
export function bars(panel: FigurePanel, reading: Reading): ChartSpec {
  return chartOf(
    panel,
    { rows: reading.rows },
    {
      data: { name: 'rows' },
      transform: flatRows(reading),
      mark: 'bar',
      encoding: {
        y: { field: 'series', type: 'nominal', sort: null, title: null },
        x: { field: 'value', type: 'quantitative', title: titleOf(reading), axis: axisOf(reading) },
        tooltip: [{ field: 'series', type: 'nominal', title: 'Group' }, tooltipOf(reading)],
      },
    },
  );
}

/** Parts of a whole that are told apart by colour; smaller ones share the last. */
const toldApart = 6;
/** A part this large, in the unit of the reading, has room for its name. */
const named = 13;

/** A bar of parts for each whole, such as the tags of each category, largest first and named where there is room. */
export function partsOfWholes(panel: FigurePanel, reading: Reading, whole: string): ChartSpec {
  const y = {
    field: 'whole',
    type: 'nominal',
    sort: { field: 'wholeTokens', op: 'max', order: 'descending' },
    title: null,
  };
  const middle = {
    field: 'middle',
    type: 'quantitative',
    title: titleOf(reading),
    axis: axisOf(reading),
    scale: { nice: false },
  };
  return chartOf(
    panel,
    { rows: reading.rows },
    {
      data: { name: 'rows' },
      transform: [
        ...flatRows(reading),
        { calculate: valueAt(`${whole}.name`), as: 'whole' },
        { joinaggregate: [{ op: 'sum', field: 'totalTokens', as: 'wholeTokens' }], groupby: ['whole'] },
        {
          window: [{ op: 'row_number', as: 'place' }],
          groupby: ['whole'],
          sort: [{ field: 'known', order: 'descending' }],
        },
        {
          stack: 'value',
          groupby: ['whole'],
          sort: [{ field: 'place', order: 'ascending' }],
          as: ['start', 'end'],
        },
        { calculate: '(datum.start + datum.end) / 2', as: 'middle' },
        { calculate: `min(datum.place, ${toldApart})`, as: 'shade' },
      ],
      layer: [
        {
          mark: { type: 'bar', stroke: 'white', strokeWidth: 0.5 },
          encoding: {
            y,
            x: { ...middle, field: 'start' },
            x2: { field: 'end' },
            // By place, not by name: there are far more names than colours.
            color: {
              field: 'shade',
              type: 'ordinal',
              legend: null,
              scale: { scheme: 'blues', reverse: true },
            },
            tooltip: [
              { field: 'whole', type: 'nominal', title: 'Whole' },
              { field: 'series', type: 'nominal', title: 'Part' },
              tooltipOf(reading),
            ],
          },
        },
        {
          name: 'part-names',
          transform: [{ filter: `datum.value >= ${named}` }],
          mark: { type: 'text', fontSize: 9, limit: 90 },
          encoding: {
            y,
            x: middle,
            text: { field: 'series', type: 'nominal' },
            color: { condition: { test: 'datum.place > 3', value: '#1c1e21' }, value: 'white' },
          },
        },
      ],
    },
  );
}
