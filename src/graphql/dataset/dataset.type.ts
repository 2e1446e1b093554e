import type { Scope } from '../../access/scopes.ts';
import type { Visibility } from '../../catalog/data-scopes.ts';
import { Field, Float, ID, Int, ObjectType } from 'type-graphql';
import { ScopeEnum } from '../keys/key.enums.ts';
import { Node } from '../node/node.type.ts';
import { DayScalar } from '../shared/scalars.ts';
import { VisibilityEnum } from './visibility.enum.ts';

@ObjectType({ description: 'One of the few and fixed values of a dimension.' })
export class DimensionValue {
  @Field(() => String, { description: 'Enum value.' })
  declare name: string;

  @Field(() => String, { description: 'What it means.' })
  declare description: string;
}

@ObjectType({
  description: 'What usage can be grouped by and filtered on, and whether the data set carries it.',
})
export class DimensionInfo {
  @Field(() => String, { description: 'Enum value of UsageDimension.' })
  declare name: string;

  @Field(() => String, { description: 'Field of usage rows and of the filter.' })
  declare field: string;

  @Field(() => String, { description: 'What it means.' })
  declare description: string;

  @Field(() => [DimensionValue], { nullable: true, description: 'Its values, where they are few and fixed.' })
  declare values: DimensionValue[] | null;

  @Field(() => Boolean, { description: 'Whether the latest release carries it at all.' })
  declare covered: boolean;

  @Field(() => Float, { description: 'Share of the tokens of the latest release that carry it, 0 to 1.' })
  declare tokenShare: number;
}

@ObjectType({ description: 'A number that usage is summed up to, and whether the data set carries it.' })
export class MeasureInfo {
  @Field(() => String, { description: 'Enum value where measures are named.' })
  declare name: string;

  @Field(() => String, { description: 'Field of usage rows.' })
  declare field: string;

  @Field(() => String, { description: 'What it means, with a note on comparing it.' })
  declare description: string;

  @Field(() => String, { description: 'Unit.' })
  declare unit: string;

  @Field(() => String, {
    description:
      'SUM: may be added over groups and periods. RATIO: computed from sums. DISTINCT: neither; kept for stated groupings only.',
  })
  declare kind: string;

  @Field(() => Boolean, { description: 'Whether the latest release carries it at all; if not, it is null.' })
  declare covered: boolean;

  @Field(() => Float, { description: 'Share of the tokens of the latest release that carry it, 0 to 1.' })
  declare tokenShare: number;

  @Field(() => ScopeEnum, {
    nullable: true,
    description: 'Scope that the data set asks for and this viewer lacks; null where it may be asked for.',
  })
  declare lackedScope: Scope | null;
}

@ObjectType({ description: 'A limit that is refused when passed, never clamped.' })
export class Limit {
  @Field(() => String, { description: 'What is limited.' })
  declare name: string;

  @Field(() => Int, { description: 'The most that is allowed.' })
  declare most: number;
}

@ObjectType({ implements: Node, description: 'A body of usage with one licence and one citation.' })
export class Dataset extends Node {
  @Field(() => ID, { description: 'Its short name.' })
  declare id: string;

  @Field(() => String, { description: 'Title.' })
  declare title: string;

  @Field(() => String, { description: 'What it holds and what it does not.' })
  declare description: string;

  @Field(() => String, {
    description: 'GENERATIONS: counted from request logs. USAGE_FEED: already summed by someone else.',
  })
  declare kind: string;

  @Field(() => String, { description: 'Licence of the data.' })
  declare licence: string;

  @Field(() => String, { nullable: true, description: 'Where the licence can be read.' })
  declare licenceUrl: string | null;

  @Field(() => String, { description: 'Sentence to cite the data by.' })
  declare citation: string;

  @Field(() => String, { nullable: true, description: 'Where the data come from.' })
  declare homepage: string | null;

  declare feedUrl: string;

  @Field(() => DayScalar, {
    nullable: true,
    description:
      'Day on which the operator expects the next release, as said when the latest was published; a day that is past means that it is late. Null where none was said.',
  })
  declare nextUpdate: string | null;

  @Field(() => Boolean, { description: 'True where a simulator made the data.' })
  declare synthetic: boolean;

  @Field(() => VisibilityEnum, { description: 'Who sees it.' })
  declare visibility: Visibility;

  @Field(() => [ScopeEnum], {
    description: 'Scopes that a key needs for some of its measures and grains; none where all are open.',
  })
  declare restricted: Scope[];
}
