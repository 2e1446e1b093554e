import { Field, Float, ID, Int, ObjectType, registerEnumType } from 'type-graphql';
import type { Changed, EntityDifference } from '../../measures/difference/catalog-difference.ts';
import type {
  DifferenceStatus,
  NumberDifference,
  RowDifference,
} from '../../measures/difference/row-difference.ts';
import type {
  AuthorEntity,
  ModelEntity,
  ReleaseCatalog,
  ReleaseRollup as Rollup,
} from '../../measures/release.ts';
import { Author } from '../author/author.type.ts';
import { Model } from '../model/model.type.ts';
import { Release, ReleaseRollup } from '../release/release.type.ts';
import { DayScalar } from '../shared/scalars.ts';

export type DifferenceDays = 'ALL' | 'SHARED';
export const DifferenceDaysEnum: Record<DifferenceDays, DifferenceDays> = { ALL: 'ALL', SHARED: 'SHARED' };
registerEnumType(DifferenceDaysEnum, {
  name: 'DifferenceDays',
  description: 'Which days of two releases are compared.',
  valuesConfig: {
    ALL: { description: 'All days of each: what is new and what was revised.' },
    SHARED: { description: 'The days that both cover: what was revised alone.' },
  },
});

export const DifferenceStatusEnum: Record<DifferenceStatus, DifferenceStatus> = {
  ADDED: 'ADDED',
  GONE: 'GONE',
  CHANGED: 'CHANGED',
};
registerEnumType(DifferenceStatusEnum, {
  name: 'DifferenceStatus',
  description: 'What became of a group.',
  valuesConfig: {
    ADDED: { description: 'The later release alone has it; the earlier one may have withheld it.' },
    GONE: { description: 'The earlier release alone has it; the later one may withhold it.' },
    CHANGED: { description: 'Both have it, with different numbers.' },
  },
});

@ObjectType({ description: 'A sum in two releases. Counts are exact; money is in USD.' })
export class MeasureDifference implements NumberDifference {
  @Field(() => String, { description: 'Field of usage rows, such as totalTokens.' })
  declare field: string;

  @Field(() => String, { description: 'Unit.' })
  declare unit: string;

  @Field(() => Float, {
    nullable: true,
    description: 'In the earlier release; null where it does not carry it.',
  })
  declare before: number | null;

  @Field(() => Float, {
    nullable: true,
    description: 'In the later release; null where it does not carry it.',
  })
  declare after: number | null;

  @Field(() => Float, { nullable: true, description: 'After − before; null unless both are known.' })
  declare change: number | null;

  @Field(() => Float, {
    nullable: true,
    description: 'Change ÷ before: 0.1 is a tenth more. Null where before is 0 or unknown.',
  })
  declare relativeChange: number | null;
}

@ObjectType({ description: 'A group whose number differs between two releases.' })
export class DifferenceRow implements RowDifference {
  @Field(() => DayScalar, { nullable: true, description: 'First day of the period; null without a grain.' })
  declare periodStart: string | null;

  @Field(() => ID, {
    nullable: true,
    description:
      'Id of the model, author, country and so on, or the label itself; null for unknown, and without a dimension.',
  })
  declare id: string | null;

  @Field(() => String, { nullable: true, description: 'Its name, as the later release has it.' })
  declare name: string | null;

  @Field(() => DifferenceStatusEnum, { description: 'What became of it.' })
  declare status: DifferenceStatus;

  @Field(() => Float, {
    nullable: true,
    description: 'In the earlier release; null where it has no such row.',
  })
  declare before: number | null;

  @Field(() => Float, { nullable: true, description: 'In the later release; null where it has no such row.' })
  declare after: number | null;

  @Field(() => Float, { nullable: true, description: 'After − before; null unless both are known.' })
  declare change: number | null;

  @Field(() => Float, {
    nullable: true,
    description: 'Change ÷ before: 0.1 is a tenth more. Null where before is 0 or unknown.',
  })
  declare relativeChange: number | null;
}

@ObjectType({
  description: 'What moved, most first; groups in one release only count with all that they have there.',
})
export class DifferenceRows {
  @Field(() => [DifferenceRow], { description: 'As many as were asked for.' })
  declare rows: DifferenceRow[];

  @Field(() => Int, { description: 'Groups that differ.' })
  declare totalRows: number;
}

@ObjectType({ description: 'A model in two releases.' })
export class ModelChange implements Changed<ModelEntity> {
  @Field(() => Model, { description: 'As the earlier release knows it.' })
  declare before: ModelEntity;

  @Field(() => Model, { description: 'As the later release knows it.' })
  declare after: ModelEntity;
}

@ObjectType({
  description: 'Models used in one release or both. A model that is withheld counts as not used.',
})
export class ModelDifference implements EntityDifference<ModelEntity> {
  @Field(() => [Model], { description: 'Used in the later release alone.' })
  declare added: ModelEntity[];

  @Field(() => [Model], { description: 'Used in the earlier release alone.' })
  declare gone: ModelEntity[];

  @Field(() => [ModelChange], { description: 'The same id under another name.' })
  declare renamed: ModelChange[];

  @Field(() => [ModelChange], {
    description: 'Another author, source, origin, size or reasoning, and so counted in other groups.',
  })
  declare relabelled: ModelChange[];
}

@ObjectType({ description: 'An author in two releases.' })
export class AuthorChange implements Changed<AuthorEntity> {
  @Field(() => Author, { description: 'As the earlier release knows it.' })
  declare before: AuthorEntity;

  @Field(() => Author, { description: 'As the later release knows it.' })
  declare after: AuthorEntity;
}

@ObjectType({ description: 'Authors used in one release or both.' })
export class AuthorDifference implements EntityDifference<AuthorEntity> {
  @Field(() => [Author], { description: 'Used in the later release alone.' })
  declare added: AuthorEntity[];

  @Field(() => [Author], { description: 'Used in the earlier release alone.' })
  declare gone: AuthorEntity[];

  @Field(() => [AuthorChange], { description: 'The same id under another name.' })
  declare renamed: AuthorChange[];

  @Field(() => [AuthorChange], { description: 'Another origin or country.' })
  declare relabelled: AuthorChange[];
}

@ObjectType({ description: 'A rollup that was defined otherwise, or is in one release only.' })
export class RollupDifference {
  @Field(() => String, { description: 'Its name.' })
  declare name: string;

  @Field(() => ReleaseRollup, {
    nullable: true,
    description: 'Of the earlier release; null where it has none.',
  })
  declare before: Rollup | null;

  @Field(() => ReleaseRollup, {
    nullable: true,
    description: 'Of the later release; null where it has none.',
  })
  declare after: Rollup | null;
}

@ObjectType({
  description:
    'What moved from one release of a data set to another. Its numbers are those that `usage` gives of each: what one withholds is not told here either.',
})
export class ReleaseDifference {
  declare earlier: ReleaseCatalog;
  declare later: ReleaseCatalog;
  declare days: DifferenceDays;

  @Field(() => Release, { description: 'The release compared with.' })
  declare from: ReleaseCatalog['release'];

  @Field(() => Release, { description: 'The release that is compared.' })
  declare to: ReleaseCatalog['release'];

  @Field(() => Int, { description: 'Days of the later release that the earlier one does not cover.' })
  declare daysAdded: number;

  @Field(() => Int, { description: 'Days of the earlier release that the later one does not cover.' })
  declare daysGone: number;
}
