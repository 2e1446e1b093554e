import jstat from 'jstat';

const { gammaln, ibeta } = jstat.jStat;

/** Terms this much smaller than the first change no digit of a sum that matters here. */
const negligible = 1e-17;

/**
 * Fisher's exact test of two proportions, one-sided: how likely the first group has so many or more of all
 * successes when both have the same chance.
 */
export function fisherGreater(first: Proportion, second: Proportion): number {
  const total = first.of + second.of;
  const successes = first.count + second.count;
  const most = Math.min(successes, first.of);
  let term = Math.exp(
    logChoose(successes, first.count) +
      logChoose(total - successes, first.of - first.count) -
      logChoose(total, first.of),
  );
  const start = term;
  let sum = 0;
  for (let count = first.count; count <= most; count += 1) {
    sum += term;
    term *= ((successes - count) * (first.of - count)) / ((count + 1) * (second.of - successes + count + 1));
    if (term < start * negligible) break;
  }
  return Math.min(1, sum);
}

export interface Proportion {
  readonly count: number;
  readonly of: number;
}

/** Upper tail of Student's t distribution. */
export function studentGreater(t: number, degrees: number): number {
  const half = ibeta(degrees / (degrees + t * t), degrees / 2, 0.5) / 2;
  return t > 0 ? half : 1 - half;
}

/**
 * McNemar's exact test, one-sided: of users who are active at just one of two ages, how likely so many or more are so
 * at the later one when both are as likely.
 */
export function mcNemarGreater(came: number, left: number): number {
  return came === 0 ? 1 : ibeta(0.5, came, left + 1);
}

/**
 * The same where it is not known who stayed: the largest p-value of any number that is possible. It is that of the
 * fewest who stayed, since then the difference is set against the most changes.
 */
export function mcNemarBound(before: number, now: number, size: number): number {
  const fewestStayed = Math.max(0, before + now - size);
  return mcNemarGreater(now - fewestStayed, before - fewestStayed);
}

/** Holm's correction: p-values of a family, in their order, such that each may be compared with the level. */
export function holm(pValues: readonly number[]): number[] {
  const order = pValues.map((_, index) => index).sort((a, b) => (pValues[a] ?? 1) - (pValues[b] ?? 1));
  const adjusted = new Array<number>(pValues.length);
  let largest = 0;
  order.forEach((index, rank) => {
    largest = Math.max(largest, Math.min(1, (pValues.length - rank) * (pValues[index] ?? 1)));
    adjusted[index] = largest;
  });
  return adjusted;
}

/**
 * Partial conjunction (Benjamini and Heller 2008): the p-value of "in at least `least` of these tests there is an
 * effect", whatever their dependence.
 */
export function partialConjunction(pValues: readonly number[], least: number): number {
  const sorted = [...pValues].sort((a, b) => a - b);
  const decisive = sorted[least - 1];
  return decisive === undefined ? 1 : Math.min(1, (pValues.length - least + 1) * decisive);
}

function logChoose(of: number, chosen: number): number {
  return gammaln(of + 1) - gammaln(chosen + 1) - gammaln(of - chosen + 1);
}
