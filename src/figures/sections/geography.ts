import { bars } from '../charts/bars.ts';
import { stackedBars } from '../charts/over-time.ts';
import type { FigureDefinition, Reading } from '../figure.ts';
import { onePanel, sharesOf } from './readings.ts';
import { months, weeks } from './windows.ts';

const section = '6. Geography: How LLM Usage Differs Across Regions';
const regions = `${section}: Regional Distribution of Usage`;

const spendShares = sharesOf('continent.id', 'Share of spend');

function tableOf(rows: string, series: string): Reading {
  return { title: 'Share of tokens (%)', unit: '%', rows, series, value: 'share', factor: 100, absent: 0 };
}
const continents = tableOf('continents.rows', 'continent.id');
const countries = tableOf('countries.rows', 'country.id');
const languages = tableOf('languages.rows', 'language');

const basis =
  'United States and Canada have 49.07 % of the tokens in Tab. 3, North America 47.22 in Tab. 2: the tables do not share one basis, and neither was derived from the other.';

/** Section 6 of the study: Fig. 24 and Tabs. 2 to 4. */
export const geography: readonly FigureDefinition[] = [
  {
    id: 'fig-24',
    number: 'Fig. 24',
    title: 'Spend Volume by World Region Over Time',
    question: 'Where is the money spent?',
    section: regions,
    document: 'q20-spend-by-continent',
    dimensions: ['CONTINENT'],
    measures: ['spend'],
    window: weeks,
    panels: onePanel('Spend by continent'),
    readings: { share: spendShares },
    chart: (panel) => stackedBars(panel, spendShares),
  },
  {
    id: 'tab-2',
    number: 'Tab. 2',
    title: 'LLM usage by continent',
    question: 'On which continents are the accounts that use the tokens?',
    section: regions,
    document: 'q21-geography-and-language',
    dimensions: ['CONTINENT', 'COUNTRY', 'LANGUAGE'],
    measures: ['totalTokens'],
    window: months,
    panels: onePanel('Tokens by continent'),
    readings: { share: continents },
    chart: (panel) => bars(panel, continents),
    decision: basis,
  },
  {
    id: 'tab-3',
    number: 'Tab. 3',
    title: 'Top 10 countries by token volume',
    question: 'In which countries are the accounts that use the tokens?',
    section: regions,
    document: 'q21-geography-and-language',
    dimensions: ['CONTINENT', 'COUNTRY', 'LANGUAGE'],
    measures: ['totalTokens'],
    window: months,
    panels: onePanel('Tokens by country'),
    readings: { share: countries },
    chart: (panel) => bars(panel, countries),
    decision: basis,
  },
  {
    id: 'tab-4',
    number: 'Tab. 4',
    title: 'Token volume by language',
    question: 'In which languages are prompts written?',
    section: `${section}: Distribution by Language`,
    document: 'q21-geography-and-language',
    dimensions: ['CONTINENT', 'COUNTRY', 'LANGUAGE'],
    measures: ['totalTokens'],
    window: months,
    panels: onePanel('Tokens by language'),
    readings: { share: languages },
    chart: (panel) => bars(panel, languages),
  },
];
