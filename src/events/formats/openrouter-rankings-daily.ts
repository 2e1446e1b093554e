import { defineFormat } from './log-format.ts';

/** OpenRouter's public daily rankings: tokens per day and model, summed by OpenRouter. */
export const openrouterRankingsDaily = defineFormat({
  id: 'openrouter-rankings-daily',
  title: 'OpenRouter daily rankings',
  kind: 'usage_feed',
  containers: ['csv', 'json', 'ndjson'],
  description:
    'The answer of GET /api/v1/datasets/rankings-daily, or the same rows as CSV. Days are UTC. total_tokens is ' +
    'prompt plus completion tokens, decimal text in the JSON answer. The model `other` stands for all models ' +
    'outside the 50 largest of its day. A model has one row a day.',
  requiredColumns: ['date', 'model_permaslug', 'total_tokens'],
  identity: 'day-and-model',
  identicalRows: 'one-event',
  fields: { day: 'date', model: 'model_permaslug', totalTokens: 'total_tokens' },
});
