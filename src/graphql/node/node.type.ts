import { Field, ID, InterfaceType } from 'type-graphql';
import type { EntityName } from '../../measures/types.ts';

/** Names of the object types are given as text, since they implement this one. */
const typeNames = {
  model: 'Model',
  author: 'Author',
  provider: 'Provider',
  category: 'Category',
  tag: 'Tag',
  country: 'Country',
  continent: 'Continent',
  costPoint: 'CostPoint',
} as const satisfies Record<EntityName | 'costPoint', string>;

@InterfaceType({
  description: 'Anything with an id that is unique over all types.',
  resolveType: (value: { kind?: string; datasetId?: string; cohort?: object }) => {
    if (value.cohort !== undefined) return 'RetentionCohort';
    if (value.kind !== undefined && value.kind in typeNames) {
      return typeNames[value.kind as keyof typeof typeNames];
    }
    return value.datasetId === undefined ? 'Dataset' : 'Release';
  },
})
export abstract class Node {
  @Field(() => ID, { description: 'Unique over all types; `node` finds the object by it.' })
  declare id: string;
}
