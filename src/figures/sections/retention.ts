import { retentionCurves } from '../charts/retention-curves.ts';
import type { FigureDefinition, Reading } from '../figure.ts';
import { allMonths } from './windows.ts';

const models = {
  'claude-sonnet-4': 'anthropic/claude-sonnet-4',
  'gemini-2.5-pro': 'google/gemini-2.5-pro',
  'gemini-2.5-flash': 'google/gemini-2.5-flash',
  'gpt-4o-mini': 'openai/gpt-4o-mini',
  'llama-4-maverick': 'meta-llama/llama-4-maverick',
  'gemini-2.0-flash': 'google/gemini-2.0-flash',
  'deepseek-r1': 'deepseek/deepseek-r1',
  'deepseek-chat-v3-0324': 'deepseek/deepseek-chat-v3-0324',
} as const;

const rate: Reading = {
  title: 'Part of the cohort that is active (%)',
  unit: '%',
  rows: 'retention.cohorts',
  flatten: 'periods',
  series: 'start',
  period: 'periods.age',
  complete: 'periods.complete',
  value: 'periods.rate',
  factor: 100,
};

function found(rows: string, title: string): Reading {
  return { title, unit: 'cohorts', rows, value: 'cohort.start', kind: 'LIST' };
}

/** Section 7 of the study: Fig. 25. */
export const retention: readonly FigureDefinition[] = [
  {
    id: 'fig-25',
    number: 'Fig. 25',
    title: 'Cohort retention rates',
    question: 'Do the users of a model stay, by the month of their first use of it?',
    section: '7. Analysis of LLM User Retention: The Cinderella "Glass Slipper" Phenomenon',
    document: 'q22-retention',
    dimensions: ['MODEL'],
    measures: ['distinctUsers'],
    window: allMonths,
    panels: Object.entries(models).map(([key, model]) => ({
      key,
      title: `Retention of ${key}`,
      variables: { model },
    })),
    readings: {
      rate,
      foundational: found('retention.foundational', 'Foundational cohorts'),
      boomerang: found('retention.boomerangs', 'Boomerang cohorts'),
    },
    chart: (panel) => retentionCurves(panel, rate),
  },
];
