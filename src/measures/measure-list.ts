import type { Distribution, Measure } from './types.ts';

const tokenizerNote =
  'Each model counts with its own tokenizer, so tokens of different models are not quite the same unit.';

type Unit = Measure['unit'];

function sum<Name extends string, Field extends string>(
  name: Name,
  field: Field,
  unit: Unit,
  column: string,
  coverage: string,
  description: string,
) {
  const type = unit === 'USD' ? ('DECIMAL' as const) : ('INTEGER' as const);
  const note = unit === 'tokens' ? ` ${tokenizerNote}` : '';
  return {
    name,
    field,
    unit,
    type,
    kind: 'SUM' as const,
    columns: [column],
    coverage,
    description: description + note,
  };
}

function ratio<Name extends string, Field extends string>(
  name: Name,
  field: Field,
  unit: Unit,
  columns: [numerator: string, denominator: string],
  coverage: string,
  description: string,
  factor = 1,
) {
  return {
    name,
    field,
    unit,
    type: 'FLOAT' as const,
    kind: 'RATIO' as const,
    columns,
    factor,
    coverage,
    description,
  };
}

/** Every measure of the API. Fields of a usage row, orders and the data set's metadata derive from this list. */
export const measures = [
  sum('REQUESTS', 'requests', 'requests', 'requests', 'requests', 'Generations: prompt–completion pairs.'),
  sum(
    'PROMPT_TOKENS',
    'promptTokens',
    'tokens',
    'prompt_tokens',
    'promptTokens',
    'Tokens sent to the model, cached ones included.',
  ),
  sum(
    'COMPLETION_TOKENS',
    'completionTokens',
    'tokens',
    'completion_tokens',
    'completionTokens',
    'Tokens the model produced, reasoning included.',
  ),
  sum(
    'REASONING_TOKENS',
    'reasoningTokens',
    'tokens',
    'reasoning_tokens',
    'reasoningTokens',
    'The part of the completion tokens that was reasoning.',
  ),
  sum(
    'CACHED_TOKENS',
    'cachedTokens',
    'tokens',
    'cached_tokens',
    'cachedTokens',
    'The part of the prompt tokens that the provider read from its cache.',
  ),
  sum(
    'TOTAL_TOKENS',
    'totalTokens',
    'tokens',
    'total_tokens',
    'totalTokens',
    "Prompt plus completion tokens: the study's token volume.",
  ),
  {
    ...sum('SPEND_USD', 'spendUsd', 'USD', 'spend_usd', 'spend', 'Money paid, in US dollars, after caching.'),
    scope: 'spend:read',
  },
  sum(
    'TOOL_CALL_REQUESTS',
    'toolCallRequests',
    'requests',
    'tool_call_requests',
    'toolCalls',
    'Requests that ended in a call of a tool: finish reason "tool calls".',
  ),
  sum(
    'TOOL_CALL_TOKENS',
    'toolCallTokens',
    'tokens',
    'tool_call_tokens',
    'toolCalls',
    "Total tokens of the requests that ended in a call of a tool. Divided by the total tokens it is the study's tool-call share.",
  ),
  sum(
    'TOOLS_OFFERED_REQUESTS',
    'toolsOfferedRequests',
    'requests',
    'tools_offered_requests',
    'toolsOffered',
    'Requests that offered tools to the model, called or not: a larger measure than tool calls.',
  ),
  sum(
    'STREAMED_REQUESTS',
    'streamedRequests',
    'requests',
    'streamed_requests',
    'streamed',
    'Requests whose answer was streamed.',
  ),
  sum(
    'CANCELLED_REQUESTS',
    'cancelledRequests',
    'requests',
    'cancelled_requests',
    'cancelled',
    'Requests that the client cancelled.',
  ),
  sum(
    'BYOK_REQUESTS',
    'byokRequests',
    'requests',
    'byok_requests',
    'byok',
    'Requests paid with a key of the user at the provider (BYOK).',
  ),
  sum(
    'BYOK_TOKENS',
    'byokTokens',
    'tokens',
    'byok_tokens',
    'byok',
    'Total tokens of the requests paid with a key of the user at the provider (BYOK).',
  ),
  {
    ...ratio(
      'EFFECTIVE_COST_USD',
      'effectiveCostUsd',
      'USD per 1M tokens',
      ['billed_spend_usd', 'billed_tokens'],
      'spend',
      'Money paid per 1M tokens, in US dollars: spend ÷ total tokens × 10⁶, over the requests whose spend is known, those with a key of the user (BYOK) left out.',
      1_000_000,
    ),
    scope: 'spend:read',
  },
  ratio(
    'MEAN_PROMPT_TOKENS',
    'meanPromptTokens',
    'tokens per request',
    ['prompt_tokens', 'requests'],
    'promptTokens',
    'Mean prompt length: prompt tokens ÷ requests.',
  ),
  ratio(
    'MEAN_COMPLETION_TOKENS',
    'meanCompletionTokens',
    'tokens per request',
    ['completion_tokens', 'requests'],
    'completionTokens',
    'Mean completion length: completion tokens ÷ requests.',
  ),
  ratio(
    'MEAN_REASONING_TOKENS',
    'meanReasoningTokens',
    'tokens per request',
    ['reasoning_tokens', 'requests'],
    'reasoningTokens',
    'Mean reasoning part of the completion: reasoning tokens ÷ requests. A request whose log does not tell counts as none; the coverage says how many do.',
  ),
  ratio(
    'MEAN_SEQUENCE_TOKENS',
    'meanSequenceTokens',
    'tokens per request',
    ['total_tokens', 'requests'],
    'requests',
    'Mean sequence length: prompt plus completion tokens ÷ requests.',
  ),
  {
    name: 'DISTINCT_MODELS',
    field: 'distinctModels',
    description:
      'Models used at least once: the study\'s "available models" of a period. Not additive: counted anew for each period and group; models withheld or summed up as "other" are not counted.',
    unit: 'models',
    type: 'INTEGER',
    kind: 'MODELS',
    columns: [],
    coverage: 'totalTokens',
  },
  {
    name: 'DISTINCT_USERS',
    field: 'distinctUsers',
    description:
      "Users active at least once in the period. Not additive: kept by day, ISO week and month, for all together and by model, author, source group, country or continent, and refused for any other grouping or filter. Null for a period that the range cuts, for others, and where fewer users than the data set's minimum were active.",
    unit: 'users',
    type: 'INTEGER',
    kind: 'USERS',
    columns: [],
    coverage: 'distinctUsers',
    scope: 'users:read',
  },
] as const satisfies readonly Measure[];

/** Distributions whose percentiles can be asked for. */
export const distributions = [
  {
    name: 'PROMPT_TOKENS',
    field: 'promptLength',
    unit: 'tokens',
    coverage: 'promptTokens',
    description: 'Prompt tokens of a request.',
  },
  {
    name: 'COMPLETION_TOKENS',
    field: 'completionLength',
    unit: 'tokens',
    coverage: 'completionTokens',
    description: 'Completion tokens of a request.',
  },
  {
    name: 'SEQUENCE_TOKENS',
    field: 'sequenceLength',
    unit: 'tokens',
    coverage: 'requests',
    description: 'Prompt plus completion tokens of a request.',
  },
  {
    name: 'LATENCY_MS',
    field: 'latency',
    unit: 'ms',
    coverage: 'latency',
    description: 'Time from request to end of the answer.',
  },
  {
    name: 'TIME_TO_FIRST_TOKEN_MS',
    field: 'timeToFirstToken',
    unit: 'ms',
    coverage: 'timeToFirstToken',
    description: 'Time from request to the first token of the answer.',
  },
] as const satisfies readonly Distribution[];
