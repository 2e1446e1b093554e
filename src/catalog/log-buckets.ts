/**
 * Logarithmic buckets of the published histograms, as in DDSketch: the value read back for a bucket is within
 * 2 % of every value in it, and histograms of different days or models merge by adding their counts.
 *
 * Bucket 0 holds 0; bucket i ≥ 1 holds the whole numbers in (gamma^(i−2), gamma^(i−1)], so 1 is in bucket 1.
 */
export const relativeError = 0.02;
export const gamma = (1 + relativeError) / (1 - relativeError);

/** The value that stands for a bucket: the one with the least greatest relative error. */
export function bucketValue(bucket: number): number {
  if (bucket <= 0) return 0;
  return (2 * gamma ** (bucket - 1)) / (gamma + 1);
}
