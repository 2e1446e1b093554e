import { Arg, Field, Float, ID, Int, ObjectType } from 'type-graphql';
import { dimensions } from '../../measures/dimensions.ts';
import { measures, type AdditiveMeasureName } from '../../measures/measures.ts';
import type { Dimension, Measure } from '../../measures/types.ts';
import { Author } from '../author/author.type.ts';
import { Model } from '../model/model.type.ts';
import { Provider } from '../provider/provider.type.ts';
import { Citation, CoverageEntry } from '../release/provenance.type.ts';
import { PageInfo } from '../shared/connection.ts';
import { AdditiveMeasure, labelEnums } from '../shared/enums.ts';
import { CountScalar, DateTimeScalar, DayScalar, DecimalScalar } from '../shared/scalars.ts';

@ObjectType({ description: 'A day, week or month.' })
export class Period {
  @Field(() => DayScalar, { description: 'First day.' })
  declare start: string;

  @Field(() => DayScalar, { description: 'Day after the last day.' })
  declare end: string;

  @Field(() => Boolean, {
    description: 'False where the data or the range asked for cover a part of it only.',
  })
  declare complete: boolean;
}

/** One field per dimension and measure of the catalogue, added below. */
@ObjectType({
  description:
    'One group in one period. Dimensions are null unless grouped by or where unknown; a measure the data do not carry is null, never 0.',
})
export class UsageRow {
  @Field(() => Period, { nullable: true, description: 'The period; null without a grain.' })
  declare period: Period | null;

  declare shares: Partial<Record<AdditiveMeasureName, number | null>>;

  @Field(() => Float, {
    nullable: true,
    description: 'The part of the base that `shareOf` names, 0 to 1; null where the base is 0 or unknown.',
  })
  share(
    @Arg('of', () => AdditiveMeasure, {
      defaultValue: 'TOTAL_TOKENS',
      description: 'The measure to take the share of.',
    })
    measure: AdditiveMeasureName,
  ): number | null {
    return this.shares[measure] ?? null;
  }
}

const entityTypes = { model: () => Model, author: () => Author, provider: () => Provider } as const;
const measureTypes = {
  INTEGER: () => CountScalar,
  DECIMAL: () => DecimalScalar,
  FLOAT: () => Float,
} as const;

function groupType({ entity, type, field }: Dimension): () => object {
  if (entity !== undefined) return entityTypes[entity];
  if (type === 'BOOLEAN') return () => Boolean;
  return () => labelEnums.get(field) ?? String;
}

function addField(type: () => object, field: string, description: string): void {
  Field(type as never, { nullable: true, description })(UsageRow.prototype, field);
}

for (const dimension of dimensions as readonly Dimension[]) {
  addField(groupType(dimension), dimension.field, dimension.description);
}
for (const { type, field, description, unit } of measures as readonly Measure[]) {
  addField(measureTypes[type], field, `${description} Unit: ${unit}.`);
}

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

  @Field(() => String, { description: 'What shares were taken of: ALL or PERIOD, after the filter.' })
  declare shareOf: string;

  @Field(() => [CoverageEntry], {
    description: 'Coverage of the dimensions and measures that the report uses.',
  })
  declare coverage: CoverageEntry[];

  @Field(() => Boolean, { description: 'Whether there are more rows than this page has.' })
  declare truncated: boolean;

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

  @Field(() => PageInfo, { description: 'Where the page lies.' })
  declare pageInfo: PageInfo;

  @Field(() => ReportMeta, { description: 'Where the numbers come from.' })
  declare meta: ReportMeta;

  @Field(() => Citation, { description: 'How to cite them.' })
  declare citation: Citation;
}
