import { Field, Float, ID, Int, ObjectType } from 'type-graphql';
import { connectionType } from '../shared/connection.ts';
import { labelEnum } from '../shared/enums.ts';
import { CountScalar, DayScalar, DecimalScalar } from '../shared/scalars.ts';
import { Node } from '../node/node.type.ts';

@ObjectType({ description: 'What a model costs by its public price list.' })
export class ListPrice {
  @Field(() => DecimalScalar, { nullable: true, description: 'US dollars per 1M prompt tokens.' })
  declare inputUsd: string | null;

  @Field(() => DecimalScalar, { nullable: true, description: 'US dollars per 1M completion tokens.' })
  declare outputUsd: string | null;

  @Field(() => DecimalScalar, {
    nullable: true,
    description: 'US dollars per 1M prompt tokens read from the cache.',
  })
  declare cachedInputUsd: string | null;

  @Field(() => DayScalar, { nullable: true, description: 'Day that the price was listed.' })
  declare asOf: string | null;
}

@ObjectType({
  implements: Node,
  description:
    'A model: all dated snapshots and variants of one name together. Labels are those of the catalogue when the release was published; null means not known.',
})
export class Model extends Node {
  @Field(() => ID, { description: '`author/model`.' })
  declare id: string;

  @Field(() => String, { description: 'Name for people.' })
  declare name: string;

  @Field(() => labelEnum('source'), {
    nullable: true,
    description: 'Whether the weights are publicly available.',
  })
  declare source: string | null;

  @Field(() => labelEnum('origin'), {
    nullable: true,
    description: 'Primary locale of development, by author.',
  })
  declare origin: string | null;

  @Field(() => labelEnum('sourceGroup'), { nullable: true, description: 'Source and origin in one.' })
  declare sourceGroup: string | null;

  @Field(() => labelEnum('size'), {
    nullable: true,
    description: 'Size class of an open model, by total parameters.',
  })
  declare size: string | null;

  @Field(() => Float, { nullable: true, description: 'Total parameters, in billions.' })
  declare parametersBillions: number | null;

  @Field(() => Float, { nullable: true, description: 'Parameters active for one token, in billions.' })
  declare activeParametersBillions: number | null;

  @Field(() => Boolean, { nullable: true, description: 'Whether the model is capable of reasoning.' })
  declare reasoning: boolean | null;

  @Field(() => Boolean, { nullable: true, description: 'Whether the model is capable of calling tools.' })
  declare tools: boolean | null;

  @Field(() => Int, { nullable: true, description: 'Longest context, in tokens.' })
  declare contextTokens: number | null;

  @Field(() => DayScalar, { nullable: true, description: 'Day of release.' })
  declare releaseDate: string | null;

  @Field(() => Boolean, {
    description: 'False for a name that the catalogue does not know: it is counted, but not labelled.',
  })
  declare labelled: boolean;

  @Field(() => CountScalar, {
    nullable: true,
    description: 'Total tokens in the release; null where it was not used.',
  })
  declare totalTokens: number | null;
}

export const ModelConnection = connectionType('Model', () => Model);
