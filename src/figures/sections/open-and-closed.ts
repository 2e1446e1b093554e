import { bars } from '../charts/bars.ts';
import { stackedArea, stackedBars, stackedSums } from '../charts/over-time.ts';
import type { FigureDefinition } from '../figure.ts';
import { onePanel, sharesOf } from './readings.ts';
import { months, taggedWeeks, weeks } from './windows.ts';

const section = '3. Open vs. Closed Source Models';
const sizes = `${section}: Model Size vs. Market Fit`;
const purposes = `${section}: What Are Open Source Models Used For?`;

const groupShares = sharesOf('sourceGroup', 'Share of tokens');
const groupTokens = { ...groupShares, title: 'Tokens', unit: 'tokens', value: 'totalTokens', factor: 1 };
const topShares = sharesOf('model.id', 'Share of the tokens of the top 15 open models', {
  rows: 'renormalised.rows',
});
const sizeShares = sharesOf('size', 'Share of the tokens of open models');
const modelCounts = sharesOf('size', 'Share of the open models in use', {
  value: 'distinctModels',
  factor: 1,
  shareOf: 'PERIOD',
});
const authorTokens = {
  title: 'Tokens (10¹²)',
  unit: '10¹² tokens',
  rows: 'usage.rows',
  series: 'author.id',
  value: 'totalTokens',
  factor: 1e-12,
} as const;
const categoryShares = sharesOf('category.id', 'Share of tokens');

