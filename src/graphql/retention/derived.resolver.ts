import { Args, FieldResolver, Float, Resolver, Root } from 'type-graphql';
import { AtlasError } from '../../errors.ts';
import { testBoomerangs } from '../../measures/retention/boomerang.ts';
import { halfLife, pooledCurve, survivalArea, type CurvePoint } from '../../measures/retention/curve.ts';
import { testFoundational } from '../../measures/retention/foundational.ts';
import { retentionLimits } from '../../measures/retention/retention-query.ts';
import type { Cohort } from '../../measures/retention/cohort.ts';
import { RetentionCohort } from './cohort.type.ts';
import {
  Boomerang,
  FoundationalCohort,
  RetentionCurvePoint,
  RetentionReport,
  type TestResult,
} from './report.type.ts';
import {
  BoomerangArgs,
  FoundationalArgs,
  HalfLifeArgs,
  PooledArgs,
  PooledHalfLifeArgs,
  PooledSurvivalAreaArgs,
  SurvivalAreaArgs,
} from './retention.args.ts';

const halfLifeMeaning =
  'Age, in periods, at which retention first falls to the share (half, unless said otherwise), between two ages by linear interpolation. Null where it does not fall so far in complete periods, or a count before that is withheld.';
const areaMeaning =
  'Area under the retention curve: the sum of the rates of the first `periods` periods, age 0 included, which is in how many of them a user of the cohort is active on average. Null where one of them is not complete or is withheld.';

@Resolver(() => RetentionReport)
export class RetentionReportResolver {
  @FieldResolver(() => [RetentionCurvePoint], {
    description:
      'The cohorts together: at each age those whose period is complete and not withheld. Old ages are of old cohorts only, so the curve may rise where no cohort does.',
  })
  pooled(@Root() report: RetentionReport, @Args(() => PooledArgs) args: PooledArgs): CurvePoint[] {
    return pooledOf(report, args);
  }

  @FieldResolver(() => Float, { nullable: true, description: `${halfLifeMeaning} Of the cohorts together.` })
  halfLife(
    @Root() report: RetentionReport,
    @Args(() => PooledHalfLifeArgs) args: PooledHalfLifeArgs,
  ): number | null {
    return halfLife(pooledOf(report, args), checkShare('share', args.share));
  }

  @FieldResolver(() => Float, { nullable: true, description: `${areaMeaning} Of the cohorts together.` })
  survivalArea(
    @Root() report: RetentionReport,
    @Args(() => PooledSurvivalAreaArgs) args: PooledSurvivalAreaArgs,
  ): number | null {
    return survivalArea(pooledOf(report, args), checkPeriods(args.periods));
  }

  @FieldResolver(() => [FoundationalCohort], {
    description:
      'Foundational cohorts (the study’s glass slipper): retention significantly above the later cohorts’ at the same age, at `minimumAges` ages or more. At each age above 0 the cohort’s share of active users is compared with that of the later cohorts by Fisher’s exact test, one-sided, in complete periods; an age whose lift is under `minimumLift` counts as not above. The ages are put together by a partial conjunction (Benjamini and Heller 2008), which holds however they depend on each other, and the cohorts of the report are corrected for by Holm. The study gives no threshold. It takes users as independent and later cohorts as alike: where cohorts differ by chance beyond their users, POOLED finds many that are above by chance, and VARIED is the stricter question.',
  })
  foundational(
    @Root() report: RetentionReport,
    @Args(() => FoundationalArgs) args: FoundationalArgs,
  ): FoundationalCohort[] {
    const { minimumAges, minimumLift, against } = args;
    const level = checkShare('level', args.level);
    if (minimumAges < 1)
      throw new AtlasError('BAD_ARGUMENT', `\`minimumAges\` is ${minimumAges}; the least is 1.`);
    const settings = {
      level,
      ages: minimumAges,
      lift: minimumLift,
      against,
      leftCensored: args.includeLeftCensored,
    };
    const tests = testFoundational(report.answer.cohorts, settings);
    return tests
      .filter(({ passed }) => passed || args.all)
      .map(({ cohort, ages, ...test }) => ({
        cohort: nodeOf(report, cohort),
        ages: [...ages],
        test: {
          ...result(test, level),
          name: `Fisher's exact test of two proportions at each age, one-sided; above at ${minimumAges} ages or more by partial conjunction`,
          correction: `Holm over the ${test.comparisons} cohorts of the report that could be tested`,
        },
      }));
  }

