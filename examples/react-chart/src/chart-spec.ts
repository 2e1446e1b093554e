import type { VisualizationSpec } from 'vega-embed';
import { groups, type WeeklyPart } from './weekly-parts.ts';

/** Told apart by most people with colour-blindness, on white as on near-black; the last is for what is unknown. */
const colours = ['#ff725c', '#efb118', '#4269d0', '#9498a0'];

/** Stacked bars, one for each week, as Vega-Lite has them: data, and what is drawn from them. */
export function chartSpec(parts: readonly WeeklyPart[]): VisualizationSpec {
  return {
    $schema: 'https://vega.github.io/schema/vega-lite/v6.json',
    width: 'container',
    height: 320,
    background: 'transparent',
    // Copies: Vega writes into the rows that it is given. A share that is not known is not drawn.
    data: { values: parts.filter(({ share }) => share !== null).map((part) => ({ ...part })) },
    transform: [{ calculate: `indexof(${JSON.stringify(groups)}, datum.group)`, as: 'place' }],
    mark: { type: 'bar', orient: 'vertical', x2Offset: -1 },
    encoding: {
      x: { field: 'start', type: 'temporal', scale: { type: 'utc' }, title: null, axis: weeksAxis(parts) },
      x2: { field: 'end' },
      y: {
        field: 'share',
        type: 'quantitative',
        stack: 'zero',
        scale: { domain: [0, 1] },
        title: 'Share of tokens',
        axis: { format: '%', grid: false },
      },
      color: {
        field: 'group',
        type: 'nominal',
        title: null,
        scale: { domain: [...groups], range: colours },
        // Two columns have room on phones.
        legend: { orient: 'top', columns: 2 },
      },
      order: { field: 'place', type: 'quantitative' },
      opacity: { condition: { test: 'datum.complete', value: 1 }, value: 0.45 },
      tooltip: [
        { field: 'group', title: 'Source' },
        { field: 'start', type: 'temporal', timeUnit: 'utcyearmonthdate', title: 'Week from' },
        { field: 'share', type: 'quantitative', format: '.1%', title: 'Share' },
      ],
    },
  };
}

/** A tick where a week begins, with its day; of days that would overlap some are left out. */
function weeksAxis(parts: readonly WeeklyPart[]) {
  const starts = [...new Set(parts.map(({ start }) => Date.parse(start)))];
  return { grid: false, values: starts, format: '%-d %b %Y', labelOverlap: 'greedy' } as const;
}
