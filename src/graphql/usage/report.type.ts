import { Field, Float, ID, Int, ObjectType } from 'type-graphql';
import type { DownloadQuestion } from '../download/download-question.ts';
import { Citation } from '../release/citation.type.ts';
import { CoverageEntry } from '../release/provenance.type.ts';
import { PageInfo } from '../shared/connection.ts';
import { CountScalar, DateTimeScalar, DayScalar } from '../shared/scalars.ts';
import { UsageRow } from './usage.type.ts';

@ObjectType({ description: 'The rollup that answered.' })
export class RollupReference {
  @Field(() => String, { description: 'Its name.' })
  declare name: string;

  @Field(() => Int, { description: 'Its version; a changed definition is a new one.' })
  declare version: number;

  @Field(() => String, { description: 'SHA-256 of its SQL text, in hexadecimal.' })
  declare sha256: string;
}

@ObjectType({ description: 'The release that answered.' })
export class ReleaseReference {
  @Field(() => ID, { description: 'Give it as `release` to get the same numbers again.' })
  declare id: string;

  @Field(() => DateTimeScalar, { description: 'When it was published.' })
  declare publishedAt: Date;
}

@ObjectType({ description: 'What was withheld for privacy from the rollup that answered.' })
export class Withheld {
  @Field(() => Int, { description: 'Every published cell stands for at least so many distinct users.' })
  declare minimumUsers: number;

  @Field(() => CountScalar, {
    description:
      'Cells of the whole release that were folded into others, or left out where even these were too few.',
  })
  declare cells: number;

  @Field(() => Float, {
    nullable: true,
    description:
      'Share of the tokens of the whole release in these cells, 0 to 1, to two digits. Null where the cells stand for fewer users than the minimum together, whose tokens it would tell.',
  })
  declare tokenShare: number | null;
}

@ObjectType({
  description: 'How the content labels were sampled, which a report by category or tag is estimated from.',
})
export class SamplingReference {
  @Field(() => Float, { description: 'Labelled requests ÷ all requests of the labelled days.' })
  declare rate: number;

  @Field(() => CountScalar, { description: 'Labelled requests.' })
  declare rows: number;

  @Field(() => String, { description: 'How labels were made and errors are computed.' })
  declare method: string;

  @Field(() => String, { description: 'Version of the table from paths to tags and categories.' })
  declare taxonomyVersion: string;
}

@ObjectType({ description: 'What a query takes, known before it runs.' })
export class QueryCost {
  @Field(() => Int, { description: 'Periods that the range touches.' })
  declare periods: number;

  @Field(() => CountScalar, { description: 'Groups that there can be.' })
  declare groups: number;

  @Field(() => CountScalar, { description: 'Rows that there can be on all pages.' })
  declare rows: number;

  @Field(() => CountScalar, {
    description:
      'Points: one, and one more for each thousand of periods × groups × measures, twice that with a comparison.',
  })
  declare points: number;
}

@ObjectType({ description: 'Where the numbers of a report come from, and what to mind about them.' })
export class ReportMeta {
  @Field(() => ReleaseReference, { description: 'The release that answered.' })
  declare release: ReleaseReference;

  @Field(() => ID, { description: 'The data set that the release is of.' })
  declare dataset: string;

  @Field(() => RollupReference, { nullable: true, description: 'The rollup that answered.' })
  declare rollup: RollupReference | null;

  @Field(() => DayScalar, { description: 'Day after the last day of the data.' })
  declare asOf: string;

  @Field(() => DayScalar, { description: 'First day of the range that was answered.' })
  declare from: string;

  @Field(() => DayScalar, { description: 'Day after the last day of the range that was answered.' })
  declare to: string;

  @Field(() => Boolean, { description: 'Whether the data cover the whole range, and every period wholly.' })
  declare complete: boolean;

  @Field(() => String, { description: 'What shares were taken of, in words.' })
  declare shareOf: string;

  @Field(() => String, {
    nullable: true,
    description: 'What rows were compared with, in words; null without `compareTo`.',
  })
  declare comparedTo: string | null;

  @Field(() => [CoverageEntry], {
    description: 'Coverage of the dimensions and measures that the report uses.',
  })
  declare coverage: CoverageEntry[];

  @Field(() => Withheld, {
    nullable: true,
    description: 'What was withheld; null where the data carry no users, so that nothing can be.',
  })
  declare withheld: Withheld | null;

  @Field(() => SamplingReference, {
    nullable: true,
    description: 'The sample; null where every request was counted.',
  })
  declare sampling: SamplingReference | null;

  @Field(() => Boolean, { description: 'Whether there are more rows than this page has.' })
  declare truncated: boolean;

  @Field(() => QueryCost, { description: 'What the query took.' })
  declare cost: QueryCost;

  @Field(() => Boolean, { description: 'True where a simulator made the data.' })
  declare synthetic: boolean;

  @Field(() => [String], { description: 'What a reader should know about these numbers, in sentences.' })
  declare warnings: string[];
}

@ObjectType({ description: 'Usage, summed as asked.' })
export class UsageReport {
  @Field(() => [UsageRow], { description: 'The rows of this page.' })
  declare rows: UsageRow[];

  @Field(() => Int, { description: 'Rows that there are on all pages.' })
  declare totalRows: number;

  @Field(() => UsageRow, {
    nullable: true,
    description:
      'All that the filter lets through in one row, whatever top and page leave out; null if nothing. Takes a second statement.',
  })
  declare totals: UsageRow | null;

  @Field(() => PageInfo, { description: 'Where the page lies.' })
  declare pageInfo: PageInfo;

  @Field(() => ReportMeta, { description: 'Where the numbers come from.' })
  declare meta: ReportMeta;

  @Field(() => Citation, { description: 'How to cite them.' })
  declare citation: Citation;

  declare question: DownloadQuestion;
}

@ObjectType({ description: 'How a `usage` query would be answered.' })
export class QueryPlan {
  @Field(() => ReleaseReference, { description: 'The release that would answer.' })
  declare release: ReleaseReference;

  @Field(() => RollupReference, { nullable: true, description: 'The rollup that would answer.' })
  declare rollup: RollupReference | null;

  @Field(() => [String], { description: 'Every table that would be read.' })
  declare tables: string[];

  @Field(() => QueryCost, { description: 'What it would take.' })
  declare cost: QueryCost;
}
