import { ArgsType, Field, ID, InputType } from 'type-graphql';
import { labelEnum } from '../shared/enums.ts';
import { EntityOrderEnum, type EntityOrder } from '../shared/entities.ts';
import { ListArgs } from '../shared/release.args.ts';
import { DayScalar } from '../shared/scalars.ts';

@InputType({
  description: 'Which models to list. All fields given must hold; a label that is not known never does.',
})
export class ModelFilter {
  @Field(() => String, { nullable: true, description: 'Text in the id or name, in any case.' })
  declare search?: string | null;

  @Field(() => [ID], { nullable: true, description: 'Made by one of these authors.' })
  declare authors?: string[] | null;

  @Field(() => labelEnum('source'), { nullable: true, description: 'Open or proprietary.' })
  declare source?: string | null;

  @Field(() => labelEnum('origin'), { nullable: true, description: 'Locale of development.' })
  declare origin?: string | null;

  @Field(() => labelEnum('sourceGroup'), { nullable: true, description: 'Source and origin in one.' })
  declare sourceGroup?: string | null;

  @Field(() => labelEnum('size'), { nullable: true, description: 'Size class.' })
  declare size?: string | null;

  @Field(() => Boolean, { nullable: true, description: 'Capable of reasoning.' })
  declare reasoning?: boolean | null;

  @Field(() => Boolean, { nullable: true, description: 'Capable of calling tools.' })
  declare tools?: boolean | null;

  @Field(() => Boolean, { nullable: true, description: 'Known to the catalogue.' })
  declare labelled?: boolean | null;

  @Field(() => Boolean, { nullable: true, description: 'Used in the release.' })
  declare used?: boolean | null;

  @Field(() => DayScalar, { nullable: true, description: 'Released on this day or later.' })
  declare releasedFrom?: string | null;

  @Field(() => DayScalar, { nullable: true, description: 'Released before this day.' })
  declare releasedTo?: string | null;
}

@ArgsType()
export class ModelsArgs extends ListArgs {
  @Field(() => ModelFilter, {
    nullable: true,
    description: 'Which models. None: the whole catalogue of the release.',
  })
  declare filter?: ModelFilter | null;

  @Field(() => EntityOrderEnum, { defaultValue: 'TOTAL_TOKENS', description: 'Order of the list.' })
  declare orderBy: EntityOrder;
}
