import { comparablePeriods, type Cohort } from './cohort.ts';
import { wilson, type Interval } from './wilson.ts';

/** Retention of one cohort, or of several together, at one age. */
export interface CurvePoint {
  readonly age: number;
  readonly users: number;
  /** Users of the cohorts that are counted at this age. */
  readonly size: number;
  readonly cohorts: number;
  readonly rate: number;
  readonly interval: Interval;
}

/**
 * Cohorts together: at each age those whose period is whole and not withheld. Their number falls with age, so a
 * curve of several may rise where none of them does.
 */
export function pooledCurve(cohorts: readonly Cohort[]): CurvePoint[] {
  const sums = new Map<number, { users: number; size: number; cohorts: number }>();
  for (const cohort of cohorts) {
    for (const { age, users } of comparablePeriods(cohort)) {
      const sum = sums.get(age) ?? { users: 0, size: 0, cohorts: 0 };
      sum.users += users ?? 0;
      sum.size += cohort.size ?? 0;
      sum.cohorts += 1;
      sums.set(age, sum);
    }
  }
  return [...sums]
    .sort(([a], [b]) => a - b)
    .map(([age, sum]) => ({
      age,
      ...sum,
      rate: sum.users / sum.size,
      interval: wilson(sum.users, sum.size),
    }));
}

/**
 * Age, in periods, at which the rate first falls to the share, between two ages by linear interpolation; null where it
 * does not, or where an age before is not known.
 */
export function halfLife(curve: readonly CurvePoint[], share: number): number | null {
  for (const [age, point] of curve.entries()) {
    if (point.age !== age) return null;
    if (point.rate > share) continue;
    const before = curve[age - 1];
    if (before === undefined) return age;
    return age - 1 + (before.rate - share) / (before.rate - point.rate);
  }
  return null;
}

/**
 * Area under the curve over the first periods, the one of first use included: in how many of them a user is active on
 * average; null where one is not known.
 */
export function survivalArea(curve: readonly CurvePoint[], periods: number): number | null {
  const first = curve.slice(0, periods);
  if (first.length < periods || first.some(({ age }, index) => age !== index)) return null;
  return first.reduce((area, { rate }) => area + rate, 0);
}
