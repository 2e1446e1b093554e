import { defineFormat } from './log-format.ts';

/** The project's own format: the generation record under its own names. */
export const atlas = defineFormat({
  id: 'atlas',
  title: 'Token Atlas',
  kind: 'generation',
  containers: ['csv', 'ndjson', 'json', 'parquet'],
  description:
    'One generation per row, each column a field of the generation record. Times are ISO 8601 (without a zone ' +
    'UTC) or epoch numbers: seconds below 10^11, milliseconds from there on. Rows without an id are identified ' +
    'by their content, and identical ones are separate events.',
  requiredColumns: ['created_at', 'model', 'prompt_tokens', 'completion_tokens'],
  identity: { id: 'id' },
  identicalRows: 'separate-events',
  fields: {
    id: 'id',
    createdAt: 'created_at',
    user: 'user',
    model: 'model',
    provider: 'provider',
    app: 'app',
    country: 'country',
    language: 'language',
    promptTokens: 'prompt_tokens',
    completionTokens: 'completion_tokens',
    reasoningTokens: 'reasoning_tokens',
    cachedTokens: 'cached_tokens',
    spendUsd: 'spend_usd',
    byok: 'byok',
    streamed: 'streamed',
    cancelled: 'cancelled',
    finishReason: 'finish_reason',
    finishReasonRaw: ['finish_reason_raw', 'finish_reason'],
    toolsOffered: 'tools_offered',
    toolsCalled: 'tools_called',
    latencyMs: 'latency_ms',
    timeToFirstTokenMs: 'time_to_first_token_ms',
    variant: 'variant',
  },
});
