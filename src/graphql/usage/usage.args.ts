import { ArgsType, Field, ID, InputType, Int } from 'type-graphql';
import type { DimensionName } from '../../measures/dimensions.ts';
import { usageLimits } from '../../measures/limits.ts';
import type { Grain } from '../../measures/periods.ts';
import type { ShareBase, UsageOrder } from '../../measures/query.ts';
import type { UsageArguments } from '../../measures/usage-request.ts';
import { OrderDirection, ShareBaseEnum, TimeGrain, UsageDimension, UsageOrderKey } from '../shared/enums.ts';
import { DayScalar } from '../shared/scalars.ts';
import { UsageFilter } from './usage.filter.ts';

@InputType({ description: 'One key of the order of rows.' })
export class UsageOrderInput implements UsageOrder {
  @Field(() => UsageOrderKey, { description: 'What to order by.' })
  declare by: UsageOrder['by'];

  @Field(() => OrderDirection, { defaultValue: 'DESC', description: 'Largest first unless said otherwise.' })
  declare direction: UsageOrder['direction'];
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
    description: `Order of the rows, at most ${usageLimits.orders} keys; ties, and without it all rows, go by period and group.`,
  })
  declare orderBy?: UsageOrderInput[] | null;

  @Field(() => ShareBaseEnum, {
    nullable: true,
    description: 'What shares are taken of, after the filter. None: PERIOD with a grain, else ALL.',
  })
  declare shareOf?: ShareBase | null;
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
