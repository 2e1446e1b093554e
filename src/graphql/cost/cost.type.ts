import { Field, Float, ID, Int, ObjectType } from 'type-graphql';
import type { CostWeighting } from '../../measures/cost-map/cost-request.ts';
import type { CostQuadrant, CostSubject } from '../../measures/cost-map/quadrants.ts';
import type { LineFit } from '../../measures/cost-map/fit.ts';
import type {
  AuthorEntity,
  CategoryEntity,
  ModelEntity,
  ProviderEntity,
  Release as ReleaseRecord,
} from '../../measures/release.ts';
import { Author } from '../author/author.type.ts';
import { Category } from '../category/category.type.ts';
import type { DownloadQuestion } from '../download/download-question.ts';
import { Model } from '../model/model.type.ts';
import { Node } from '../node/node.type.ts';
import { Provider } from '../provider/provider.type.ts';
import { Citation } from '../release/citation.type.ts';
import { Release } from '../release/release.type.ts';
import { labelEnum } from '../shared/enums.ts';
import { CountScalar, DecimalScalar } from '../shared/scalars.ts';
import { ReportMeta } from '../usage/report.type.ts';
import {
  type CostFitGroup,
  CostFitGroupEnum,
  CostQuadrantEnum,
  CostSubjectEnum,
  CostWeightingEnum,
  type ListBasis,
  ListBasisEnum,
} from './cost.enums.ts';

@ObjectType({
  description: 'What usage would have cost by the public price list, as if nothing were cached.',
})
export class ListCost {
  @Field(() => ListBasisEnum, { description: 'Which list prices were taken.' })
  declare basis: ListBasis;

  @Field(() => Float, {
    description: 'By the list. Unit: USD per 1M tokens, prompt and completion together.',
  })
  declare listUsd: number;

  @Field(() => Float, {
    description: 'Paid for the same, free variants and estimates left out. Unit: USD per 1M tokens.',
  })
  declare paidUsd: number;

  @Field(() => Float, {
    nullable: true,
    description:
      'Part of the list price that was not paid, 1 − paid ÷ list: by caching in the first place. Negative where more was paid. Null where the list says free.',
  })
  declare cachingGap: number | null;

  @Field(() => Float, {
    description: 'Share of the tokens with a known spend that are compared, 0 to 1.',
  })
  declare tokenShare: number;
}

@ObjectType({
  description: 'What was used and what it cost, requests with a key of the user (BYOK) left out of both.',
})
export class EffectiveCost {
  @Field(() => CountScalar, {
    description: 'Prompt plus completion tokens, of requests with and without a known spend. Unit: tokens.',
  })
  declare totalTokens: number;

  @Field(() => CountScalar, { nullable: true, description: 'Requests; null for a usage feed.' })
  declare requests: number | null;

  @Field(() => CountScalar, {
    description: 'Tokens of the requests whose spend is known, or estimated where asked for. Unit: tokens.',
  })
  declare pricedTokens: number;

  @Field(() => DecimalScalar, {
    nullable: true,
    description: 'Money paid for the priced tokens, after caching; null where none is known. Unit: USD.',
  })
  declare spendUsd: string | null;

  @Field(() => Float, {
    nullable: true,
    description:
      'Spend ÷ priced tokens × 10⁶. Null where no spend is known, which is not 0. Unit: USD per 1M tokens.',
  })
  declare effectiveCostUsd: number | null;

  @Field(() => Float, {
    nullable: true,
    description: 'Part of the priced tokens whose spend is estimated from list prices, 0 to 1.',
  })
  declare estimatedShare: number | null;

  @Field(() => ListCost, {
    nullable: true,
    description: 'List price beside what was paid; null where no list price is known.',
  })
  declare listCost: ListCost | null;
}

@ObjectType({
  implements: Node,
  description:
    "One model, author, provider or category on a cost map, in the release and with the arguments that its id tells: the study's Figs. 26 to 28.",
})
export class CostPoint extends EffectiveCost {
  declare kind: 'costPoint';

  @Field(() => ID, { description: '`cost-point:<release>?of=…&entity=…`, with the arguments of the map.' })
  declare id: string;

  @Field(() => Release, { description: 'The release that it is of.' })
  declare release: ReleaseRecord;

  @Field(() => CostSubjectEnum, { description: 'What it stands for.' })
  declare of: CostSubject;

  @Field(() => String, { description: 'Name of what it stands for.' })
  declare name: string;

  @Field(() => Model, { nullable: true, description: 'The model; null for other points.' })
  declare model: ModelEntity | null;

  @Field(() => Author, {
    nullable: true,
    description: 'The author, of a model who made it; null for other points and where not known.',
  })
  declare author: AuthorEntity | null;

  @Field(() => Provider, { nullable: true, description: 'The provider; null for other points.' })
  declare provider: ProviderEntity | null;

  @Field(() => Category, { nullable: true, description: 'The category; null for other points.' })
  declare category: CategoryEntity | null;

  @Field(() => labelEnum('source'), {
    nullable: true,
    description: 'Open or proprietary, of a model; null for other points and where not known.',
  })
  declare source: string | null;

  @Field(() => Float, {
    nullable: true,
    description: 'log₁₀ of the millions of tokens: the study\'s "usage (log)". Null where there are none.',
  })
  declare logTokens: number | null;

