import { Field, ID, ObjectType } from 'type-graphql';
import { Node } from '../node/node.type.ts';
import { connectionType } from '../shared/connection.ts';

@ObjectType({ implements: Node, description: 'A country that accounts are billed in.' })
export class Country extends Node {
  @Field(() => ID, { description: '`country:DE`; arguments for countries take the code alone as well.' })
  declare id: string;

  @Field(() => String, { description: 'ISO 3166-1 alpha-2.' })
  declare code: string;

  @Field(() => String, { description: 'English name.' })
  declare name: string;
}

@ObjectType({ implements: Node, description: 'A continent; the study tells six apart.' })
export class Continent extends Node {
  @Field(() => ID, { description: '`continent:EU`; arguments for continents take the code alone as well.' })
  declare id: string;

  @Field(() => String, { description: 'AF, AN, AS, EU, NA, OC or SA.' })
  declare code: string;

  @Field(() => String, { description: 'English name.' })
  declare name: string;
}

export const CountryConnection = connectionType('Country', () => Country);
export const ContinentConnection = connectionType('Continent', () => Continent);
