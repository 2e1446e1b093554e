import type { Cohort } from './cohort.ts';
import { holm, mcNemarBound, mcNemarGreater } from './significance.ts';

export interface BoomerangSettings {
  /** Level of the family of all ages of all cohorts tested. */
  readonly level: number;
  /** Rise of the rate, from one age to the next, that is asked for beside significance. */
  readonly rise: number;
}

export interface BoomerangTest {
  readonly cohort: Cohort;
  readonly passed: boolean;
  /** The age at which retention is above that of the age before. */
  readonly age: number;
  readonly rateBefore: number;
  readonly rate: number;
  /** Active now, not before; null where only a bound is known. */
  readonly came: number | null;
  /** Active before, not now; null where only a bound is known. */
  readonly left: number | null;
  /** McNemar's z of these, or of the bound. */
  readonly statistic: number;
  readonly rawPValue: number;
  readonly pValue: number;
  readonly comparisons: number;
}

/**
 * Tests each age from 2 on against the age before, after a fall: fewer active at the age before than the cohort has
 * users, significantly so. Both ages are of the same users, so those who came are set against those who left
 * (McNemar's exact test). Where it is withheld who stayed, the bound is taken that holds whoever did. All ages of
 * all cohorts are one family for Holm's correction, those withheld included, as not passed.
 */
export function testBoomerangs(cohorts: readonly Cohort[], settings: BoomerangSettings): BoomerangTest[] {
  const tested = cohorts.flatMap((cohort) => testAges(cohort, settings));
  const adjusted = holm(tested.map((test) => test?.rawPValue ?? 1));
  return tested.flatMap((test, index) => {
    if (test === null) return [];
    const pValue = adjusted[index] ?? 1;
    return [{ ...test, pValue, passed: pValue <= settings.level, comparisons: tested.length }];
  });
}

type AgeTest = Omit<BoomerangTest, 'pValue' | 'passed' | 'comparisons'>;

/** One test, or null where a count is withheld, for each age whose period is whole. */
function testAges(cohort: Cohort, { level, rise }: BoomerangSettings): (AgeTest | null)[] {
  const { size, periods } = cohort;
  if (size === null) return [];
  return periods.slice(2).flatMap(({ age, users, stayed, complete }) => {
    if (!complete) return [];
    const before = periods[age - 1]?.users ?? null;
    if (before === null || users === null) return [null];
    const hasFallen = mcNemarGreater(size - before, 0) <= level;
    const isLifted = users > before && (users - before) / size >= rise;
    const bound = Math.max(0, before + users - size);
    const together = stayed ?? bound;
    const [came, left] = [users - together, before - together];
    const pValue = stayed === null ? mcNemarBound(before, users, size) : mcNemarGreater(came, left);
    return [
      {
        cohort,
        age,
        rateBefore: before / size,
        rate: users / size,
        came: stayed === null ? null : came,
        left: stayed === null ? null : left,
        statistic: came + left === 0 ? 0 : (came - left) / Math.sqrt(came + left),
        rawPValue: hasFallen && isLifted ? pValue : 1,
      },
    ];
  });
}
