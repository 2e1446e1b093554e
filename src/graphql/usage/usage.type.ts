import { Arg, Field, Float, ObjectType } from 'type-graphql';
import { dimensions } from '../../measures/dimensions.ts';
import {
  distributions,
  measures,
  type AdditiveMeasureName,
  type MeasureName,
} from '../../measures/measures.ts';
import type { Dimension, EntityName, Measure } from '../../measures/types.ts';
import type { SamplingError } from '../../measures/query.ts';
import { Author } from '../author/author.type.ts';
import { Category, Tag } from '../category/category.type.ts';
import { Continent, Country } from '../country/country.type.ts';
import { Model } from '../model/model.type.ts';
import { Provider } from '../provider/provider.type.ts';
import { AdditiveMeasure, labelEnums, MeanMeasure } from '../shared/enums.ts';
import { CountScalar, DayScalar, DecimalScalar } from '../shared/scalars.ts';
import { SimpleField } from '../shared/simple-field.ts';

@ObjectType({ description: 'A day, week, month or quarter.' })
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

@ObjectType({
  description: 'Percentiles by nearest rank, read from a histogram: each is within 2 % of the true one.',
})
export class Percentiles {
  @Field(() => Float, { nullable: true, description: 'Half of the requests are at or below it.' })
  declare p50: number | null;

  @Field(() => Float, { nullable: true, description: '90 % of the requests are at or below it.' })
  declare p90: number | null;

  @Field(() => Float, { nullable: true, description: '95 % of the requests are at or below it.' })
  declare p95: number | null;

  @Field(() => Float, { nullable: true, description: '99 % of the requests are at or below it.' })
  declare p99: number | null;
}

@ObjectType({ description: 'How sure an estimate from a sample is.' })
export class Interval {
  @Field(() => Float, { description: 'Standard error, by the design of the sample.' })
  declare standardError: number;

  @Field(() => Float, { description: 'Lower end of the 95 % interval.' })
  declare low: number;

  @Field(() => Float, { description: 'Upper end of the 95 % interval.' })
  declare high: number;
}

const shareArgument = {
  defaultValue: 'TOTAL_TOKENS',
  description: 'The measure to take the share of.',
} as const;

/** One field per measure, added below. */
@ObjectType({
  description: 'Measures of the earlier time that a row is compared with; null where it had no usage.',
})
export class UsageBase {}

/** One field per measure, added below. */
@ObjectType({
  description:
    'Change of measures against the earlier time: 0.25 is a quarter more. Null where the earlier value is 0 or unknown.',
})
export class UsageChange {}

/** One field per dimension, measure and distribution of the catalogue, added below. */
@ObjectType({
  description:
    'One group in one period. Dimensions are null unless grouped by or where unknown; a measure the data do not carry is null, never 0.',
})
export class UsageRow {
  declare shares: Partial<Record<AdditiveMeasureName, number | null>>;
  declare errors: Partial<Record<MeasureName, SamplingError | null>>;

  @Field(() => Period, { nullable: true, description: 'The period; null without a grain.' })
  declare period: Period | null;

  @Field(() => Boolean, { description: 'True for the row that stands for all groups that `top` left out.' })
  declare others: boolean;

  @SimpleField(() => Float, {
    nullable: true,
    description: 'The part of the base that `shareOf` names, 0 to 1; null where the base is 0 or unknown.',
  })
  share(@Arg('of', () => AdditiveMeasure, shareArgument) { of }: { of: AdditiveMeasureName }): number | null {
    return this.shares[of] ?? null;
  }

  @SimpleField(() => Interval, {
    nullable: true,
    description: 'Sampling error of the share; null where the data are no sample, or the measure keeps none.',
  })
  shareInterval(
    @Arg('of', () => AdditiveMeasure, shareArgument) { of }: { of: AdditiveMeasureName },
  ): Interval | null {
    return this.errors[of] ?? null;
  }

  @SimpleField(() => Interval, {
    nullable: true,
    description: 'Sampling error of a mean; null where the data are no sample, or labels are split.',
  })
  meanInterval(
    @Arg('of', () => MeanMeasure, { description: 'The mean.' }) { of }: { of: MeasureName },
  ): Interval | null {
    return this.errors[of] ?? null;
  }

  @Field(() => UsageBase, { nullable: true, description: 'The earlier values; null without `compareTo`.' })
  declare base: UsageBase | null;

  @Field(() => UsageChange, {
    nullable: true,
    description: 'Change against the earlier values; null without `compareTo`.',
  })
  declare change: UsageChange | null;
}

const entityTypes = {
  model: () => Model,
  author: () => Author,
  provider: () => Provider,
  category: () => Category,
  tag: () => Tag,
  country: () => Country,
  continent: () => Continent,
} as const satisfies Record<EntityName, () => object>;
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

function addField(
  owner: { prototype: object },
  type: () => object,
  field: string,
  description: string,
): void {
  Field(type as never, { nullable: true, description })(owner.prototype, field);
}

for (const dimension of dimensions as readonly Dimension[]) {
  addField(UsageRow, groupType(dimension), dimension.field, dimension.description);
}
for (const { type, field, kind, description, unit } of measures as readonly Measure[]) {
  addField(UsageRow, measureTypes[type], field, `${description} Unit: ${unit}.`);
  // Users of an earlier time are asked for as rows of their own.
  if (kind === 'USERS') continue;
  addField(UsageBase, measureTypes[type], field, `${description} Unit: ${unit}.`);
  addField(UsageChange, () => Float, field, `Relative change of ${field}.`);
}
for (const { field, description, unit } of distributions) {
  addField(
    UsageRow,
    () => Percentiles,
    field,
    `${description} Unit: ${unit}. Kept by day and model: null for others.`,
  );
}
