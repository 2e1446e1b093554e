import { ArgsType, Field, ID } from 'type-graphql';
import { costDefaults } from '../../measures/cost-map/cost-point-id.ts';
import type { CostScope, CostWeighting } from '../../measures/cost-map/cost-request.ts';
import type { CostOptions } from '../../measures/cost-map/effective-cost.ts';
import type { CostSubject } from '../../measures/cost-map/quadrants.ts';
import type { LabelWeighting } from '../../measures/query.ts';
import { LabelWeightingEnum } from '../shared/enums.ts';
import { CountScalar, DayScalar } from '../shared/scalars.ts';
import { CostSubjectEnum, CostWeightingEnum, FreeVariantsEnum, SpendBasisEnum } from './cost.enums.ts';

/** What costs take wherever they stand. */
@ArgsType()
export class EffectiveCostArgs implements CostScope, CostOptions {
  @Field(() => DayScalar, { nullable: true, description: 'First day. None: the first day of the data.' })
  declare from?: string | null;

  @Field(() => DayScalar, {
    nullable: true,
    description: 'Day after the last day: ranges are half-open. None: the end of the data.',
  })
  declare to?: string | null;

  @Field(() => SpendBasisEnum, {
    defaultValue: costDefaults.spend,
    description: 'What counts as money paid.',
  })
  declare spend: CostOptions['spend'];

  @Field(() => FreeVariantsEnum, {
    defaultValue: costDefaults.freeVariants,
    description:
      'Whether free variants of models count. The study does not say; with INCLUDE costs are those of `usage`.',
  })
  declare freeVariants: CostOptions['freeVariants'];

  @Field(() => LabelWeightingEnum, {
    defaultValue: costDefaults.labelWeighting,
    description: 'How a prompt with labels of several categories counts; of no effect without categories.',
  })
  declare labelWeighting: LabelWeighting;
}

@ArgsType()
export class CostMapArgs extends EffectiveCostArgs {
  @Field(() => ID, { nullable: true, description: "Data set. None: the server's default." })
  declare dataset?: string | null;

  @Field(() => ID, { nullable: true, description: 'Release. None: the latest of the data set.' })
  declare release?: string | null;

  @Field(() => CostSubjectEnum, { description: 'What each point stands for.' })
  declare of: CostSubject;

  @Field(() => CountScalar, {
    defaultValue: costDefaults.minTokens,
    description:
      'Total tokens that a point needs to be on the map, 0 or more. The study gives no such minimum.',
  })
  declare minTokens: number;

  @Field(() => CostWeightingEnum, {
    defaultValue: 'NONE',
    description:
      "How much each point counts in the fitted lines. The study's line is taken to be unweighted.",
  })
  declare weighting: CostWeighting;

  @Field(() => CostWeightingEnum, {
    defaultValue: costDefaults.medianWeighting,
    description:
      "How much each point counts in the medians that divide the map. The study's are those of points: NONE.",
  })
  declare medianWeighting: CostWeighting;
}
