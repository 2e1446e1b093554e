import { Field, ID, ObjectType } from 'type-graphql';
import { Node } from '../node/node.type.ts';
import { connectionType } from '../shared/connection.ts';

@ObjectType({ implements: Node, description: 'What prompts are about, as the charts of the study name it.' })
export class Category extends Node {
  @Field(() => ID, { description: '`category:name`; arguments for categories take the name alone as well.' })
  declare id: string;

  @Field(() => String, { description: 'The name in its id.' })
  declare slug: string;

  @Field(() => String, { description: 'Name for people.' })
  declare name: string;

  @Field(() => String, { nullable: true, description: 'What belongs to it.' })
  declare description: string | null;
}

@ObjectType({ implements: Node, description: 'A finer content label; many tags make up a category.' })
export class Tag extends Node {
  @Field(() => ID, { description: '`tag:name`; arguments for tags take the name alone as well.' })
  declare id: string;

  @Field(() => String, { description: 'The name in its id.' })
  declare slug: string;

  @Field(() => String, { description: 'Name for people.' })
  declare name: string;
}

export const CategoryConnection = connectionType('Category', () => Category);
