import { Field, Float, ObjectType } from 'type-graphql';

@ObjectType({ description: 'How much of the data carries a measure or dimension.' })
export class CoverageEntry {
  @Field(() => String, { description: 'Field name of the measure, or enum value of the dimension.' })
  declare name: string;

  @Field(() => Float, { description: 'Share of the tokens of the release that carry it, 0 to 1.' })
  declare tokenShare: number;
}
