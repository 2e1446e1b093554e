import type { Measure } from './types.ts';

const tokenizerNote =
  'Each model counts with its own tokenizer, so tokens of different models are not quite the same unit.';

/** Every measure of the API. Fields of a usage row, orders and the data set's metadata derive from this list. */
export const measures = [
  {
    name: 'REQUESTS',
    field: 'requests',
    description: 'Generations: prompt–completion pairs.',
    unit: 'requests',
    type: 'INTEGER',
    kind: 'SUM',
    sql: 'requests',
    columns: ['requests'],
    coverage: 'requests',
  },
  {
    name: 'PROMPT_TOKENS',
    field: 'promptTokens',
    description: `Tokens sent to the model, cached ones included. ${tokenizerNote}`,
    unit: 'tokens',
    type: 'INTEGER',
    kind: 'SUM',
    sql: 'prompt_tokens',
    columns: ['prompt_tokens'],
    coverage: 'promptTokens',
  },
  {
    name: 'COMPLETION_TOKENS',
    field: 'completionTokens',
    description: `Tokens the model produced, reasoning included. ${tokenizerNote}`,
    unit: 'tokens',
    type: 'INTEGER',
    kind: 'SUM',
    sql: 'completion_tokens',
    columns: ['completion_tokens'],
    coverage: 'completionTokens',
  },
  {
    name: 'REASONING_TOKENS',
    field: 'reasoningTokens',
    description: `The part of the completion tokens that was reasoning. ${tokenizerNote}`,
    unit: 'tokens',
    type: 'INTEGER',
    kind: 'SUM',
    sql: 'reasoning_tokens',
    columns: ['reasoning_tokens'],
    coverage: 'reasoningTokens',
  },
  {
    name: 'CACHED_TOKENS',
    field: 'cachedTokens',
    description: `The part of the prompt tokens that the provider read from its cache. ${tokenizerNote}`,
    unit: 'tokens',
    type: 'INTEGER',
    kind: 'SUM',
    sql: 'cached_tokens',
    columns: ['cached_tokens'],
    coverage: 'cachedTokens',
  },
  {
    name: 'TOTAL_TOKENS',
    field: 'totalTokens',
    description: `Prompt plus completion tokens: the study's token volume. ${tokenizerNote}`,
    unit: 'tokens',
    type: 'INTEGER',
    kind: 'SUM',
    sql: 'total_tokens',
    columns: ['total_tokens'],
    coverage: 'totalTokens',
  },
  {
    name: 'SPEND_USD',
    field: 'spendUsd',
    description: 'Money paid, in US dollars, after caching.',
    unit: 'USD',
    type: 'DECIMAL',
    kind: 'SUM',
    sql: 'spend_usd',
    columns: ['spend_usd'],
    coverage: 'spend',
  },
  {
    name: 'EFFECTIVE_COST_USD',
    field: 'effectiveCostUsd',
    description:
      'Money paid per 1M tokens, in US dollars: spend ÷ total tokens × 10⁶, over the requests whose spend is known, those with a key of the user (BYOK) left out.',
    unit: 'USD per 1M tokens',
    type: 'FLOAT',
    kind: 'RATIO',
    sql: '(sum(billed_spend_usd) / nullif(sum(billed_tokens), 0) * 1000000)::double precision',
    columns: ['billed_spend_usd', 'billed_tokens'],
    coverage: 'spend',
  },
  {
    name: 'DISTINCT_USERS',
    field: 'distinctUsers',
    description:
      'Users active at least once in the period. Not additive: kept by day, ISO week and month, for each model and for all together, and refused for any other grouping. Null for a period that the range cuts.',
    unit: 'users',
    type: 'INTEGER',
    kind: 'DISTINCT',
    sql: 'users',
    columns: ['users'],
    coverage: 'distinctUsers',
  },
] as const satisfies readonly Measure[];

export type MeasureName = (typeof measures)[number]['name'];
export type AdditiveMeasureName = Extract<(typeof measures)[number], { kind: 'SUM' }>['name'];

const byName = new Map<string, Measure>(measures.map((measure) => [measure.name, measure]));
const byField = new Map<string, Measure>(measures.map((measure) => [measure.field, measure]));

export function measureNamed(name: MeasureName): Measure {
  const measure = byName.get(name);
  // Names come from the schema's own enums, so a miss is a fault of the program.
  if (measure === undefined) throw new Error(`There is no measure ${name}`);
  return measure;
}

export function measureOfField(field: string): Measure | undefined {
  return byField.get(field);
}

export function isMeasureName(name: string): name is MeasureName {
  return byName.has(name);
}
