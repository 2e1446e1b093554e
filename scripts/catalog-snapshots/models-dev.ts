import { z } from 'zod';
import type { ModelsDevRow } from '../../src/catalog/snapshot-types.ts';
import { compact } from './prices.ts';

const Model = z.object({
  name: z.string(),
  open_weights: z.boolean(),
  reasoning: z.boolean(),
  tool_call: z.boolean(),
  release_date: z.string().optional(),
  limit: z.object({ context: z.number() }).optional(),
  cost: z.object({ input: z.number(), output: z.number(), cache_read: z.number().optional() }).optional(),
  weights: z.array(z.object({ url: z.string() })).optional(),
});
type Model = z.infer<typeof Model>;

const Models = z.record(z.string(), Model);
const Providers = z.record(z.string(), z.object({ models: Models }));

/** The providers through which authors sell their own models, and the author's prefix on OpenRouter. */
const authorOfProvider = new Map([
  ['alibaba', 'qwen'],
  ['anthropic', 'anthropic'],
  ['cohere', 'cohere'],
  ['deepseek', 'deepseek'],
  ['google', 'google'],
  ['inception', 'inception'],
  ['minimax', 'minimax'],
  ['mistral', 'mistralai'],
  ['moonshotai', 'moonshotai'],
  ['openai', 'openai'],
  ['perplexity', 'perplexity'],
  ['stepfun', 'stepfun'],
  ['upstage', 'upstage'],
  ['xai', 'x-ai'],
  ['xiaomi', 'xiaomi'],
  ['zai', 'z-ai'],
]);

/** The authors' own files, their own price lists, and what models.dev knows of OpenRouter's offer. */
export function modelsDevRows(providers: unknown, labs: unknown): ModelsDevRow[] {
  const parsed = Providers.parse(providers);
  const rows = new Map<string, ModelsDevRow>();
  const add = (id: string, model: Model, from: ModelsDevRow['from']) => {
    const key = `${from} ${id.toLowerCase()}`;
    // The author's file says more of weights, the provider's of prices: the two complete each other.
    rows.set(key, { ...toRow(id, model, from), ...rows.get(key) });
  };
  for (const [id, model] of Object.entries(Models.parse(labs))) add(id, model, 'author');
  for (const [provider, author] of authorOfProvider) {
    const models = parsed[provider]?.models;
    if (models === undefined) throw new Error(`models.dev has no provider ${provider}`);
    for (const [id, model] of Object.entries(models)) add(`${author}/${id}`, model, 'author');
  }
  for (const [id, model] of Object.entries(parsed['openrouter']?.models ?? {})) add(id, model, 'openrouter');
  return [...rows.values()];
}

function toRow(id: string, model: Model, from: ModelsDevRow['from']): ModelsDevRow {
  const repository = /^https:\/\/huggingface\.co\/([^/]+\/[^/?#]+)/.exec(model.weights?.[0]?.url ?? '')?.[1];
  return compact({
    id,
    name: model.name,
    from,
    openWeights: model.open_weights,
    huggingFaceId: repository,
    reasoning: model.reasoning,
    tools: model.tool_call,
    // models.dev writes 0 where it does not know.
    contextTokens: model.limit?.context || undefined,
    releaseDate: /^\d{4}-\d\d-\d\d$/.test(model.release_date ?? '') ? model.release_date : undefined,
    input: model.cost?.input,
    output: model.cost?.output,
    cachedInput: model.cost?.cache_read,
  }) as ModelsDevRow;
}
