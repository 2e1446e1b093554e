import { ArgsType, Field, Float, ID, Int } from 'type-graphql';
import type { Against } from '../../measures/retention/foundational.ts';
import {
  retentionLimits,
  type RetentionArguments,
  type RetentionGrain,
} from '../../measures/retention/retention-query.ts';
import { ReleaseArgs } from '../shared/release.args.ts';
import { DayScalar } from '../shared/scalars.ts';
import { AgainstEnum, RankedEntityEnum, RetentionGrainEnum, type RankedEntity } from './retention.enums.ts';

const mostAge = retentionLimits.periods - 1;

/** What `retention` takes wherever it stands. */
@ArgsType()
export class NestedRetentionArgs implements RetentionArguments {
  @Field(() => RetentionGrainEnum, { defaultValue: 'MONTH', description: 'Length of the periods.' })
  declare grain: RetentionGrain;

  @Field(() => DayScalar, {
    nullable: true,
    description: 'Cohorts whose first period begins on this day or later. None: from the first.',
  })
  declare from?: string | null;

  @Field(() => DayScalar, {
    nullable: true,
    description: 'Cohorts whose first period begins before this day. None: to the last.',
  })
  declare to?: string | null;

  @Field(() => Int, {
    defaultValue: 1,
    description:
      'Cohorts of fewer users are left out, and counted in `leftOut`. Those under the minimum of the data set are withheld whatever is given here.',
  })
  declare minimumCohort: number;

  @Field(() => Int, {
    nullable: true,
    description: `The last age to answer, 0 to ${mostAge}. None: ${mostAge}. At most ${retentionLimits.cohorts} cohorts are answered at once.`,
  })
  declare lastAge?: number | null;
}

@ArgsType()
export class RetentionArgs extends NestedRetentionArgs {
  @Field(() => ID, { nullable: true, description: "Data set. None: the server's default." })
  declare dataset?: string | null;

  @Field(() => ID, { nullable: true, description: 'Release. None: the latest of the data set.' })
  declare release?: string | null;

  @Field(() => ID, { nullable: true, description: 'Users of this model. Not with `author`.' })
  declare model?: string | null;

  @Field(() => ID, {
    nullable: true,
    description: 'Users of any model of this author. With neither model nor author: all users.',
  })
  declare author?: string | null;
}

@ArgsType()
export class RankingArgs extends ReleaseArgs {
  @Field(() => RankedEntityEnum, { defaultValue: 'MODEL', description: 'What is ranked.' })
  declare of: RankedEntity;

  @Field(() => RetentionGrainEnum, { defaultValue: 'MONTH', description: 'Length of the periods.' })
  declare grain: RetentionGrain;

  @Field(() => Int, { defaultValue: 1, description: `The age, in periods, 1 to ${mostAge}.` })
  declare age: number;

  @Field(() => DayScalar, {
    nullable: true,
    description: 'Cohorts whose first period begins on this day or later.',
  })
  declare from?: string | null;

  @Field(() => DayScalar, {
    nullable: true,
    description: 'Cohorts whose first period begins before this day.',
  })
  declare to?: string | null;

  @Field(() => Int, {
    defaultValue: 100,
    description: 'Only those with so many users in the cohorts counted, at least 1.',
  })
  declare minimumSize: number;

  @Field(() => Boolean, { defaultValue: false, description: 'Count left-censored cohorts as well.' })
  declare includeLeftCensored: boolean;

  @Field(() => Int, { defaultValue: 50, description: `Rows, 1 to ${retentionLimits.rankingRows}.` })
  declare first: number;
}

/** How sure a finding is to be. */
@ArgsType()
class TestArgs {
  @Field(() => Float, {
    defaultValue: 0.05,
    description: 'Level: the chance, at most, that the report has any false finding. Above 0 and below 1.',
  })
  declare level: number;

  @Field(() => Boolean, { defaultValue: false, description: 'Answer all tests, also those not passed.' })
  declare all: boolean;

  @Field(() => Boolean, { defaultValue: false, description: 'Test left-censored cohorts as well.' })
  declare includeLeftCensored: boolean;
}

@ArgsType()
export class FoundationalArgs extends TestArgs {
  @Field(() => Int, { defaultValue: 3, description: 'Ages at which retention must be above, at least 1.' })
  declare minimumAges: number;

  @Field(() => Float, {
    defaultValue: 1.25,
    description: 'Retention of the cohort ÷ that of the later ones, which an age must reach to count.',
  })
  declare minimumLift: number;

  @Field(() => AgainstEnum, { defaultValue: 'POOLED', description: 'What the cohort is compared with.' })
  declare against: Against;
}

@ArgsType()
export class BoomerangArgs extends TestArgs {
  @Field(() => Float, {
    defaultValue: 0.01,
    description: 'Rise of the rate, from one age to the next, that is asked for beside significance: 0 to 1.',
  })
  declare minimumRise: number;
}

@ArgsType()
export class HalfLifeArgs {
  @Field(() => Float, {
    defaultValue: 0.5,
    description: 'The share that is to be reached, above 0 and below 1.',
  })
  declare share: number;
}

@ArgsType()
export class SurvivalAreaArgs {
  @Field(() => Int, {
    defaultValue: 6,
    description: `Periods from age 0 on, 1 to ${retentionLimits.periods}.`,
  })
  declare periods: number;
}

@ArgsType()
export class PooledArgs {
  @Field(() => Boolean, { defaultValue: false, description: 'Count left-censored cohorts as well.' })
  declare includeLeftCensored: boolean;
}

@ArgsType()
export class PooledHalfLifeArgs extends HalfLifeArgs {
  @Field(() => Boolean, { defaultValue: false, description: 'Count left-censored cohorts as well.' })
  declare includeLeftCensored: boolean;
}

@ArgsType()
export class PooledSurvivalAreaArgs extends SurvivalAreaArgs {
  @Field(() => Boolean, { defaultValue: false, description: 'Count left-censored cohorts as well.' })
  declare includeLeftCensored: boolean;
}
