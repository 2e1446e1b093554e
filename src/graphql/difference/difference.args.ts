import { ArgsType, Field, ID, Int } from 'type-graphql';
import type { DimensionName } from '../../measures/dimensions.ts';
import type { AdditiveMeasureName } from '../../measures/measures.ts';
import type { Grain, WeekStart } from '../../measures/periods.ts';
import { AdditiveMeasure, TimeGrain, UsageDimension, WeekStartEnum } from '../shared/enums.ts';
import { type DifferenceDays, DifferenceDaysEnum } from './difference.type.ts';

export const differenceLimits = { rows: 1_000, defaultRows: 20 } as const;
const firstDescription = `Rows, 1 to ${differenceLimits.rows}; the largest changes come first.`;

@ArgsType()
export class DifferenceArgs {
  @Field(() => ID, { description: 'Release compared with, usually the earlier one.' })
  declare from: string;

  @Field(() => ID, { description: 'Release that is compared: of the same data set.' })
  declare to: string;

  @Field(() => DifferenceDaysEnum, { defaultValue: 'ALL', description: 'Which days are compared.' })
  declare days: DifferenceDays;
}

@ArgsType()
export class RevisedDaysArgs {
  @Field(() => AdditiveMeasure, { defaultValue: 'TOTAL_TOKENS', description: 'What is compared.' })
  declare measure: AdditiveMeasureName;

  @Field(() => Int, { defaultValue: differenceLimits.defaultRows, description: firstDescription })
  declare first: number;
}

@ArgsType()
export class DifferenceRowsArgs extends RevisedDaysArgs {
  @Field(() => UsageDimension, { nullable: true, description: 'Dimension to group by. None: all together.' })
  declare groupBy?: DimensionName | null;

  @Field(() => TimeGrain, { nullable: true, description: 'Length of the periods. None: all days are one.' })
  declare grain?: Grain | null;

  @Field(() => WeekStartEnum, { defaultValue: 'MONDAY', description: 'The day that weeks begin on.' })
  declare weekStart: WeekStart;
}
