import type { DatedListPrice, IsoDay, Model } from './types.ts';

/**
 * The list price in force on a day, as far as it was observed: null before the first observation and after the day of
 * the last one, and for variants other than `free`, which cost what the gateway chooses.
 */
export function listPriceOn(model: Model, day: IsoDay, variant: string | null = null): DatedListPrice | null {
  if (variant === 'free') return { from: day, inputPerMillionUsd: 0, outputPerMillionUsd: 0 };
  if (variant !== null || model.listPrice === null || day > model.listPrice.asOf) return null;
  return model.priceHistory.findLast((price) => price.from <= day) ?? null;
}
