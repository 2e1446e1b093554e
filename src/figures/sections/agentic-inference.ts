import { bars } from '../charts/bars.ts';
import { lines, stackedArea, stackedBars } from '../charts/over-time.ts';
import type { FigureDefinition, Reading } from '../figure.ts';
import { ofPeriod, onePanel, sharesOf } from './readings.ts';
import { allMonths, months, taggedWeeks, weeks } from './windows.ts';

const section = '4. The Rise of Agentic Inference';

const reasoningShares = sharesOf('reasoning', 'Share of tokens');
const topReasoning: Reading = {
  title: 'Tokens',
  unit: 'tokens',
  rows: 'usage.rows',
  series: 'model.id',
  value: 'totalTokens',
};
const toolCalls: Reading = {
  title: 'Share of tokens of requests that ended in a tool call (%)',
  unit: '%',
  rows: 'usage.rows',
  ...ofPeriod,
  value: 'toolCallTokens',
  per: 'totalTokens',
  factor: 100,
};
const toolModels = sharesOf('model.id', 'Share of the tool-call tokens of the top 10 models');

function mean(value: string, only: string, title: string, more: Partial<Reading> = {}): Reading {
  return { title, unit: 'tokens per request', rows: 'usage.rows', only, ...ofPeriod, value, ...more };
}
const prompt = mean('meanPromptTokens', 'prompt', 'Mean prompt tokens per request');
const completion = mean('meanCompletionTokens', 'completion', 'Mean completion tokens per request');
const reasoning = mean('meanReasoningTokens', 'reasoning part', 'Mean completion tokens per request');
const sequence = mean('meanSequenceTokens', 'sequence', 'Mean prompt and completion tokens per request');
const ofProgramming = { ...sequence, only: 'programming', rows: 'category.rows' };
const ofAll = { ...sequence, only: 'all', rows: 'overall.rows' };
const byCategory: Reading = {
  ...ofPeriod,
  title: 'Mean prompt tokens per request',
  unit: 'tokens per request',
  rows: 'usage.rows',
  series: 'category.id',
  value: 'meanPromptTokens',
};
/** The only group of a reading has no name among the published values. */
const unnamed = (of: Reading): Reading => ({ ...of, only: '' });

const lengthsDecision =
  'Prompts of more than 6,000 tokens and completions of about 400 do not make sequences of 5,400, which are published as "more than": the first two were taken.';

