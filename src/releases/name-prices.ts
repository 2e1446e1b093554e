import { type Model, modelOf, resolveModel } from '../catalog/index.ts';
import type { NamePrice, NamePrices } from '../rollups/prices.ts';

/** Before and after any day that a log can hold. */
const ever = { from: '1970-01-01', until: '2149-01-01' };

/**
 * What each name, as logged, costs by list price on which days, as `listPriceOn` says of its model and variant. A
 * name of which nothing is known is left out.
 */
export function pricesOfNames(names: Iterable<string>): Map<string, NamePrices> {
  const prices = new Map<string, NamePrices>();
  for (const raw of names) {
    const { modelId, variant } = resolveModel(raw);
    const isFree = variant?.split(':').includes('free') ?? false;
    const found = isFree ? [freePrice(variant)] : variant === null ? datedPrices(modelOf(modelId)) : [];
    if (found.length > 0) prices.set(raw, { isFree, prices: found });
  }
  return prices;
}

/** Free of charge; what a free model costs with a plug-in of the gateway (`free:online`) is not known. */
function freePrice(variant: string | null): NamePrice {
  const price = variant === 'free' ? 0 : null;
  return { ...ever, inputPerMillionUsd: price, outputPerMillionUsd: price };
}

function datedPrices({ listPrice, priceHistory }: Model): NamePrice[] {
  if (listPrice === null) return [];
  const end = dayAfter(listPrice.asOf);
  return priceHistory.map(({ from, inputPerMillionUsd, outputPerMillionUsd }, index) => ({
    from,
    until: priceHistory[index + 1]?.from ?? end,
    inputPerMillionUsd,
    outputPerMillionUsd,
  }));
}

function dayAfter(day: string): string {
  return new Date(Date.parse(day) + 86_400_000).toISOString().slice(0, 10);
}
