import { Field, ID, ObjectType } from 'type-graphql';
import { Node } from '../node/node.type.ts';
import { connectionType } from '../shared/connection.ts';
import { CountScalar } from '../shared/scalars.ts';

@ObjectType({ implements: Node, description: 'A host that serves models; several may serve one open model.' })
export class Provider extends Node {
  @Field(() => ID, { description: '`provider:name`; arguments for providers take the name alone as well.' })
  declare id: string;

  @Field(() => String, { description: 'The name in its id.' })
  declare slug: string;

  @Field(() => String, { description: 'Name for people.' })
  declare name: string;

  @Field(() => String, { nullable: true, description: 'Country of its seat, ISO 3166-1 alpha-2.' })
  declare country: string | null;

  @Field(() => CountScalar, {
    nullable: true,
    description: 'Total tokens that it served in the release; null where none.',
  })
  declare totalTokens: number | null;
}

export const ProviderConnection = connectionType('Provider', () => Provider);