  @Field(() => CostQuadrantEnum, {
    nullable: true,
    description: 'Its quarter of the map; null where its cost is not known.',
  })
  declare quadrant: CostQuadrant | null;
}

@ObjectType({
  description:
    'The lines that divide the map: medians over the points whose cost is known, those that cost nothing among them.',
})
export class CostDividers {
  @Field(() => Float, { description: 'Between low and high cost. Unit: USD per 1M tokens.' })
  declare effectiveCostUsd: number;

  @Field(() => Float, { description: 'Between low and high use. Unit: tokens.' })
  declare totalTokens: number;

  @Field(() => Float, { nullable: true, description: 'log₁₀ of the latter in millions of tokens.' })
  declare logTokens: number | null;
}

@ObjectType({
  description: 'How use differs where the price does, as a fitted line has it. No causality is claimed.',
})
export class Elasticity {
  @Field(() => Float, { description: 'The difference in price that was asked about: −0.1 is 10 % lower.' })
  declare priceChange: number;

  @Field(() => Float, {
    description: 'The difference in use that goes with it, (1 + price change)^slope − 1: 0.03 is 3 % more.',
  })
  declare useChange: number;

  @Field(() => Float, {
    nullable: true,
    description:
      'Lower end of its 95 % interval, from that of the slope; null where there is none, or an end is too large for a number.',
  })
  declare low: number | null;

  @Field(() => Float, {
    nullable: true,
    description: 'Upper end of its 95 % interval; null as the lower one.',
  })
  declare high: number | null;

  @Field(() => String, { description: 'The same as a sentence.' })
  declare sentence: string;
}

@ObjectType({
  description:
    'A straight line through log₁₀ of tokens (in millions) over log₁₀ of the effective cost (in USD per 1M tokens), by least squares in the former. Points without a known cost, without tokens or that cost nothing have no place in it.',
})
export class CostFit {
  declare line: LineFit | null;

  @Field(() => CostFitGroupEnum, { description: 'Which points.' })
  declare group: CostFitGroup;

  @Field(() => Int, { description: 'How many points were fitted.' })
  declare n: number;

  @Field(() => CostWeightingEnum, { description: 'How much each point counted.' })
  declare weighting: CostWeighting;

  @Field(() => Float, {
    nullable: true,
    description:
      'Slope: the elasticity, in per cent of use for one per cent of price. Null with fewer than two different costs.',
  })
  declare slope: number | null;

  @Field(() => Float, {
    nullable: true,
    description: 'log₁₀ of millions of tokens at a cost of 1 USD per 1M tokens.',
  })
  declare intercept: number | null;

  @Field(() => Float, {
    nullable: true,
    description: 'Correlation coefficient of the two logarithms, weighted as the line is; −1 to 1.',
  })
  declare r: number | null;

  @Field(() => Float, {
    nullable: true,
    description: 'Standard error of the slope; null with fewer than three points.',
  })
  declare slopeStandardError: number | null;

  @Field(() => Float, {
    nullable: true,
    description: "Lower end of the slope's 95 % interval, by Student's t with n − 2 degrees of freedom.",
  })
  declare slopeLow: number | null;

  @Field(() => Float, { nullable: true, description: "Upper end of the slope's 95 % interval." })
  declare slopeHigh: number | null;
}

@ObjectType({ description: 'What is not on the map, or not in its medians or fits.' })
export class CostLeftOut {
  @Field(() => Int, { description: 'Points without a known cost: in neither medians nor fits.' })
  declare unknownCost: number;

  @Field(() => Int, {
    description: 'Points that cost nothing: in the medians, not in the fits, since 0 has no logarithm.',
  })
  declare zeroCost: number;

  @Field(() => Int, { description: 'Points with a cost but no tokens: in the medians, not in the fits.' })
  declare zeroTokens: number;

  @Field(() => Int, { description: 'Subjects with fewer tokens than `minTokens`: no points.' })
  declare belowMinimum: number;

  @Field(() => CountScalar, {
    description: 'Tokens whose subject is not known, or is withheld for privacy. Unit: tokens.',
  })
  declare unnamedTokens: number;

  @Field(() => CountScalar, {
    description:
      'Tokens in cells whose free part is not told apart, since it or the rest stands for too few users. Unit: tokens.',
  })
  declare unsplitTokens: number;
}

@ObjectType({
  description: 'Cost against use: points, the medians that divide them into quarters, and log–log lines.',
})
export class CostMap {
  @Field(() => [CostPoint], { description: 'The points, most tokens first.' })
  declare points: CostPoint[];

  @Field(() => CostDividers, {
    nullable: true,
    description: 'The lines between the quarters; null where no point has a cost.',
  })
  declare dividers: CostDividers | null;

  @Field(() => [CostFit], {
    description: 'Log–log lines of all points and, of models, of the open and of the proprietary ones.',
  })
  declare fits: CostFit[];

  @Field(() => CostLeftOut, { description: 'What is not on the map, or not in its medians or fits.' })
  declare leftOut: CostLeftOut;

  @Field(() => ReportMeta, { description: 'Where the numbers come from.' })
  declare meta: ReportMeta;

  @Field(() => Citation, { description: 'How to cite them.' })
  declare citation: Citation;

  declare question: DownloadQuestion;
}