/** Section 4 of the study: Figs. 10 to 18. */
export const agenticInference: readonly FigureDefinition[] = [
  {
    id: 'fig-10',
    number: 'Fig. 10',
    title: 'Reasoning vs Non-Reasoning Token Trends Over Time',
    question: 'Which part of the tokens is served by models capable of reasoning?',
    section: `${section}: Reasoning Models Now Represent Half of All Usage`,
    document: 'q10-reasoning',
    dimensions: ['REASONING'],
    measures: ['totalTokens'],
    window: weeks,
    panels: onePanel('Tokens of models capable of reasoning', { weekStart: 'SUNDAY' }),
    readings: { share: reasoningShares },
    chart: (panel) => stackedArea(panel, reasoningShares),
  },
  {
    id: 'fig-11',
    number: 'Fig. 11',
    title: 'Top reasoning models by token volume',
    question: 'Which models capable of reasoning serve the most tokens?',
    section: `${section}: Reasoning Models Now Represent Half of All Usage`,
    document: 'q11-top-reasoning-models',
    dimensions: ['MODEL', 'REASONING'],
    measures: ['totalTokens'],
    window: { from: '2025-11-01', to: '2025-12-01' },
    panels: onePanel('Top reasoning models'),
    readings: {
      rank: {
        ...topReasoning,
        title: 'Model at this rank',
        unit: 'model',
        series: '#',
        value: 'model.id',
        kind: 'WORD',
      },
    },
    chart: (panel) => bars(panel, topReasoning),
    decision:
      'The days of the snapshot are not stated; November 2025 was taken. Free launch traffic is left out by the variable `without`, since no log tells it from the rest.',
  },
  {
    id: 'fig-12',
    number: 'Fig. 12',
    title: 'Tool Invocation Over Time',
    question: 'Which part of the tokens is of requests that ended in a call of a tool?',
    section: `${section}: Rising Adoption of Tool-Calling`,
    document: 'q12-tool-calls',
    dimensions: [],
    measures: ['totalTokens', 'toolCalls'],
    window: weeks,
    panels: onePanel('Tokens of requests that ended in a tool call'),
    readings: { share: toolCalls },
    chart: (panel) => lines(panel, [toolCalls]),
  },
  {
    id: 'fig-13',
    number: 'Fig. 13',
    title: "Top 10 Most Used Models with 'Tool-Call' Finish Reason",
    question: 'Which models call tools?',
    section: `${section}: Rising Adoption of Tool-Calling`,
    document: 'q13-tool-call-models',
    dimensions: ['MODEL'],
    measures: ['toolCalls'],
    window: { from: '2025-01-01', to: '2025-12-01' },
    panels: onePanel('Top 10 models by tool-call tokens'),
    readings: { share: toolModels },
    chart: (panel) => stackedBars(panel, toolModels, 'MONTH'),
  },
  {
    id: 'fig-14',
    number: 'Fig. 14',
    title: 'Number of prompt tokens is on the rise',
    question: 'How long are prompts?',
    section: `${section}: The Anatomy of Prompt-Completion Shapes`,
    document: 'q14-lengths',
    dimensions: [],
    measures: ['requests', 'promptTokens'],
    window: allMonths,
    panels: onePanel('Mean prompt tokens'),
    readings: { prompt: unnamed(prompt) },
    chart: (panel) => lines(panel, [prompt], 'MONTH'),
    decision: lengthsDecision,
  },
  {
    id: 'fig-15',
    number: 'Fig. 15',
    title: 'Completion tokens almost tripled',
    question: 'How long are completions, and which part of them is reasoning?',
    section: `${section}: The Anatomy of Prompt-Completion Shapes`,
    document: 'q14-lengths',
    dimensions: [],
    measures: ['requests', 'completionTokens'],
    window: allMonths,
    panels: onePanel('Mean completion tokens'),
    readings: { completion: unnamed(completion) },
    chart: (panel) => lines(panel, [completion, reasoning], 'MONTH'),
    decision: lengthsDecision,
  },
  {
    id: 'fig-16',
    number: 'Fig. 16',
    title: 'Programming is the Main Driver Behind Prompt Token Growth',
    question: 'How long are the prompts of each category?',
    section: `${section}: The Anatomy of Prompt-Completion Shapes`,
    document: 'q15-prompt-length-by-category',
    dimensions: ['CATEGORY'],
    measures: ['requests', 'promptTokens'],
    window: taggedWeeks,
    panels: onePanel('Mean prompt tokens by category'),
    readings: { prompt: byCategory },
    chart: (panel) => lines(panel, [byCategory]),
  },
  {
    id: 'fig-17',
    number: 'Fig. 17',
    title: 'Average Sequence Length Over Time',
    question: 'How long are prompt and completion together?',
    section: `${section}: Longer Sequences, More Complex Interactions`,
    document: 'q14-lengths',
    dimensions: [],
    measures: ['requests', 'totalTokens'],
    window: allMonths,
    panels: onePanel('Mean sequence length'),
    readings: { sequence: unnamed(sequence) },
    chart: (panel) => lines(panel, [sequence], 'MONTH'),
    decision: lengthsDecision,
  },
  {
    id: 'fig-18',
    number: 'Fig. 18',
    title: 'Sequence length: programming vs overall',
    question: 'How much longer are the sequences of programming?',
    section: `${section}: Longer Sequences, More Complex Interactions`,
    document: 'q16-sequence-length-programming',
    dimensions: ['CATEGORY'],
    measures: ['requests', 'totalTokens'],
    window: { from: months.from, to: months.to },
    panels: onePanel('Mean sequence length of programming and of all'),
    readings: { programming: ofProgramming, all: ofAll },
    chart: (panel) => lines(panel, [ofProgramming, ofAll], 'MONTH'),
  },
];
