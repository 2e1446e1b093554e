import { Field, Float, ID, Int, ObjectType } from 'type-graphql';
import type { RetentionAnswer } from '../../measures/retention/retention-service.ts';
import type { AuthorEntity, ModelEntity } from '../../measures/release.ts';
import { Author } from '../author/author.type.ts';
import type { DownloadQuestion } from '../download/download-question.ts';
import { Model } from '../model/model.type.ts';
import { Citation } from '../release/citation.type.ts';
import { CountScalar, DayScalar } from '../shared/scalars.ts';
import { ReleaseReference, RollupReference, Withheld } from '../usage/report.type.ts';
import { RateInterval, RetentionCohort } from './cohort.type.ts';

@ObjectType({
  description: 'Where the numbers of a retention report come from, and what to mind about them.',
})
export class RetentionMeta {
  @Field(() => ReleaseReference, { description: 'The release that answered.' })
  declare release: ReleaseReference;

  @Field(() => ID, { description: 'The data set that the release is of.' })
  declare dataset: string;

  @Field(() => RollupReference, { nullable: true, description: 'The rollup that answered.' })
  declare rollup: RollupReference | null;

  @Field(() => DayScalar, { description: 'Day after the last day of the data.' })
  declare asOf: string;

  @Field(() => Withheld, {
    nullable: true,
    description:
      'What was withheld, in cohorts and counts of the whole release; null where the release withholds nothing. Cohorts carry no tokens, so their share is 0.',
  })
  declare withheld: Withheld | null;

  @Field(() => Boolean, { description: 'True where a simulator made the data.' })
  declare synthetic: boolean;

  @Field(() => [String], { description: 'What a reader should know about these numbers, in sentences.' })
  declare warnings: string[];
}

@ObjectType({ description: 'Several cohorts together at one age.' })
export class RetentionCurvePoint {
  @Field(() => Int, { description: 'Periods since that of first use.' })
  declare age: number;

  @Field(() => Int, { description: 'Cohorts whose period of this age is complete and not withheld.' })
  declare cohorts: number;

  @Field(() => CountScalar, { description: 'Their users.' })
  declare size: number;

  @Field(() => CountScalar, { description: 'Of these, the active ones.' })
  declare users: number;

  @Field(() => Float, { description: 'users ÷ size.' })
  declare rate: number;

  @Field(() => RateInterval, { description: '95 % score interval of the rate (Wilson 1927).' })
  declare interval: RateInterval;
}

@ObjectType({ description: 'What a significance test was, and what it gave.' })
export class TestResult {
  @Field(() => String, { description: 'The test, in words.' })
  declare name: string;

  @Field(() => Float, {
    description:
      'z of the comparison that decides, for reading only: p-values are exact and not taken from it.',
  })
  declare statistic: number;

  @Field(() => Float, { description: 'One-sided p-value before the correction.' })
  declare rawPValue: number;

  @Field(() => Float, { description: 'p-value after the correction, to be compared with the level.' })
  declare pValue: number;

  @Field(() => Float, {
    description: 'Level asked for: the chance of one false finding or more in the report.',
  })
  declare level: number;

  @Field(() => String, { description: 'Correction for multiple comparisons.' })
  declare correction: string;

  @Field(() => Int, { description: 'Comparisons that were corrected for.' })
  declare comparisons: number;

  @Field(() => Boolean, { description: 'Whether the p-value is at or under the level.' })
  declare passed: boolean;
}

@ObjectType({ description: 'A cohort beside later ones at one age.' })
export class CohortComparison {
  @Field(() => Int, { description: 'Age at which they are compared.' })
  declare age: number;

  @Field(() => Float, { description: 'Retention of the cohort.' })
  declare rate: number;

  @Field(() => Float, { description: 'Retention of the later cohorts together.' })
  declare laterRate: number;

  @Field(() => Int, { description: 'Later cohorts that are known at this age.' })
  declare laterCohorts: number;

  @Field(() => CountScalar, { description: 'Their users.' })
  declare laterSize: number;

  @Field(() => Float, {
    nullable: true,
    description: 'rate ÷ laterRate; null where nobody of the later ones stayed.',
  })
  declare lift: number | null;

  @Field(() => Float, { description: 'z of the two proportions.' })
  declare z: number;

  @Field(() => Float, {
    description: 'One-sided p-value of Fisher’s exact test; 1 where the lift asked for is not reached.',
  })
  declare pValue: number;
}

