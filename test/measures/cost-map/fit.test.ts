import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { elasticityOf } from '../../../src/measures/cost-map/elasticity.ts';
import { fitLine, type FitPoint } from '../../../src/measures/cost-map/fit.ts';

const points = (pairs: readonly (readonly [x: number, y: number])[]): FitPoint[] =>
  pairs.map(([x, y]) => ({ x, y, weight: 1 }));

function expectRelative(value: number | undefined | null, certified: number, tolerance: number): void {
  expect(Math.abs((value ?? Number.NaN) / certified - 1)).toBeLessThan(tolerance);
}

// NIST Statistical Reference Datasets, Norris: calibration of ozone monitors, y then x.
const norris = points(
  [
    [0.1, 0.2], [338.8, 337.4], [118.1, 118.2], [888.0, 884.6], [9.2, 10.1], [228.1, 226.5], [668.5, 666.3],
    [998.5, 996.3], [449.1, 448.6], [778.9, 777.0], [559.2, 558.2], [0.3, 0.4], [0.1, 0.6], [778.1, 775.5],
    [668.8, 666.9], [339.3, 338.0], [448.9, 447.5], [10.8, 11.6], [557.7, 556.0], [228.3, 228.1], [998.0, 995.8],
    [888.8, 887.6], [119.6, 120.2], [0.3, 0.3], [0.6, 0.3], [557.6, 556.8], [339.3, 339.1], [888.0, 887.2],
    [998.5, 999.0], [778.9, 779.0], [10.2, 11.1], [117.6, 118.3], [228.9, 229.2], [668.4, 669.1], [449.2, 448.9],
    [0.2, 0.5],
  ].map(([y = 0, x = 0]) => [x, y] as const),
); // prettier-ignore

describe('a fitted line', () => {
  it('has the certified slope, intercept and standard error of the NIST data set Norris', () => {
    const fit = fitLine(points(norris.map(({ x, y }) => [x, y])));
    expect(fit?.n).toBe(36);
    expectRelative(fit?.slope, 1.00211681802045, 1e-13);
    expectRelative(fit?.intercept, -0.262323073774029, 1e-11);
    expectRelative(fit?.slopeError?.standardError, 0.429796848199937e-3, 1e-12);
    // R² is certified; Student's t at 0.975 with 34 degrees of freedom is 2.032244509317719.
    expectRelative((fit?.r ?? 0) ** 2, 0.999993745883712, 1e-13);
    expectRelative(fit?.slopeError?.low, 1.00211681802045 - 2.032244509317719 * 0.429796848199937e-3, 1e-10);
    expectRelative(fit?.slopeError?.high, 1.00211681802045 + 2.032244509317719 * 0.429796848199937e-3, 1e-10);
  });

  it("has the published values of Anscombe's quartet, which are one line for four pictures", () => {
    const x = [10, 8, 13, 9, 11, 14, 6, 4, 12, 7, 5];
    const quartet = [
      [x, [8.04, 6.95, 7.58, 8.81, 8.33, 9.96, 7.24, 4.26, 10.84, 4.82, 5.68]],
      [x, [9.14, 8.14, 8.74, 8.77, 9.26, 8.1, 6.13, 3.1, 9.13, 7.26, 4.74]],
      [x, [7.46, 6.77, 12.74, 7.11, 7.81, 8.84, 6.08, 5.39, 8.15, 6.42, 5.73]],
      [
        [8, 8, 8, 8, 8, 8, 8, 19, 8, 8, 8],
        [6.58, 5.76, 7.71, 8.84, 8.47, 7.04, 5.25, 12.5, 5.56, 7.91, 6.89],
      ],
    ] as const;
    for (const [xs, ys] of quartet) {
      const fit = fitLine(points(xs.map((each, index) => [each, ys[index] ?? 0])));
      expect(fit?.slope).toBeCloseTo(0.5, 3);
      expect(fit?.intercept).toBeCloseTo(3.0, 2);
      expect(fit?.r).toBeCloseTo(0.816, 2.5);
      expect(fit?.slopeError?.standardError).toBeCloseTo(0.118, 3);
    }
  });

  it('equals the normal equations solved in fractions, weighted or not', () => {
    const whole = fc.integer({ min: -1000, max: 1000 });
    const point = fc.record({ x: whole, y: whole, weight: fc.integer({ min: 0, max: 50 }) });
    fc.assert(
      fc.property(fc.array(point, { minLength: 3, maxLength: 40 }), (given) => {
        const fit = fitLine(given);
        const exact = exactFit(given);
        if (exact === null) {
          expect(fit).toBeNull();
          return;
        }
        expect(fit?.n).toBe(exact.n);
        // Where a value is nearly 0 against what it is made of, its last digits are those of rounding.
        expect(fit?.slope).toBeCloseTo(exact.slope, 9);
        expect(Math.abs((fit?.intercept ?? 0) - exact.intercept)).toBeLessThan(
          1e-9 * (1 + Math.abs(exact.intercept) + 1000 * Math.abs(exact.slope)),
        );
        if (exact.r === null) expect(fit?.r).toBeNull();
        else expect(fit?.r).toBeCloseTo(exact.r, 9);
        if (exact.standardError === null) expect(fit?.slopeError).toBeNull();
        else
          expect(Math.abs((fit?.slopeError?.standardError ?? Number.NaN) - exact.standardError)).toBeLessThan(
            1e-6 * (1 + exact.standardError),
          );
      }),
      { numRuns: 500 },
    );
  });

  it('takes an observation of twice the weight for two, but not for two degrees of freedom', () => {
    const twice = fitLine([...points([[1, 2], [2, 3], [4, 9]]), { x: 3, y: 1, weight: 2 }]); // prettier-ignore
    const double = fitLine(points([[1, 2], [2, 3], [4, 9], [3, 1], [3, 1]])); // prettier-ignore
    expect(twice?.slope).toBeCloseTo(double?.slope ?? 0, 12);
    expect(twice?.intercept).toBeCloseTo(double?.intercept ?? 0, 12);
    expect([twice?.n, double?.n]).toEqual([4, 5]);
    const ratio = (twice?.slopeError?.standardError ?? 0) / (double?.slopeError?.standardError ?? 1);
    expect(ratio).toBeCloseTo(Math.sqrt(3 / 2), 12);
  });

  it('is none where the points do not determine it, and has no interval through two', () => {
    expect(fitLine([])).toBeNull();
    expect(fitLine(points([[1, 1]]))).toBeNull();
    expect(fitLine(points([[1, 1], [1, 2], [1, 3]]))).toBeNull(); // prettier-ignore
    expect(fitLine(points([[0, 1], [2, 5]]))).toMatchObject({ slope: 2, intercept: 1, r: 1, slopeError: null }); // prettier-ignore
    expect(fitLine(points([[0, 4], [1, 4], [2, 4]]))).toMatchObject({ slope: 0, intercept: 4, r: null }); // prettier-ignore
  });
});

