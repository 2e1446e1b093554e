/** 97.5 % quantile of the normal distribution. */
const z = 1.959963984540054;

export interface Interval {
  readonly low: number;
  readonly high: number;
}

/** 95 % score interval of a proportion (Wilson 1927). */
export function wilson(count: number, of: number): Interval {
  const share = count / of;
  const spread = z * Math.sqrt((share * (1 - share)) / of + z ** 2 / (4 * of ** 2));
  const scale = 1 + z ** 2 / of;
  const middle = share + z ** 2 / (2 * of);
  // At the ends the closed form is exact; rounding must not push the interval off them.
  return {
    low: count === 0 ? 0 : (middle - spread) / scale,
    high: count === of ? 1 : (middle + spread) / scale,
  };
}
