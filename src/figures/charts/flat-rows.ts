import type { ChartSpec, Reading } from '../figure.ts';
import { wordsOf } from './chart.ts';

/**
 * Vega-Lite transforms that give rows of a document's result the fields `series`, `value`, `weight` (of the series
 * among all), and where there are periods `day` (text), `period` (a date, or an age) and `complete`.
 */
export function flatRows(reading: Reading): ChartSpec[] {
  const { flatten, series, only, period, value, per, factor = 1, complete } = reading;
  const quotient = per === undefined ? read(value) : `${read(value)} / ${read(per)}`;
  const known = `isValid(${read(value)})`;
  return [
    ...(flatten === undefined ? [] : [{ flatten: [flatten] }]),
    { calculate: `${known} ? ${factor === 1 ? '' : `${factor} * `}${quotient} : null`, as: 'known' },
    { calculate: seriesOf(series, only), as: 'series' },
    ...weigh,
    // Without its place in the order of colours.
    { calculate: 'indexof(hidden, datum.series) >= 0 ? null : datum.known', as: 'value' },
    { calculate: complete === undefined ? 'true' : read(complete), as: 'complete' },
    ...(period === undefined ? [] : periodOf(period)),
  ];
}

const weigh = [
  { joinaggregate: [{ op: 'sum', field: 'known', as: 'sum' }], groupby: ['series'] },
  { calculate: `indexof(['Others', 'Unknown'], datum.series) >= 0 ? -1 : datum.sum`, as: 'weight' },
];

/** Last, since `period` takes the place of the object that it is read from. */
function periodOf(path: string): ChartSpec[] {
  const isDay = path.endsWith('.start');
  return [
    { calculate: read(path), as: 'day' },
    { calculate: isDay ? 'toDate(datum.day)' : 'datum.day', as: 'period' },
  ];
}

function read(path: string): string {
  return `datum.${path}`;
}

/** Entities by their name, where the document asks for it; labels in words. */
function seriesOf(series: string | undefined, only = ''): string {
  if (series === undefined) return JSON.stringify(only);
  const [entity = '', field] = series.split('.');
  const others = `(datum.others ? 'Others' : 'Unknown')`;
  if (field === 'id') return `isValid(datum.${entity}) ? datum.${entity}.name : ${others}`;
  if (series === 'reasoning')
    return `isValid(datum.reasoning) ? (datum.reasoning ? 'Reasoning' : 'Not reasoning') : 'Unknown'`;
  // Cohorts by their month.
  if (series === 'start') return 'substring(datum.start, 0, 7)';
  return `isValid(${read(series)}) ? (${wordsOf(read(series))}) : ${others}`;
}
