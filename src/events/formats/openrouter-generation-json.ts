import { isMissing } from '../values/read-value.ts';
import { defineFormat, type LogRow } from './log-format.ts';

/** Answers of OpenRouter's GET /api/v1/generation, with or without their `data` envelope. */
export const openrouterGenerationJson = defineFormat({
  id: 'openrouter-generation-json',
  title: 'OpenRouter generation answers',
  kind: 'generation',
  containers: ['json', 'ndjson'],
  description:
    'Tokens are the provider’s own count (native_tokens_*), which is what is billed; tokens_prompt and ' +
    'tokens_completion, a count by one common tokenizer, only where the native one is missing. Spend is ' +
    'total_cost, else usage: what OpenRouter charged, after caching. upstream_inference_cost and cache_discount ' +
    'are parts of the bill and are not read. Latency is the longer of latency and generation_time, since answers ' +
    'differ in which of the two runs to the end. Only api_type completions, or none, is a generation. The answer ' +
    'carries no country.',
  requiredColumns: [
    'id',
    'created_at',
    'model',
    ['native_tokens_prompt', 'tokens_prompt'],
    ['native_tokens_completion', 'tokens_completion'],
  ],
  identity: { id: 'id' },
  identicalRows: 'separate-events',
  counted: {
    column: 'api_type',
    accepts: (type) => isMissing(type) || type === 'completions',
    otherwise: 'is not "completions"',
  },
  fields: {
    id: 'id',
    createdAt: 'created_at',
    user: 'external_user',
    model: 'model',
    provider: 'provider_name',
    app: 'app_id',
    promptTokens: ['native_tokens_prompt', 'tokens_prompt'],
    completionTokens: ['native_tokens_completion', 'tokens_completion'],
    reasoningTokens: 'native_tokens_reasoning',
    cachedTokens: 'native_tokens_cached',
    spendUsd: ['total_cost', 'usage'],
    byok: 'is_byok',
    streamed: 'streamed',
    cancelled: 'cancelled',
    finishReason: ['finish_reason', 'native_finish_reason'],
    finishReasonRaw: ['native_finish_reason', 'finish_reason'],
    latencyMs: { from: ['latency', 'generation_time'], value: longer },
  },
});

function longer({ latency, generation_time: generationTime }: LogRow): unknown {
  if (isMissing(latency)) return generationTime;
  return Number(generationTime) > Number(latency) ? generationTime : latency;
}
