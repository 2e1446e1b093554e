import { Field, ID, ObjectType } from 'type-graphql';
import type { Figure as FigureRecord, FigurePanel as PanelRecord } from '../../figures/figure.ts';
import type { DimensionName } from '../../measures/dimensions.ts';
import { TimeGrain, UsageDimension } from '../shared/enums.ts';
import { JsonObjectScalar } from '../shared/scalars.ts';
import { StandingEnum } from './figure.enums.ts';

/** Which data a figure is asked of; not yet looked up. */
export interface AskedRelease {
  readonly dataset: string | null;
  readonly release: string | null;
}

@ObjectType({ description: 'A GraphQL document that a figure is made from.' })
export class FigureDocument {
  @Field(() => String, { description: 'Its name, such as `q01-source-groups`.' })
  declare name: string;

  @Field(() => String, {
    description: 'Its text: one operation for this API, which takes `dataset`, `release`, `from` and `to`.',
  })
  declare text: string;
}

@ObjectType({ description: 'What data must carry for a figure to be drawn from them.' })
export class FigureNeeds {
  @Field(() => [UsageDimension], { description: 'Dimensions.' })
  declare dimensions: readonly DimensionName[];

  @Field(() => [String], { description: 'Measures, by the names under which releases state their coverage.' })
  declare measures: readonly string[];
}

@ObjectType({ description: 'Whether a release carries what a figure needs.' })
export class FigureCoverage {
  @Field(() => ID, { description: 'The release.' })
  declare release: string;

  @Field(() => ID, { description: 'The data set that the release is of.' })
  declare dataset: string;

  @Field(() => Boolean, { description: 'Whether all that the figure needs is there.' })
  declare covered: boolean;

  @Field(() => [String], { description: 'The dimensions and measures that are not.' })
  declare missing: string[];
}

@ObjectType({ description: 'What `panels` takes for a figure, beside days.' })
export class FigureControls {
  @Field(() => TimeGrain, {
    nullable: true,
    description: 'Its own grain, where another may be asked for; null where it has none, or only one.',
  })
  declare grain: string | null;

  @Field(() => [UsageDimension], {
    description:
      'Dimensions that `where` may have conditions on, in this release; none where the figure takes no filter.',
  })
  declare filters: readonly DimensionName[];
}

@ObjectType({
  description: 'One chart of a figure. Most figures have one; some have one for each model or author.',
})
export class FigurePanel {
  declare figure: FigureRecord;
  declare panel: PanelRecord;
  declare asked: AskedRelease;

  @Field(() => String, { description: 'Its name within the figure; `all` where there is one.' })
  declare key: string;

  @Field(() => String, { description: 'What it shows.' })
  declare title: string;

  @Field(() => JsonObjectScalar, {
    description:
      "Variables that the document is drawn with. The data set, release and days are not among them: without them it shows all of the server's default data set. What `panels` was asked for is among them.",
  })
  declare variables: Record<string, unknown>;
}

@ObjectType({ description: 'A number or word of the study that a figure is held against.' })
export class PublishedValue {
  @Field(() => String, { description: 'The panel that it is of.' })
  declare panel: string;

  @Field(() => String, { description: 'Group and period, for people.' })
  declare label: string;

  @Field(() => String, {
    description:
      'Key of the group, such as the id of a model; groups joined by `+` are added up, `*` is the largest of all. Empty where there is but one.',
  })
  declare series: string;

  @Field(() => String, {
    description:
      'First day of the period, or months since the first use, or a statistic over the whole periods (mean, median, least, greatest). Empty: the whole window of the study.',
  })
  declare period: string;

  @Field(() => String, {
    description:
      'The value: a number, a bound (`>=80`), a range (`40..60`), or a word; words with `|` between them are as good as each other.',
  })
  declare published: string;

  @Field(() => String, { description: 'Unit.' })
  declare unit: string;

  @Field(() => StandingEnum, { description: 'How sure it is.' })
  declare standing: string;

  @Field(() => String, {
    description: 'Where it was taken from; `schema/figures/published/SOURCE.md` says what the marks mean.',
  })
  declare source: string;

  @Field(() => Boolean, {
    description:
      'Whether it counts in the errors: not where the study contradicts itself and the other side was taken, nor where no data can be held against it.',
  })
  declare counted: boolean;

  @Field(() => String, { nullable: true, description: 'What to know about it.' })
  declare note: string | null;
}

@ObjectType({
  description: 'A figure or table of the study, with all that is needed to redraw it from a release.',
})
export class Figure {
  declare figure: FigureRecord;
  declare asked: AskedRelease;

  @Field(() => ID, { description: 'Stable id, such as `fig-01` or `tab-1`.' })
  declare id: string;

  @Field(() => String, {
    description:
      'Its number in the study, such as `Fig. 1`. The study does not number its tables: they are counted in their order.',
  })
  declare number: string;

  @Field(() => String, { description: 'Title, as in the study where it has one.' })
  declare title: string;

  @Field(() => String, { description: 'The question that it answers.' })
  declare question: string;

  @Field(() => String, { description: 'Section of the study.' })
  declare section: string;

  @Field(() => String, {
    nullable: true,
    description: 'Where the study contradicts itself about it: which side was taken.',
  })
  declare decision: string | null;
}
