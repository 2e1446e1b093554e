import { Field, Float, ID, Int, ObjectType } from 'type-graphql';
import { Citation } from '../release/citation.type.ts';
import { PublishedValue } from './figure.type.ts';

@ObjectType({ description: 'A value of the study, with what the data have in its place.' })
export class FidelityValue extends PublishedValue {
  @Field(() => Float, {
    nullable: true,
    description:
      'The computed number; null where the data do not cover the period to its end or do not know the group, and for words.',
  })
  declare computed: number | null;

  @Field(() => String, { nullable: true, description: 'The computed word; null for numbers.' })
  declare computedWord: string | null;

  @Field(() => Float, {
    nullable: true,
    description:
      'Computed − published, in the unit: 0 within a bound or range, else the distance to it. Null where nothing can be compared.',
  })
  declare difference: number | null;

  @Field(() => Boolean, {
    nullable: true,
    description: 'Of words: whether the computed one agrees. Null for numbers.',
  })
  declare agrees: boolean | null;
}

@ObjectType({ description: 'How far one kind of value of a figure is from the study.' })
export class FidelityError {
  @Field(() => String, { description: 'The kind of value.' })
  declare title: string;

  @Field(() => String, { description: 'Unit of the errors: for `%`, percentage points.' })
  declare unit: string;

  @Field(() => Int, { description: 'Values that count and could be compared.' })
  declare compared: number;

  @Field(() => Float, { nullable: true, description: 'Mean of the absolute differences; null without any.' })
  declare meanAbsoluteError: number | null;

  @Field(() => Float, {
    nullable: true,
    description:
      'Mean of the absolute differences, each as a fraction of the published number; null for percentages, and without any.',
  })
  declare meanRelativeError: number | null;

  @Field(() => Float, { nullable: true, description: 'Greatest absolute difference; null without any.' })
  declare greatestError: number | null;
}

@ObjectType({
  description:
    "A figure computed from a release, beside the numbers of the study. The figure's own document is run over the days that the study draws.",
})
export class FigureFidelity {
  @Field(() => ID, { description: 'The release that was computed from.' })
  declare release: string;

  @Field(() => Boolean, { description: 'True where a simulator made the data.' })
  declare synthetic: boolean;

  @Field(() => [FidelityValue], { description: 'Value by value, those that do not count among them.' })
  declare values: FidelityValue[];

  @Field(() => Int, { description: "Numbers compared of the figure's own kind of value." })
  declare compared: number;

  @Field(() => Float, {
    nullable: true,
    description:
      "Mean absolute error of the figure's own kind of value, in `unit`; null where nothing could be compared.",
  })
  declare meanAbsoluteError: number | null;

  @Field(() => String, {
    nullable: true,
    description:
      "Unit of the error: for `%`, percentage points. Null where the study has no numbers for the figure's own kind of value.",
  })
  declare unit: string | null;

  @Field(() => [FidelityError], { description: 'By kind of value, the own one first.' })
  declare errors: FidelityError[];

  @Field(() => Int, { description: 'Words compared.' })
  declare words: number;

  @Field(() => Int, { description: 'Of these, the words that agree.' })
  declare agreeing: number;

  @Field(() => [String], { description: 'Why a panel could not be computed, in sentences.' })
  declare notes: string[];

  @Field(() => Citation, { description: 'How to cite them.' })
  declare citation: Citation;
}
