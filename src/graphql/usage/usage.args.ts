import { ArgsType, Field, ID, InputType, Int } from 'type-graphql';
import type { DimensionName } from '../../measures/dimensions.ts';
import { usageLimits } from '../../measures/limits.ts';
import type { MeasureName } from '../../measures/measures.ts';
import type { Grain, WeekStart } from '../../measures/periods.ts';
import type { Comparison, LabelWeighting, ShareBase, Top, UsageOrder } from '../../measures/query.ts';
import type { UsageArguments } from '../../measures/usage-request.ts';
import {
  ComparisonEnum,
  LabelWeightingEnum,
  OrderDirection,
  OthersMode,
  ShareBaseEnum,
  TimeGrain,
  TopScope,
  UsageDimension,
  UsageMeasure,
  UsageOrderKey,
  WeekStartEnum,
} from '../shared/enums.ts';
import { DayScalar } from '../shared/scalars.ts';
import { UsageFilter } from './usage.filter.ts';

@InputType({ description: 'One key of the order of rows.' })
export class UsageOrderInput implements UsageOrder {
  @Field(() => UsageOrderKey, { description: 'What to order by.' })
  declare by: UsageOrder['by'];

  @Field(() => OrderDirection, { defaultValue: 'DESC', description: 'Largest first unless said otherwise.' })
  declare direction: UsageOrder['direction'];
}

@InputType({
  description:
    'Keeps the largest groups. Groups with an unknown value are never ranked: they go with the others.',
})
export class TopInput implements Top {
  @Field(() => UsageMeasure, { defaultValue: 'TOTAL_TOKENS', description: 'Sum or ratio to rank by.' })
  declare by: MeasureName;

  @Field(() => Int, { description: `Groups to keep, 1 to ${usageLimits.topGroups}.` })
  declare count: number;

  @Field(() => OthersMode, { defaultValue: 'SHOW', description: 'What becomes of the rest.' })
  declare others: Top['others'];

  @Field(() => TopScope, { defaultValue: 'RANGE', description: 'Where groups are ranked.' })
  declare within: Top['within'];
}

/** What `usage` takes wherever it stands. */
@ArgsType()
export class NestedUsageArgs implements UsageArguments {
  @Field(() => [UsageDimension], {
    nullable: true,
    description: `Dimensions to group by, at most ${usageLimits.dimensions}. None: one row per period.`,
  })
  declare groupBy?: DimensionName[] | null;

  @Field(() => TimeGrain, {
    nullable: true,
    description: 'Length of the periods. None: the whole range is one.',
  })
  declare grain?: Grain | null;

  @Field(() => WeekStartEnum, { defaultValue: 'MONDAY', description: 'The day that weeks begin on.' })
  declare weekStart: WeekStart;

  @Field(() => DayScalar, { nullable: true, description: 'First day. None: the first day of the data.' })
  declare from?: string | null;

  @Field(() => DayScalar, {
    nullable: true,
    description: 'Day after the last day: ranges are half-open. None: the end of the data.',
  })
  declare to?: string | null;

  @Field(() => UsageFilter, { nullable: true, description: 'Which usage counts.' })
  declare where?: UsageFilter | null;

  @Field(() => [UsageOrderInput], {
    nullable: true,
    description: `Order of the rows, at most ${usageLimits.orders} keys; ties, and without it all rows, go by period, others last, then by group.`,
  })
  declare orderBy?: UsageOrderInput[] | null;

  @Field(() => TopInput, {
    nullable: true,
    description: 'Keeps the largest groups, the rest as others or dropped.',
  })
  declare top?: TopInput | null;

  @Field(() => ShareBaseEnum, {
    nullable: true,
    description: 'What shares are taken of, after filter and top. None: PERIOD with a grain, else ALL.',
  })
  declare shareOf?: ShareBase | null;

  @Field(() => ComparisonEnum, {
    nullable: true,
    description:
      'Computes `base` and `change` of each row against an earlier time. A period that is not over, or that the range cuts, is compared with the same part of the earlier one.',
  })
  declare compareTo?: Comparison | null;

  @Field(() => Boolean, {
    defaultValue: false,
    description: 'Compares with whole earlier periods even where the later one is not over.',
  })
  declare compareWholePeriods: boolean;

  @Field(() => Boolean, {
    defaultValue: false,
    description:
      'Rows for the periods in which a group was not used: sums are 0 where the data cover the period, else null.',
  })
  declare emptyPeriods: boolean;

  @Field(() => LabelWeightingEnum, {
    defaultValue: 'EACH',
    description:
      'How a prompt with labels of several categories counts; of no effect without CATEGORY or TAG.',
  })
  declare labelWeighting: LabelWeighting;
}

@ArgsType()
export class UsageArgs extends NestedUsageArgs {
  @Field(() => ID, { nullable: true, description: "Data set. None: the server's default." })
  declare dataset?: string | null;

  @Field(() => ID, { nullable: true, description: 'Release. None: the latest of the data set.' })
  declare release?: string | null;

  @Field(() => Int, {
    nullable: true,
    description: `Rows of this page, 1 to ${usageLimits.pageRows}. None: ${usageLimits.defaultPageRows}.`,
  })
  declare first?: number | null;

  @Field(() => String, { nullable: true, description: 'Cursor that the page continues behind.' })
  declare after?: string | null;
}