@ObjectType({ description: 'A cohort tested for being foundational.' })
export class FoundationalCohort {
  @Field(() => RetentionCohort, { description: 'The cohort.' })
  declare cohort: RetentionCohort;

  @Field(() => TestResult, { description: 'The test, which it passed unless all tests were asked for.' })
  declare test: TestResult;

  @Field(() => [CohortComparison], { description: 'The ages compared, which the test puts together.' })
  declare ages: CohortComparison[];
}

@ObjectType({ description: 'An age at which a cohort’s retention rises after a fall.' })
export class Boomerang {
  @Field(() => RetentionCohort, { description: 'The cohort.' })
  declare cohort: RetentionCohort;

  @Field(() => Int, { description: 'The age of the rise: compared with the age before.' })
  declare age: number;

  @Field(() => Float, { description: 'Retention at the age before.' })
  declare rateBefore: number;

  @Field(() => Float, { description: 'Retention at the age.' })
  declare rate: number;

  @Field(() => CountScalar, {
    nullable: true,
    description: 'Users active at the age and not before; null where withheld.',
  })
  declare came: number | null;

  @Field(() => CountScalar, {
    nullable: true,
    description: 'Users active before and not at the age; null where withheld.',
  })
  declare left: number | null;

  @Field(() => TestResult, { description: 'The test, which it passed unless all tests were asked for.' })
  declare test: TestResult;
}

@ObjectType({
  description:
    'Retention by cohorts. A user is of the cohort of the period of first use of the subject, and counts in a later period if active in it, even after a gap. Requests without a user count for nobody.',
})
export class RetentionReport {
  @Field(() => Model, { nullable: true, description: 'The model, where one was asked for.' })
  declare model: ModelEntity | null;

  @Field(() => Author, { nullable: true, description: 'The author, where one was asked for.' })
  declare author: AuthorEntity | null;

  @Field(() => [RetentionCohort], {
    description: 'Cohorts, oldest first; periods in which nobody began have none.',
  })
  declare cohorts: RetentionCohort[];

  @Field(() => Int, { description: 'Cohorts left out because they have fewer users than `minimumCohort`.' })
  declare leftOut: number;

  @Field(() => Int, {
    description: 'Periods that a cohort is followed for, its first included: later ones are not counted.',
  })
  declare periodsLimit: number;

  @Field(() => RetentionMeta, { description: 'Where the numbers come from.' })
  declare meta: RetentionMeta;

  @Field(() => Citation, { description: 'How to cite them.' })
  declare citation: Citation;

  /** What the derived fields are computed from. */
  declare answer: RetentionAnswer;

  declare question: DownloadQuestion;
}

@ObjectType({ description: 'A model or author in a ranking by retention.' })
export class RetentionRankingRow {
  @Field(() => Int, { description: 'Place, from 1.' })
  declare rank: number;

  @Field(() => Model, { nullable: true, description: 'The model, where models are ranked.' })
  declare model: ModelEntity | null;

  @Field(() => Author, { nullable: true, description: 'The author, where authors are ranked.' })
  declare author: AuthorEntity | null;

  @Field(() => Int, { description: 'Cohorts counted.' })
  declare cohorts: number;

  @Field(() => Int, {
    description:
      'Cohorts whose count at the age is withheld, and which are left out: these are mostly of low retention, so the rate is rather too high.',
  })
  declare cohortsWithheld: number;

  @Field(() => CountScalar, { description: 'Users of the cohorts counted.' })
  declare size: number;

  @Field(() => CountScalar, { description: 'Of these, the users active at the age.' })
  declare users: number;

  @Field(() => Float, { description: 'users ÷ size.' })
  declare rate: number;

  @Field(() => RateInterval, { description: '95 % score interval of the rate (Wilson 1927).' })
  declare interval: RateInterval;
}

@ObjectType({ description: 'Models or authors by retention at one age.' })
export class RetentionRanking {
  @Field(() => Int, { description: 'The age, in periods.' })
  declare age: number;

  @Field(() => [RetentionRankingRow], {
    description: 'Highest retention first; ties by size, then as the catalogue has them.',
  })
  declare rows: RetentionRankingRow[];

  @Field(() => Int, { description: 'Rows that there are, of which this answer has the first.' })
  declare totalRows: number;

  @Field(() => RetentionMeta, { description: 'Where the numbers come from.' })
  declare meta: RetentionMeta;

  @Field(() => Citation, { description: 'How to cite them.' })
  declare citation: Citation;

  declare question: DownloadQuestion;
}