/** Section 3 of the study: Figs. 1 to 9 and Tab. 1. */
export const openAndClosed: readonly FigureDefinition[] = [
  {
    id: 'fig-01',
    number: 'Fig. 1',
    title: 'Token Share by Source Type and Origin',
    question:
      'Which part of the tokens goes to Chinese open models, to open models from elsewhere, and to proprietary ones?',
    section,
    document: 'q01-source-groups',
    related: ['q02-release-dates', 'q03-source-group-extremes'],
    dimensions: ['SOURCE_GROUP'],
    measures: ['totalTokens'],
    window: weeks,
    panels: onePanel('Token share by source type and origin'),
    readings: { share: groupShares },
    chart: (panel) => stackedArea(panel, groupShares),
    decision:
      'The averages and the highest share in the text (13.0, 13.7, 70; nearly 30) are not those of the chart (9.1, 12.8, 78.0; about 22): the chart was taken.',
  },
  {
    id: 'fig-02',
    number: 'Fig. 2',
    title: 'Weekly Token Volume by Model Type',
    question: 'How many tokens a week does each group of models serve?',
    section,
    document: 'q01-source-groups',
    dimensions: ['SOURCE_GROUP'],
    measures: ['totalTokens'],
    window: weeks,
    panels: onePanel('Weekly token volume by model type'),
    readings: { tokens: groupTokens },
    chart: (panel) => stackedSums(panel, groupTokens),
  },
  {
    id: 'tab-1',
    number: 'Tab. 1',
    title: 'Total tokens by author of open models',
    question: 'Whose open models serve the most tokens?',
    section: `${section}: Key Open Source Players`,
    document: 'q04-open-authors',
    dimensions: ['AUTHOR', 'SOURCE'],
    measures: ['totalTokens'],
    window: months,
    panels: onePanel('Tokens by author of open models'),
    readings: {
      share: {
        ...authorTokens,
        title: 'Share of the tokens of the ten authors',
        unit: '%',
        shareOf: 'LISTED',
      },
      tokens: authorTokens,
    },
    // The study counts in 10¹²; other gateways may have millions.
    chart: (panel) => bars(panel, { ...authorTokens, title: 'Tokens', unit: 'tokens', factor: 1 }),
  },
  {
    id: 'fig-03',
    number: 'Fig. 3',
    title: "The Decline of DeepSeek's Dominance: Fragmentation in the OSS Token Market",
    question: 'Which open models share the tokens of open models?',
    section: `${section}: Key Open Source Players`,
    document: 'q05-top-open-models',
    dimensions: ['MODEL', 'SOURCE'],
    measures: ['totalTokens'],
    window: weeks,
    panels: onePanel('Top 15 open models'),
    readings: {
      share: topShares,
      ofAllOpen: sharesOf('model.id', 'Largest share of all open tokens', { rows: 'ofAllOpen.rows' }),
    },
    chart: (panel) => stackedBars(panel, topShares),
    decision:
      'No open model above 25 % is said of all open models; the 31 % of MiniMax M2 in the chart are of the top 15 only. Each is held against its own base.',
  },
  {
    id: 'fig-04',
    number: 'Fig. 4',
    title: 'OSS Model Size vs Usage',
    question: 'Do small, medium or large open models serve the tokens?',
    section: sizes,
    document: 'q06-open-sizes',
    dimensions: ['SIZE', 'SOURCE'],
    measures: ['totalTokens'],
    window: weeks,
    panels: onePanel('Open tokens by size of the model'),
    readings: { share: sizeShares },
    chart: (panel) => stackedArea(panel, sizeShares),
  },
  {
    id: 'fig-05',
    number: 'Fig. 5',
    title: '# of OSS Models of a Given Size Over Time',
    question: 'How many open models of each size are in use?',
    section: sizes,
    document: 'q07-available-open-models',
    dimensions: ['SIZE', 'SOURCE'],
    measures: ['totalTokens'],
    window: weeks,
    panels: onePanel('Open models in use by size', { weekStart: 'SUNDAY' }),
    readings: { count: modelCounts },
    chart: (panel) => stackedBars(panel, modelCounts),
  },
  {
    id: 'fig-06',
    number: 'Fig. 6',
    title: 'Category Breakdown of OSS Models over Time',
    question: 'What are open models used for?',
    section: purposes,
    document: 'q08-categories',
    dimensions: ['CATEGORY', 'SOURCE'],
    measures: ['totalTokens'],
    window: taggedWeeks,
    panels: onePanel('Categories of open models', { where: { source: { eq: 'OPEN' } } }),
    readings: { share: categoryShares },
    chart: (panel) => stackedBars(panel, categoryShares),
  },
  {
    id: 'fig-07',
    number: 'Fig. 7',
    title: 'Chinese OSS category trends',
    question: 'What are Chinese open models used for?',
    section: purposes,
    document: 'q08-categories',
    dimensions: ['CATEGORY', 'SOURCE_GROUP'],
    measures: ['totalTokens'],
    window: taggedWeeks,
    panels: onePanel('Categories of Chinese open models', { where: { sourceGroup: { eq: 'CHINESE_OPEN' } } }),
    readings: { share: categoryShares },
    chart: (panel) => stackedBars(panel, categoryShares),
    decision:
      'With DeepSeek at two thirds of roleplay and more (Fig. 23) all Chinese open models could not have 33 %: the 33 were taken.',
  },
  {
    id: 'fig-08',
    number: 'Fig. 8',
    title: 'Programming queries by model source',
    question: 'Which models are used for programming?',
    section: purposes,
    document: 'q09-category-source-groups',
    dimensions: ['CATEGORY', 'SOURCE_GROUP'],
    measures: ['totalTokens'],
    window: taggedWeeks,
    panels: onePanel('Programming by model source', { category: 'programming' }),
    readings: { share: groupShares },
    chart: (panel) => stackedBars(panel, groupShares),
  },
  {
    id: 'fig-09',
    number: 'Fig. 9',
    title: 'Roleplay queries by model source',
    question: 'Which models are used for roleplay?',
    section: purposes,
    document: 'q09-category-source-groups',
    dimensions: ['CATEGORY', 'SOURCE_GROUP'],
    measures: ['totalTokens'],
    window: { ...taggedWeeks, from: '2025-05-19' },
    panels: onePanel('Roleplay by model source', { category: 'roleplay' }),
    readings: { share: groupShares },
    chart: (panel) => stackedBars(panel, groupShares),
    decision:
      'Its first week leaves open models less roleplay than Figs. 6 and 19 give them, and its last gives open models from elsewhere more than all their tokens in Fig. 1. Figs. 1, 6 and 19 were taken, and of Fig. 9 the 42 % of proprietary models at the end, which agree with them.',
  },
];
