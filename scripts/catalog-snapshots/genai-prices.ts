import { z } from 'zod';
import type { GenaiPricesRow } from '../../src/catalog/snapshot-types.ts';
import { compact } from './prices.ts';

/** A price may have tiers by prompt length: the base tier is the list price. */
const Price = z.union([z.number(), z.object({ base: z.number() }).transform((tiered) => tiered.base)]);
const Prices = z.object({
  input_mtok: Price.optional(),
  output_mtok: Price.optional(),
  cache_read_mtok: Price.optional(),
});
const ConditionalPrices = z.object({
  constraint: z.object({ start_date: z.string().optional() }).loose().nullish(),
  prices: Prices,
});
const Provider = z.object({
  id: z.string(),
  models: z.array(
    z.object({
      id: z.string(),
      name: z.string().optional(),
      context_window: z.number().optional(),
      prices: z.union([Prices, z.array(ConditionalPrices)]),
    }),
  ),
});

/** Authors whose own price lists are kept, with their prefix on OpenRouter and, where the list is mixed, their families. */
const authorOfProvider = new Map<string, { author: string; prefix?: RegExp }>([
  ['anthropic', { author: 'anthropic' }],
  ['cohere', { author: 'cohere' }],
  ['google', { author: 'google', prefix: /^(gemini|gemma)/ }],
  ['mistral', { author: 'mistralai' }],
  ['moonshotai', { author: 'moonshotai' }],
  ['openai', { author: 'openai' }],
  ['x-ai', { author: 'x-ai' }],
]);

/** Older models that the other sources no longer list, with their prices on `date`. */
export function genaiPricesRows(data: unknown, date: string): GenaiPricesRow[] {
  const rows = new Map<string, GenaiPricesRow>();
  for (const provider of z.array(Provider).parse(data)) {
    const own = authorOfProvider.get(provider.id);
    if (own === undefined && provider.id !== 'openrouter') continue;
    for (const model of provider.models) {
      const id = own === undefined ? model.id : `${own.author}/${model.id}`;
      // Bare names in the openrouter list repeat other rows; fine-tunes are patterns, not models.
      if (!/^[^/]+\/[a-z0-9][a-z0-9._-]*(:[a-z]+)?$/i.test(id) || /[.:]ft-|\/ft:/.test(id)) continue;
      if (own?.prefix?.test(model.id) === false || rows.has(id)) continue;
      const prices = Array.isArray(model.prices) ? pricesOn(date, model.prices) : model.prices;
      rows.set(
        id,
        compact({
          id,
          name: model.name,
          contextTokens: model.context_window,
          input: prices?.input_mtok,
          output: prices?.output_mtok,
          cachedInput: prices?.cache_read_mtok,
        }) as GenaiPricesRow,
      );
    }
  }
  return [...rows.values()];
}

/** The last entry already in force wins; an entry with another constraint (time of day) is not the list price. */
function pricesOn(date: string, entries: readonly z.infer<typeof ConditionalPrices>[]) {
  return entries.findLast(({ constraint }) =>
    constraint ? constraint.start_date !== undefined && constraint.start_date <= date : true,
  )?.prices;
}
