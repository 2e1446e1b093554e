import type { ChartSpec, FigurePanel, Reading } from '../figure.ts';
import { chartOf } from './chart.ts';
import { flatRows } from './flat-rows.ts';
import { axisOf, titleOf, tooltipOf } from './units.ts';

/** A line for each cohort over its age; it goes on dashed into periods that are not over. */
export function retentionCurves(panel: FigurePanel, reading: Reading): ChartSpec {
  const encoding = {
    x: {
      field: 'period',
      type: 'quantitative',
      title: 'Months since first use',
      axis: { tickMinStep: 1, grid: false, format: 'd' },
    },
    y: { field: 'value', type: 'quantitative', title: titleOf(reading), axis: axisOf(reading) },
    color: { field: 'series', type: 'ordinal', title: 'Cohort' },
    tooltip: [
      { field: 'series', type: 'nominal', title: 'Cohort' },
      { field: 'period', type: 'quantitative', title: 'Month' },
      tooltipOf(reading),
      { field: 'size', type: 'quantitative', title: 'Users of the cohort', format: ',' },
      { field: 'complete', type: 'nominal', title: 'Period is over' },
    ],
  };
  return chartOf(
    panel,
    { rows: reading.rows },
    {
      data: { name: 'rows' },
      transform: [
        // Cohorts that were already using the model when the data begin are not of that month.
        { filter: '!datum.leftCensored && !datum.withheld' },
        ...flatRows(reading),
        { filter: 'isValid(datum.value)' },
      ],
      layer: [
        { mark: { type: 'line', strokeDash: [2, 3], strokeWidth: 1 }, encoding },
        {
          transform: [{ filter: 'datum.complete' }],
          mark: { type: 'line', point: { size: 14 }, strokeWidth: 1.5 },
          encoding,
        },
      ],
    },
  );
}