describe('the elasticity', () => {
  it('is what the line says of a lower price, with the ends of its interval in order', () => {
    const fit = fitLine(points([[-2, 5.2], [-1, 4.7], [0, 4.6], [1, 4.1], [2, 3.9]])); // prettier-ignore
    if (fit?.slopeError == null) throw new Error('there is no line');
    const { useChange, low, high } = elasticityOf(fit, -0.1)!;
    expect(useChange).toBeCloseTo(0.9 ** fit.slope - 1, 12);
    expect(low).toBeCloseTo(0.9 ** fit.slopeError.high - 1, 12);
    expect(high).toBeCloseTo(0.9 ** fit.slopeError.low - 1, 12);
  });

  it("is 2.9 % for the slope of −0.27 that the study's own picture has", () => {
    const line = { n: 2, slope: -0.27, intercept: 3.9, r: -1, slopeError: null };
    expect(elasticityOf(line, -0.1)?.useChange).toBeCloseTo(0.0289, 3);
    expect(elasticityOf(line, -0.1)).toMatchObject({ low: null, high: null });
  });

  it('is not stated where it is beyond all numbers', () => {
    const steep = { n: 3, slope: -3, intercept: 0, r: -1 };
    const wide = { ...steep, slopeError: { standardError: 1e5, low: -1e6, high: 1e6 } };
    expect(elasticityOf(wide, -0.1)).toMatchObject({ low: null, high: null });
    expect(elasticityOf({ ...steep, slope: -1e6, slopeError: null }, -0.1)).toBeNull();
  });
});

/** Weighted least squares by the normal equations XᵀWX b = XᵀWy, in whole numbers until the last division. */
function exactFit(given: readonly FitPoint[]) {
  const counted = given.filter(({ weight }) => weight > 0);
  const sum = (valueOf: (x: bigint, y: bigint) => bigint): bigint =>
    counted.reduce((total, { x, y, weight }) => total + BigInt(weight) * valueOf(BigInt(x), BigInt(y)), 0n);
  const w = sum(() => 1n);
  const [sx, sy] = [sum((x) => x), sum((_, y) => y)];
  const [sxx, sxy, syy] = [sum((x) => x * x), sum((x, y) => x * y), sum((_, y) => y * y)];
  const determinant = w * sxx - sx * sx;
  if (counted.length < 2 || determinant === 0n) return null;
  const covariance = w * sxy - sx * sy;
  const spread = w * syy - sy * sy;
  // The residual sum of squares, times w and the determinant.
  const residual = spread * determinant - covariance * covariance;
  const n = counted.length;
  return {
    n,
    slope: divide(covariance, determinant),
    intercept: divide(sy * sxx - sx * sxy, determinant),
    r:
      spread === 0n
        ? null
        : divide(covariance, 1n) / Math.sqrt(Number(determinant)) / Math.sqrt(Number(spread)),
    standardError: n < 3 ? null : Math.sqrt(divide(residual, determinant * determinant) / (n - 2)),
  };
}

/** A quotient of whole numbers to 15 digits and more. */
function divide(numerator: bigint, denominator: bigint): number {
  const scale = 10n ** 30n;
  return Number((numerator * scale) / denominator) / 1e30;
}
