import { scatter } from '../charts/scatter.ts';
import type { FigureDefinition, Reading } from '../figure.ts';
import { onePanel } from './readings.ts';
import { months, taggedWeeks } from './windows.ts';

const section = '8. Cost vs. Usage Dynamics';
const byModel = `${section}: Effective Cost vs Usage of AI Models`;

const usdPerMillion = 'USD per 1M tokens';

function divider(value: string, title: string, unit: string): Reading {
  return { title, unit, rows: 'costMap.dividers', value };
}
function point(
  subject: string,
  value: string,
  title: string,
  unit: string,
  more: Partial<Reading> = {},
): Reading {
  return { title, unit, rows: 'costMap.points', series: `${subject}.id`, value, ...more };
}
function line(value: string, title: string, unit: string, factor = 1): Reading {
  return { title, unit, rows: 'costMap.fits', series: 'group', value, factor };
}

const medianCost = divider('effectiveCostUsd', 'Median cost', usdPerMillion);

/** Section 8 of the study: Figs. 26 to 28 and Tab. 5. */
export const cost: readonly FigureDefinition[] = [
  {
    id: 'fig-26',
    number: 'Fig. 26',
    title: 'Log cost vs log usage by category',
    question: 'Which categories cost much, and which are used much?',
    section: `${section}: Analysis of AI Workload Segmentation by Categories`,
    document: 'q23-cost-by-category',
    dimensions: ['CATEGORY'],
    measures: ['totalTokens', 'spend'],
    window: taggedWeeks,
    panels: onePanel('Cost against use by category'),
    readings: {
      medianCost,
      quadrant: point('category', 'quadrant', 'Quarter of the map', 'quarter', { kind: 'WORD' }),
    },
    chart: (panel) => scatter(panel, { label: 'category', colour: 'quadrant', lines: [] }),
    decision:
      'Science is named in two quarters; either is taken to agree. Only four categories are named above the line of use, which is not said to be the median, as here: the three next to the median (finance, academia, translation) are not counted.',
  },
  {
    id: 'fig-27',
    number: 'Fig. 27',
    title: 'Cost vs. Usage Based on Source',
    question:
      'Do open and proprietary models differ in cost and use, and does a lower price go with more use?',
    section: byModel,
    document: 'q24-cost-by-model',
    related: ['q25-list-price'],
    dimensions: ['MODEL'],
    measures: ['totalTokens', 'spend'],
    window: months,
    panels: onePanel('Cost against use by source of the model'),
    readings: {
      useChange: line('elasticity.useChange', 'More use for a price 10 % lower', '%', 100),
      slope: line('slope', 'Slope of the log–log line', 'log₁₀ per log₁₀'),
      medianCost,
      medianUse: divider('logTokens', 'Median use', 'log₁₀ of 10⁶ tokens'),
    },
    chart: (panel) => scatter(panel, { label: 'model', colour: 'source', lines: ['ALL'] }),
    decision:
      'The text has 0.5 to 0.7 % more use for 10 % less, a slope of −0.05 to −0.07; the line as drawn has −0.27. The text was taken. The median of models (0.48) and of categories (0.73) are of different populations, and both are held.',
  },
  {
    id: 'fig-28',
    number: 'Fig. 28',
    title: 'AI model market map: cost vs usage',
    question: 'Where do the authors stand on the map of cost and use?',
    section: byModel,
    document: 'q24-cost-by-model',
    dimensions: ['MODEL'],
    measures: ['totalTokens', 'spend'],
    window: months,
    panels: onePanel('Cost against use by author'),
    readings: { cost: point('model', 'effectiveCostUsd', 'Effective cost', usdPerMillion) },
    chart: (panel) => scatter(panel, { label: 'model', colour: 'author.name', lines: [] }),
  },
  {
    id: 'tab-5',
    number: 'Tab. 5',
    title: 'Example models by segment',
    question: 'Which models stand for each quarter of the map?',
    section: byModel,
    document: 'q24-cost-by-model',
    dimensions: ['MODEL'],
    measures: ['totalTokens', 'spend'],
    window: months,
    panels: onePanel('Cost against use by segment'),
    readings: {
      cost: point('model', 'effectiveCostUsd', 'Effective cost', usdPerMillion),
      use: point('model', 'logTokens', 'Use, relative to the mean of the eight models', 'log₁₀ of tokens', {
        centred: true,
      }),
      segment: point('model', 'quadrant', 'Segment', 'segment', { kind: 'WORD' }),
    },
    chart: (panel) => scatter(panel, { label: 'model', colour: 'quadrant', lines: [] }),
  },
];