  @FieldResolver(() => [Boomerang], {
    description:
      'Boomerangs (resurrection jumps): ages from 2 on at which more users of a cohort are active than at the age before, significantly so, after a fall: at the age before fewer were active than the cohort has users. The two ages are of the same users, so those who came are set against those who left by McNemar’s exact test, one-sided; where it is withheld how many stayed, by the bound that holds whoever did. Complete periods only; all ages of all cohorts of the report are corrected for by Holm. A rise that all cohorts share in one calendar period is one too: weekdays and holidays are not taken out.',
  })
  boomerangs(@Root() report: RetentionReport, @Args(() => BoomerangArgs) args: BoomerangArgs): Boomerang[] {
    const level = checkShare('level', args.level);
    const cohorts = report.answer.cohorts.filter(
      ({ leftCensored }) => args.includeLeftCensored || !leftCensored,
    );
    return testBoomerangs(cohorts, { level, rise: args.minimumRise })
      .filter(({ passed }) => passed || args.all)
      .map(({ cohort, age, rateBefore, rate, came, left, ...test }) => ({
        cohort: nodeOf(report, cohort),
        age,
        rateBefore,
        rate,
        came,
        left,
        test: {
          ...result(test, level),
          name:
            came === null
              ? "McNemar's exact test, one-sided, by the bound for unknown changes"
              : "McNemar's exact test, one-sided",
          correction: `Holm over the ${test.comparisons} ages of cohorts of the report`,
        },
      }));
  }
}

@Resolver(() => RetentionCohort)
export class RetentionCohortResolver {
  @FieldResolver(() => Float, { nullable: true, description: halfLifeMeaning })
  halfLife(
    @Root() { cohort }: RetentionCohort,
    @Args(() => HalfLifeArgs) { share }: HalfLifeArgs,
  ): number | null {
    return halfLife(pooledCurve([cohort]), checkShare('share', share));
  }

  @FieldResolver(() => Float, { nullable: true, description: areaMeaning })
  survivalArea(
    @Root() { cohort }: RetentionCohort,
    @Args(() => SurvivalAreaArgs) { periods }: SurvivalAreaArgs,
  ): number | null {
    return survivalArea(pooledCurve([cohort]), checkPeriods(periods));
  }
}

function pooledOf({ answer }: RetentionReport, { includeLeftCensored }: PooledArgs): CurvePoint[] {
  return pooledCurve(answer.cohorts.filter(({ leftCensored }) => includeLeftCensored || !leftCensored));
}

function nodeOf({ cohorts }: RetentionReport, cohort: Cohort): RetentionCohort {
  const node = cohorts.find((each) => each.cohort === cohort);
  if (node === undefined) throw new Error(`The report has no cohort of ${cohort.start}`);
  return node;
}

type Tested = Pick<TestResult, 'statistic' | 'rawPValue' | 'pValue' | 'comparisons' | 'passed'>;

function result({ statistic, rawPValue, pValue, comparisons, passed }: Tested, level: number) {
  return { statistic, rawPValue, pValue, comparisons, passed, level };
}

function checkShare(name: string, share: number): number {
  if (share > 0 && share < 1) return share;
  throw new AtlasError('BAD_ARGUMENT', `\`${name}\` is ${share}, but must be above 0 and below 1.`);
}

function checkPeriods(periods: number): number {
  if (periods >= 1 && periods <= retentionLimits.periods) return periods;
  throw new AtlasError(
    'LIMIT_EXCEEDED',
    `\`periods\` is ${periods}; 1 to ${retentionLimits.periods} are allowed.`,
    { details: { limit: retentionLimits.periods } },
  );
}
