import type { CostWeighting } from '../../measures/cost-map/cost-request.ts';
import type { Elasticity } from '../../measures/cost-map/elasticity.ts';
import type { LineFit } from '../../measures/cost-map/fit.ts';

/** "A 10 % lower price goes with 2.9 % more use (95 % interval: 0.4 % less to 6.3 % more), …" */
export function elasticitySentence(
  { n }: LineFit,
  weighting: CostWeighting,
  priceChange: number,
  { useChange, low, high }: Elasticity,
): string {
  const price = `${percent(priceChange)} ${priceChange < 0 ? 'lower' : 'higher'}`;
  const interval = low === null || high === null ? '' : ` (95 % interval: ${change(low)} to ${change(high)})`;
  const weighed = weighting === 'TOKENS' ? 'weighted by tokens' : 'unweighted';
  return `A price ${price} goes with ${change(useChange)} use${interval}, over ${n} points, ${weighed}: an association, not a cause.`;
}

function change(part: number): string {
  return `${percent(part)} ${part < 0 ? 'less' : 'more'}`;
}

function percent(part: number): string {
  return `${Number((100 * Math.abs(part)).toPrecision(2))} %`;
}
