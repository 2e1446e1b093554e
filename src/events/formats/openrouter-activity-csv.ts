import { isMissing } from '../values/read-value.ts';
import { defineFormat, type LogRow } from './log-format.ts';

/** The CSV that OpenRouter's activity page exports, one row per generation. */
export const openrouterActivityCsv = defineFormat({
  id: 'openrouter-activity-csv',
  title: 'OpenRouter activity export',
  kind: 'generation',
  containers: ['csv'],
  description:
    'Columns are found by name, since their number and order have changed: 22 columns in 2025 (no tokens_cached, ' +
    'no api_key_disabled), 24 in 2026. Times are UTC without a zone. cost_total is USD paid, after the cache ' +
    'discount that cost_cache shows. The export has no flag for requests under a key of one’s own: ' +
    'byok_usage_inference, the USD such a key paid to its provider, says so by being above 0. API key names are ' +
    'not read.',
  requiredColumns: ['created_at', 'model_permaslug', 'tokens_prompt', 'tokens_completion'],
  identity: { id: 'generation_id' },
  identicalRows: 'separate-events',
  fields: {
    id: 'generation_id',
    createdAt: 'created_at',
    user: 'user',
    model: 'model_permaslug',
    provider: 'provider_name',
    app: 'app_name',
    promptTokens: 'tokens_prompt',
    completionTokens: 'tokens_completion',
    reasoningTokens: 'tokens_reasoning',
    cachedTokens: 'tokens_cached',
    spendUsd: 'cost_total',
    byok: { from: ['byok_usage_inference'], value: paidUnderOwnKey },
    streamed: 'streamed',
    cancelled: 'cancelled',
    finishReason: ['finish_reason_normalized', 'finish_reason_raw'],
    finishReasonRaw: ['finish_reason_raw', 'finish_reason_normalized'],
    latencyMs: 'generation_time_ms',
    timeToFirstTokenMs: 'time_to_first_token_ms',
    variant: { from: ['variant'], value: (row) => (row['variant'] === 'standard' ? null : row['variant']) },
  },
});

function paidUnderOwnKey(row: LogRow): unknown {
  const paid = row['byok_usage_inference'];
  if (isMissing(paid)) return null;
  const usd = Number(paid);
  // What is no number goes on as it is, and is refused under its own column.
  return Number.isNaN(usd) ? paid : usd > 0;
}
