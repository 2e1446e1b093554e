import type { Cohort } from './cohort.ts';
import { predictionGreater } from './random-effects.ts';
import { fisherGreater, holm, partialConjunction, type Proportion } from './significance.ts';

export type Against = 'VARIED' | 'POOLED' | 'EACH';

export interface FoundationalSettings {
  /** Level of the family of all cohorts tested. */
  readonly level: number;
  /** Ages at which retention must be above. */
  readonly ages: number;
  /** Rate of the cohort ÷ rate of the later ones that an age must show to count. */
  readonly lift: number;
  readonly against: Against;
  readonly leftCensored: boolean;
}

export interface AgeComparison {
  readonly age: number;
  readonly rate: number;
  /** Of the later cohorts together. */
  readonly laterRate: number;
  readonly laterCohorts: number;
  readonly laterSize: number;
  readonly lift: number | null;
  /** Of two proportions with a pooled variance. */
  readonly z: number;
  /** Fisher's exact test, one-sided; 1 where the lift is too small. */
  readonly pValue: number;
}

export interface FoundationalTest {
  readonly cohort: Cohort;
  readonly passed: boolean;
  /** z at the weakest of the ages that are needed. */
  readonly statistic: number;
  readonly rawPValue: number;
  readonly pValue: number;
  readonly comparisons: number;
  readonly ages: readonly AgeComparison[];
}

/**
 * Tests each cohort against those that came after it. At each age above 0 its share of active users is compared with
 * that of the later cohorts at the same age, as far as both are known to the end of the period; users are in one
 * cohort only, so the two are independent. The ages of a cohort are not, so "above at no fewer than so many ages" is
 * tested by a partial conjunction, which holds under any dependence, and the cohorts by Holm's correction.
 */
export function testFoundational(
  cohorts: readonly Cohort[],
  settings: FoundationalSettings,
): FoundationalTest[] {
  const usable = cohorts.filter(
    ({ complete, leftCensored, withheld }) =>
      complete && !withheld && (settings.leftCensored || !leftCensored),
  );
  const tested = usable.flatMap((cohort, index) => {
    const { ages, withheldAges } = compare(cohort, usable.slice(index + 1), settings);
    // An age that is withheld, for few were active, speaks against the cohort: it is tested and not passed.
    const pValues = [...ages.map(({ pValue }) => pValue), ...new Array<number>(withheldAges).fill(1)];
    if (pValues.length < settings.ages) return [];
    return [{ cohort, ages, rawPValue: partialConjunction(pValues, settings.ages) }];
  });
  const adjusted = holm(tested.map(({ rawPValue }) => rawPValue));
  return tested.map(({ cohort, ages, rawPValue }, index) => {
    const pValue = adjusted[index] ?? 1;
    const decisive = [...ages].sort((a, b) => a.pValue - b.pValue)[settings.ages - 1];
    return {
      cohort,
      passed: pValue <= settings.level,
      statistic: decisive?.z ?? 0,
      rawPValue,
      pValue,
      comparisons: tested.length,
      ages,
    };
  });
}

function compare(cohort: Cohort, later: readonly Cohort[], settings: FoundationalSettings) {
  const ages: AgeComparison[] = [];
  let withheldAges = 0;
  for (const { age, users, complete } of cohort.periods) {
    if (age === 0 || !complete) continue;
    const others = later.flatMap(({ periods, size }): Proportion[] => {
      const period = periods[age];
      const known = period?.complete && period.users !== null && size !== null;
      return known ? [{ count: period.users, of: size }] : [];
    });
    if (others.length === 0) continue;
    if (users === null || cohort.size === null) withheldAges += 1;
    else ages.push({ age, ...compareAge({ count: users, of: cohort.size }, others, settings) });
  }
  return { ages, withheldAges };
}

function compareAge(
  own: Proportion,
  others: readonly Proportion[],
  { against, lift: least }: FoundationalSettings,
): Omit<AgeComparison, 'age'> {
  const pooled = others.reduce((all, each) => ({ count: all.count + each.count, of: all.of + each.of }));
  const rate = own.count / own.of;
  const laterRate = pooled.count / pooled.of;
  const rivals = against === 'EACH' ? others : [pooled];
  const isLifted = rivals.every(({ count, of }) => rate >= least * (count / of) && rate > count / of);
  return {
    rate,
    laterRate,
    laterCohorts: others.length,
    laterSize: pooled.of,
    lift: laterRate === 0 ? null : rate / laterRate,
    z: zOf(own, pooled),
    pValue: isLifted
      ? Math.max(
          ...rivals.map((rival) => fisherGreater(own, rival)),
          ...(against === 'VARIED' ? [predictionGreater(own, others)] : []),
        )
      : 1,
  };
}

function zOf(first: Proportion, second: Proportion): number {
  const share = (first.count + second.count) / (first.of + second.of);
  const spread = Math.sqrt(share * (1 - share) * (1 / first.of + 1 / second.of));
  return spread === 0 ? 0 : (first.count / first.of - second.count / second.of) / spread;
}
