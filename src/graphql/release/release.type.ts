import { Field, ID, Int, ObjectType } from 'type-graphql';
import { Node } from '../node/node.type.ts';
import { CountScalar, DateTimeScalar, DayScalar } from '../shared/scalars.ts';
import type { Citation } from './citation.type.ts';
import type { CoverageEntry } from './provenance.type.ts';

@ObjectType({ description: 'A versioned SQL statement that made aggregates of a release.' })
export class ReleaseRollup {
  @Field(() => String, { description: 'Its name.' })
  declare name: string;

  @Field(() => Int, { description: 'Its version; a changed definition is a new one.' })
  declare version: number;

  @Field(() => String, { description: 'SHA-256 of its SQL text, in hexadecimal.' })
  declare sha256: string;

  @Field(() => CountScalar, { description: 'Aggregate rows that it made.' })
  declare rows: number;

  @Field(() => Int, { description: 'Milliseconds that it took.' })
  declare durationMs: number;
}

@ObjectType({
  implements: Node,
  description:
    "An immutable, numbered publication of one data set's aggregates: the same question gets the same numbers as long as it is kept.",
})
export class Release extends Node {
  @Field(() => ID, { description: '`<data set>@<day after the last day of the data>.<number>`.' })
  declare id: string;

  @Field(() => DateTimeScalar, { description: 'When it was published.' })
  declare publishedAt: Date;

  @Field(() => DayScalar, { description: 'First day of the data.' })
  declare periodFrom: string;

  @Field(() => DayScalar, { description: 'Day after the last day of the data.' })
  declare periodTo: string;

  @Field(() => CountScalar, {
    description: 'Rows of the logs that were counted or refused; repeats of rows loaded before are neither.',
  })
  declare rowsRead: number;

  @Field(() => CountScalar, { description: 'Rows that were refused and are not counted.' })
  declare rowsQuarantined: number;

  @Field(() => CountScalar, { description: 'Total tokens: prompt plus completion.' })
  declare totalTokens: number;

  @Field(() => String, { description: 'Licence of the data.' })
  declare licence: string;

  @Field(() => String, { description: 'Version of the catalogue that labelled the models.' })
  declare catalogVersion: string;

  @Field(() => [ReleaseRollup], { description: 'The rollups that made it.' })
  declare rollups: ReleaseRollup[];

  declare coverage: CoverageEntry[];
  declare dataPackage: string | null;
  declare citation: Citation;
}
