import { ArgsType, Field, ID } from 'type-graphql';
import type { FigureView } from '../../figures/view.ts';
import type { Grain } from '../../measures/periods.ts';
import { TimeGrain } from '../shared/enums.ts';
import { ReleaseArgs } from '../shared/release.args.ts';
import { DayScalar } from '../shared/scalars.ts';
import { UsageFilter } from '../usage/usage.filter.ts';

@ArgsType()
export class FigureArgs extends ReleaseArgs {
  @Field(() => ID, { description: 'Id of the figure, such as `fig-01` or `tab-1`.' })
  declare id: string;
}

/** Which panels, and what of the data they show. */
@ArgsType()
export class PanelArgs implements FigureView {
  @Field(() => [String], {
    nullable: true,
    description: 'Keys of panels. None: all. BAD_ARGUMENT where the figure has no panel of that name.',
  })
  declare keys?: string[] | null;

  @Field(() => DayScalar, { nullable: true, description: 'First day. None: the first day of the data.' })
  declare from?: string | null;

  @Field(() => DayScalar, {
    nullable: true,
    description: 'Day after the last day. None: the day after the last day of the data.',
  })
  declare to?: string | null;

  @Field(() => TimeGrain, {
    nullable: true,
    description:
      "Length of the periods. None: the figure's own. BAD_ARGUMENT where `controls { grain }` is null.",
  })
  declare grain?: Grain | null;

  @Field(() => UsageFilter, {
    nullable: true,
    description:
      "Usage that counts, beside the figure's own filter: both must hold. BAD_ARGUMENT where the document takes no filter.",
  })
  declare where?: UsageFilter | null;
}
