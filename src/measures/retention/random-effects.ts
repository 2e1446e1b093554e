import { studentGreater, type Proportion } from './significance.ts';

/**
 * How likely a rate so high or higher is for one more cohort of those that came later, one-sided, where cohorts differ
 * by chance beyond their users: rates vary between cohorts by a variance that the later ones tell (DerSimonian and
 * Laird 1986, on the logarithm of the rate), and the cohort is set against the prediction for a new one (Student's t
 * with one degree fewer than there are later cohorts). 1 where fewer than two tell nothing of a variance.
 */
export function predictionGreater(own: Proportion, later: readonly Proportion[]): number {
  if (later.length < 2) return 1;
  const rates = later.map(logRate);
  const fixed = weighted(rates, 0);
  const heterogeneity = rates.reduce((sum, { log, variance }) => sum + (log - fixed.mean) ** 2 / variance, 0);
  const degrees = later.length - 1;
  const scale = fixed.weight - rates.reduce((sum, { variance }) => sum + variance ** -2, 0) / fixed.weight;
  const between = Math.max(0, (heterogeneity - degrees) / scale);
  const { mean, weight } = weighted(rates, between);
  const { log, variance } = logRate(own);
  return studentGreater((log - mean) / Math.sqrt(between + variance + 1 / weight), degrees);
}

/** Half a user is added to both sides, so that a rate of 0 has a logarithm. */
function logRate({ count, of }: Proportion): { log: number; variance: number } {
  const rate = (count + 0.5) / (of + 1);
  return { log: Math.log(rate), variance: (1 - rate) / (rate * (of + 1)) };
}

function weighted(rates: readonly { log: number; variance: number }[], between: number) {
  let weight = 0;
  let sum = 0;
  for (const { log, variance } of rates) {
    weight += 1 / (variance + between);
    sum += log / (variance + between);
  }
  return { mean: sum / weight, weight };
}
