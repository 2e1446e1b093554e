import jstat from 'jstat';

/** One observation; those of weight 0 do not count. */
export interface FitPoint {
  readonly x: number;
  readonly y: number;
  readonly weight: number;
}

/** A straight line by least squares; null where the points do not determine it. */
export interface LineFit {
  /** Points that were fitted. */
  readonly n: number;
  readonly slope: number;
  readonly intercept: number;
  /** Correlation coefficient, weighted as the fit is; null where y does not vary. */
  readonly r: number | null;
  /** Null with two points, which leave nothing to judge the line by. */
  readonly slopeError: SlopeError | null;
}

export interface SlopeError {
  readonly standardError: number;
  /** Ends of the 95 % interval, by Student's t with n − 2 degrees of freedom. */
  readonly low: number;
  readonly high: number;
}

/**
 * The line that minimises the weighted sum of squared distances in y. Weights say how much an observation counts, not
 * how often it was made: degrees of freedom are those of n points. Sums are of distances from the means, which keeps
 * the digits.
 */
export function fitLine(points: readonly FitPoint[]): LineFit | null {
  const counted = points.filter(({ weight }) => weight > 0);
  const n = counted.length;
  const sum = (value: (point: FitPoint) => number): number =>
    counted.reduce((total, point) => total + point.weight * value(point), 0);
  const weights = sum(() => 1);
  const meanX = sum(({ x }) => x) / weights;
  const meanY = sum(({ y }) => y) / weights;
  const xx = sum(({ x }) => (x - meanX) ** 2);
  const xy = sum(({ x, y }) => (x - meanX) * (y - meanY));
  const yy = sum(({ y }) => (y - meanY) ** 2);
  if (n < 2 || !(xx > 0)) return null;
  const slope = xy / xx;
  const intercept = meanY - slope * meanX;
  const residual = sum(({ x, y }) => (y - meanY - slope * (x - meanX)) ** 2);
  return {
    n,
    slope,
    intercept,
    r: yy > 0 ? Math.max(-1, Math.min(1, xy / Math.sqrt(xx * yy))) : null,
    slopeError: n < 3 ? null : slopeError(slope, Math.sqrt(residual / (n - 2) / xx), n - 2),
  };
}

function slopeError(slope: number, standardError: number, degreesOfFreedom: number): SlopeError {
  const margin = jstat.jStat.studentt.inv(0.975, degreesOfFreedom) * standardError;
  return { standardError, low: slope - margin, high: slope + margin };
}
