import { Field, Float, ID, Int, ObjectType } from 'type-graphql';
import type { Cohort } from '../../measures/retention/cohort.ts';
import { Node } from '../node/node.type.ts';
import { CountScalar, DayScalar } from '../shared/scalars.ts';
import { RetentionGrainEnum } from './retention.enums.ts';
import type { RetentionGrain } from '../../measures/retention/retention-query.ts';

@ObjectType({ description: 'A 95 % interval, from 0 to 1.' })
export class RateInterval {
  @Field(() => Float, { description: 'Lower end.' })
  declare low: number;

  @Field(() => Float, { description: 'Upper end.' })
  declare high: number;
}

@ObjectType({ description: 'A cohort in one of the periods that follow its first.' })
export class RetentionPeriod {
  @Field(() => Int, { description: 'Periods since that of first use, which is 0.' })
  declare age: number;

  @Field(() => DayScalar, { description: 'First day.' })
  declare start: string;

  @Field(() => DayScalar, { description: 'Day after the last.' })
  declare end: string;

  @Field(() => CountScalar, {
    nullable: true,
    description:
      'Users of the cohort who were active in this period; a user who was away and comes back counts, so the number may rise. Null where withheld.',
  })
  declare users: number | null;

  @Field(() => CountScalar, {
    nullable: true,
    description:
      'Of the users, those who were active in the period before as well; null at age 0, and where it or one of those who came and who left is withheld.',
  })
  declare stayed: number | null;

  @Field(() => Float, {
    nullable: true,
    description: 'Retention: users ÷ size of the cohort, 0 to 1; 1 at age 0. Null where withheld.',
  })
  declare rate: number | null;

  @Field(() => RateInterval, {
    nullable: true,
    description: '95 % score interval of the rate (Wilson 1927), as if users stayed independently.',
  })
  declare interval: RateInterval | null;

  @Field(() => Boolean, {
    description:
      'Whether the data cover this period and that of first use to their ends. If not, more users may yet be active.',
  })
  declare complete: boolean;

  @Field(() => Boolean, {
    description:
      'Whether the count is withheld: it stands for fewer users than the data set’s minimum, but not for none, or one that does could be had from it by subtraction.',
  })
  declare withheld: boolean;
}

@ObjectType({
  implements: Node,
  description: 'Users whose first use of a model, an author’s models or the data set fell into one period.',
})
export class RetentionCohort extends Node {
  @Field(() => ID, { description: '`cohort:` with release, grain, first day and subject.' })
  declare id: string;

  @Field(() => RetentionGrainEnum, { description: 'Length of the periods.' })
  declare grain: RetentionGrain;

  @Field(() => DayScalar, { description: 'First day of the period of first use.' })
  declare start: string;

  @Field(() => DayScalar, { description: 'Day after the period of first use.' })
  declare end: string;

  @Field(() => CountScalar, {
    nullable: true,
    description: 'Users of the cohort; null where it is withheld.',
  })
  declare size: number | null;

  @Field(() => Boolean, {
    description:
      'Whether the whole cohort is withheld: it has fewer users than the data set’s minimum, or one that has could be had from it by subtraction, such as a day from its week. Then it has no periods.',
  })
  declare withheld: boolean;

  @Field(() => Boolean, { description: 'Whether the data cover the period of first use to both its ends.' })
  declare complete: boolean;

  @Field(() => Boolean, {
    description:
      'True for the first period of the data, unless the model was released within the data: its users may have come before the data began, so these are not all new. Cohorts soon after it may hold some earlier users too.',
  })
  declare leftCensored: boolean;

  @Field(() => [RetentionPeriod], {
    description: 'From age 0 to the last period that the data reach into, or to `lastAge`.',
  })
  declare periods: RetentionPeriod[];

  /** What the derived fields are computed from. */
  declare cohort: Cohort;
}
