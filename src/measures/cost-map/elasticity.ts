import type { LineFit } from './fit.ts';

/** How much more, or less, is used where the price differs, as a log–log line says. */
export interface Elasticity {
  /** 0.03 is three per cent more. */
  readonly useChange: number;
  /** Ends of the 95 % interval, from that of the slope; null where there is none, or an end is beyond all numbers. */
  readonly low: number | null;
  readonly high: number | null;
}

/**
 * Where the price is (1 + change) times another, use is (1 + change)^slope times as much. Null where that is beyond
 * all numbers, as it can be with few points of nearly one cost.
 */
export function elasticityOf({ slope, slopeError }: LineFit, priceChange: number): Elasticity | null {
  const useChange = (exponent: number): number => Math.expm1(exponent * Math.log1p(priceChange));
  const ends = slopeError === null ? [] : [useChange(slopeError.low), useChange(slopeError.high)];
  const isStated = ends.length > 0 && ends.every(Number.isFinite);
  if (!Number.isFinite(useChange(slope))) return null;
  return {
    useChange: useChange(slope),
    low: isStated ? Math.min(...ends) : null,
    high: isStated ? Math.max(...ends) : null,
  };
}
