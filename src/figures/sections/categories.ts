import { partsOfWholes } from '../charts/bars.ts';
import { stackedArea, stackedBars } from '../charts/over-time.ts';
import type { FigureDefinition, FigurePanel, Reading } from '../figure.ts';
import { onePanel, sharesOf } from './readings.ts';
import { taggedWeeks } from './windows.ts';

const section = '5. Categories: How Are People Using LLMs?';
const within = `${section}: Author-Level Insights by Category`;

const categoryShares = sharesOf('category.id', 'Share of tokens');
const spendShares = sharesOf('author.id', 'Share of spend');
const tagShares: Reading = {
  title: 'Share of the tokens of the category (%)',
  unit: '%',
  rows: 'tags.rows',
  series: 'tag.id',
  value: 'share',
  factor: 100,
  absent: 0,
};
const tagSharesOfWeeks = sharesOf('tag.id', 'Share of the tokens of the category');

function authorPanels(authors: Readonly<Record<string, string>>): FigurePanel[] {
  return Object.entries(authors).map(([key, name]) => ({
    key,
    title: `Categories of ${name}`,
    variables: { where: { author: { eq: key } } },
  }));
}

/** Section 5 of the study and its appendix: Figs. 19 to 23 and 29. */
export const categories: readonly FigureDefinition[] = [
  {
    id: 'fig-19',
    number: 'Fig. 19',
    title: 'Dominant Categories Over Time',
    question: 'What do people use language models for?',
    section: `${section}: Dominant Categories`,
    document: 'q08-categories',
    dimensions: ['CATEGORY'],
    measures: ['totalTokens'],
    window: taggedWeeks,
    panels: onePanel('Categories'),
    readings: { share: categoryShares },
    chart: (panel) => stackedBars(panel, categoryShares),
    decision:
      'The "11 % at the start of 2025" can only be the first tagged week, 18 May 2025, where the chart has 10: the chart was taken.',
  },
  {
    id: 'fig-20',
    number: 'Fig. 20',
    title: 'Top Model Authors Used for Programming Based on Spend',
    question: "Whose models is programming's money spent on?",
    section: within,
    document: 'q17-programming-spend',
    dimensions: ['CATEGORY', 'AUTHOR'],
    measures: ['spend'],
    window: { ...taggedWeeks, from: '2025-05-19' },
    panels: onePanel('Spend on programming by author'),
    readings: { share: spendShares },
    chart: (panel) => stackedBars(panel, spendShares),
    decision:
      'Its caption in the text says requests; the title of the chart says spend, which was taken. "Consistently above 60 %" and "stable about 15 %" do not hold in the chart, which was taken.',
  },
  {
    id: 'fig-21',
    number: 'Fig. 21',
    title: 'Categories by total token share, and the tags within them',
    question: 'What are the categories made of?',
    section: `${section}: Tag Composition Within Categories`,
    document: 'q18-tags',
    dimensions: ['CATEGORY', 'TAG'],
    measures: ['totalTokens'],
    window: taggedWeeks,
    panels: onePanel('Tags within categories'),
    readings: { share: tagShares },
    chart: (panel) => partsOfWholes(panel, tagShares, 'category'),
    decision: 'Where figure and text differ (16.4 and 15.6, 15.0 and 15.4), the figure was taken.',
  },
  {
    id: 'fig-22',
    number: 'Fig. 22',
    title: 'Top categories of Anthropic, Google and xAI',
    question: 'What is each author’s family of models used for?',
    section: within,
    document: 'q08-categories',
    dimensions: ['CATEGORY', 'AUTHOR'],
    measures: ['totalTokens'],
    window: taggedWeeks,
    panels: authorPanels({ anthropic: 'Anthropic', google: 'Google', 'x-ai': 'xAI' }),
    readings: { share: categoryShares },
    chart: (panel) => stackedBars(panel, categoryShares),
  },
  {
    id: 'fig-23',
    number: 'Fig. 23',
    title: 'Top categories of OpenAI, DeepSeek and Qwen',
    question: 'What is each author’s family of models used for?',
    section: within,
    document: 'q08-categories',
    dimensions: ['CATEGORY', 'AUTHOR'],
    measures: ['totalTokens'],
    window: taggedWeeks,
    panels: authorPanels({ openai: 'OpenAI', deepseek: 'DeepSeek', qwen: 'Qwen' }),
    readings: { share: categoryShares },
    chart: (panel) => stackedBars(panel, categoryShares),
    decision:
      'DeepSeek’s two thirds of roleplay do not fit the 33 % of all Chinese open models in Fig. 7, of which it serves the most: Fig. 7 was taken.',
  },
];

/** Fig. 29 stands at the end of the study. */
export const appendix: readonly FigureDefinition[] = [
  {
    id: 'fig-29',
    number: 'Fig. 29',
    title: 'Sub-composition of roleplay, programming and technology',
    question: 'What are the largest categories made of, week by week?',
    section: 'Appendix: Category Sub-Composition Details',
    document: 'q19-tags-over-time',
    dimensions: ['CATEGORY', 'TAG'],
    measures: ['totalTokens'],
    window: taggedWeeks,
    panels: ['roleplay', 'programming', 'technology'].map((category) => ({
      key: category,
      title: `Tags of ${category}`,
      variables: { category },
    })),
    readings: { share: tagSharesOfWeeks },
    chart: (panel) => stackedArea(panel, tagSharesOfWeeks),
    decision:
      'Assistants and productivity software make 65 % of technology here and about 42 in Fig. 21 as it was read: 65 was taken.',
  },
];
