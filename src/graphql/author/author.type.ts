import { Field, ID, ObjectType } from 'type-graphql';
import { Node } from '../node/node.type.ts';
import { connectionType } from '../shared/connection.ts';
import { labelEnum } from '../shared/enums.ts';
import { CountScalar } from '../shared/scalars.ts';

@ObjectType({ implements: Node, description: 'An organisation that makes models.' })
export class Author extends Node {
  @Field(() => ID, { description: '`author:name`; arguments for authors take the name alone as well.' })
  declare id: string;

  @Field(() => String, { description: 'The name in ids of its models.' })
  declare slug: string;

  @Field(() => String, { description: 'Name for people.' })
  declare name: string;

  @Field(() => labelEnum('origin'), { nullable: true, description: 'Primary locale of development.' })
  declare origin: string | null;

  @Field(() => String, { nullable: true, description: 'Country of its seat, ISO 3166-1 alpha-2.' })
  declare country: string | null;

  @Field(() => String, { nullable: true, description: 'Its web site.' })
  declare homepage: string | null;

  @Field(() => CountScalar, {
    nullable: true,
    description: 'Total tokens of its models in the release; null where none was used.',
  })
  declare totalTokens: number | null;
}

export const AuthorConnection = connectionType('Author', () => Author);
