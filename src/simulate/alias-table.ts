/** One slot of an alias table: below the threshold its own outcome, else the other. */
export interface AliasSlot {
  threshold: number;
  own: number;
  other: number;
}

/**
 * Vose's alias method: outcomes in proportion to their weights by one look-up, whatever their number. Draw a slot
 * evenly, then compare a second draw with its threshold.
 */
export function aliasTable(weights: readonly number[], slots = weights.length): AliasSlot[] {
  const whole = weights.reduce((sum, weight) => sum + weight, 0);
  const scaled = Array.from({ length: slots }, (_, index) => ((weights[index] ?? 0) * slots) / whole);
  const table = scaled.map((threshold, own) => ({ threshold, own, other: own }));
  const small = scaled.flatMap((weight, index) => (weight < 1 ? [index] : []));
  const large = scaled.flatMap((weight, index) => (weight >= 1 ? [index] : []));
  for (;;) {
    const [low, high] = [small.pop(), large.at(-1)];
    if (low === undefined || high === undefined) break;
    const slot = table[low];
    if (slot === undefined) break;
    slot.threshold = scaled[low] ?? 0;
    slot.other = high;
    scaled[high] = (scaled[high] ?? 0) - (1 - slot.threshold);
    if ((scaled[high] ?? 0) < 1) {
      large.pop();
      small.push(high);
    }
  }
  // What is left differs from 1 by rounding only.
  const left = new Set([...small, ...large]);
  return table.map((slot, index) => (left.has(index) ? { threshold: 1, own: index, other: index } : slot));
}
