import { z } from 'zod';
import type { DatedPrice, OpenRouterRow } from '../../src/catalog/snapshot-types.ts';
import { compact, perMillion } from './prices.ts';

const ModelsAnswer = z.object({
  data: z.array(
    z.object({
      id: z.string(),
      canonical_slug: z.string(),
      hugging_face_id: z.string().nullish(),
      name: z.string(),
      created: z.number(),
      context_length: z.number().nullable(),
      pricing: z.object({
        prompt: z.string(),
        completion: z.string(),
        input_cache_read: z.string().optional(),
      }),
      supported_parameters: z.array(z.string()).nullish(),
    }),
  ),
});
type ListedModel = z.infer<typeof ModelsAnswer>['data'][number];

const Snapshot = z.object({
  name: z.string(),
  pricing: z.object({ prompt: z.string().nullable(), completion: z.string().nullable() }),
  context_length: z.number().nullable(),
  created: z.number(),
});

const Event = z.object({
  ts: z.string(),
  type: z.string(),
  id: z.string(),
  snapshot: Snapshot.extend({ last_seen: z.string() }).optional(),
  changes: z.array(z.object({ field: z.string(), next: z.string().nullable() })).optional(),
});
type Event = z.infer<typeof Event>;
const Events = z.object({ events: z.array(Event) });

/** The listed models, and from the history those taken off the list and every price seen. */
export function openRouterRows(models: unknown, history: unknown): OpenRouterRow[] {
  const listed = ModelsAnswer.parse(models).data;
  const byId = new Map<string, Event[]>();
  for (const event of Events.parse(history).events)
    byId.set(event.id, [...(byId.get(event.id) ?? []), event]);
  const listedIds = new Set(listed.map((model) => model.id));
  const removed = [...byId].filter(([id]) => !listedIds.has(id));
  return [
    ...listed.map((model) => listedRow(model, byId.get(model.id) ?? [])),
    ...removed.flatMap(([id, events]) => removedRow(id, events) ?? []),
  ];
}

function listedRow(model: ListedModel, events: readonly Event[]): OpenRouterRow {
  const prices = priceHistory(events);
  return compact({
    id: model.id,
    name: model.name.trim(),
    canonicalSlug: model.canonical_slug === model.id ? undefined : model.canonical_slug,
    huggingFaceId: model.hugging_face_id ?? undefined,
    listed: day(model.created),
    contextTokens: model.context_length ?? undefined,
    reasoning: model.supported_parameters?.includes('reasoning'),
    tools: model.supported_parameters?.includes('tools'),
    input: perMillion(model.pricing.prompt),
    output: perMillion(model.pricing.completion),
    cachedInput: perMillion(model.pricing.input_cache_read),
    prices: prices.length > 0 ? prices : undefined,
  }) as OpenRouterRow;
}

function removedRow(id: string, events: readonly Event[]): OpenRouterRow | undefined {
  const last = events.findLast((event) => event.snapshot !== undefined)?.snapshot;
  if (last === undefined) return undefined;
  const prices = priceHistory(events);
  const [, input, output] = prices.at(-1) ?? [];
  return compact({
    id,
    name: last.name.trim(),
    listed: day(last.created),
    contextTokens: last.context_length ?? undefined,
    input,
    output,
    lastSeen: last.last_seen,
    prices: prices.length > 0 ? prices : undefined,
  }) as OpenRouterRow;
}

/** Prices in force from each day on. The first day is that of the first observation, not of the price. */
function priceHistory(events: readonly Event[]): DatedPrice[] {
  const prices: DatedPrice[] = [];
  for (const event of events) {
    const [, input, output] = prices.at(-1) ?? [];
    const changed = (field: string) => event.changes?.find((change) => change.field === field)?.next;
    const next: [number | undefined, number | undefined] =
      event.type === 'model_added'
        ? [perMillion(event.snapshot?.pricing.prompt), perMillion(event.snapshot?.pricing.completion)]
        : [perMillion(changed('prompt')) ?? input, perMillion(changed('completion')) ?? output];
    if (next[0] === undefined || next[1] === undefined) continue;
    // Several changes on a day: the last one stands.
    if (prices.at(-1)?.[0] === event.ts) prices.pop();
    prices.push([event.ts, next[0], next[1]]);
  }
  return prices.filter(([, input, output], at) => {
    const [, before, beforeOutput] = prices[at - 1] ?? [];
    return input !== before || output !== beforeOutput;
  });
}

function day(unixSeconds: number): string {
  return new Date(unixSeconds * 1000).toISOString().slice(0, 10);
}
