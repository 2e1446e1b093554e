import type { CostWeighting } from '../../measures/cost-map/cost-request.ts';
import type { CostOptions } from '../../measures/cost-map/effective-cost.ts';
import { quadrants, type CostQuadrant, type CostSubject } from '../../measures/cost-map/quadrants.ts';
import { enumOf } from '../shared/enums.ts';

export const CostSubjectEnum = enumOf<CostSubject>('CostSubject', 'What a point of a cost map stands for.', [
  { name: 'MODEL', description: "A model: the study's Figs. 27 and 28." },
  { name: 'AUTHOR', description: 'All models of one author.' },
  { name: 'PROVIDER', description: 'All that one host served.' },
  {
    name: 'CATEGORY',
    description:
      "What prompts were about, estimated from the sample with content labels: the study's Fig. 26.",
  },
]);

export const CostQuadrantEnum = enumOf<CostQuadrant>(
  'CostQuadrant',
  "The study's quarters of the map. A point on a line is of low cost, and of high use. Authors and providers take the names of models.",
  Object.entries(quadrants).map(([name, description]) => ({ name: name as CostQuadrant, description })),
);

export const CostWeightingEnum = enumOf<CostWeighting>('CostWeighting', 'How much each point counts.', [
  { name: 'NONE', description: 'All alike.' },
  { name: 'TOKENS', description: 'By its total tokens.' },
]);

export const SpendBasisEnum = enumOf<CostOptions['spend']>('SpendBasis', 'What counts as money paid.', [
  { name: 'LOGGED', description: 'What the log says. Requests without a spend are in no cost.' },
  {
    name: 'LOGGED_OR_ESTIMATED',
    description:
      'What the log says, else the list price of the day for all prompt and completion tokens, as if none were cached, where the catalogue knows it. `estimatedShare` says how much is estimated.',
  },
]);

export const FreeVariantsEnum = enumOf<CostOptions['freeVariants']>(
  'FreeVariants',
  'Whether requests of free variants of models count: those whose model is named `…:free`, or whose log says so.',
  [
    { name: 'INCLUDE', description: 'They count, and make models cheaper.' },
    {
      name: 'EXCLUDE',
      description:
        'They are left out of cost and use. Where too few users keep the free part of a cell from being told apart, it stays in; `leftOut.unsplitTokens` says how many tokens these cells have.',
    },
  ],
);

export type CostFitGroup = 'ALL' | 'OPEN' | 'PROPRIETARY';
export const CostFitGroupEnum = enumOf<CostFitGroup>('CostFitGroup', 'Which points a line is fitted to.', [
  { name: 'ALL', description: 'All of the map.' },
  { name: 'OPEN', description: 'Models with publicly available weights.' },
  { name: 'PROPRIETARY', description: 'Models without.' },
]);

export type ListBasis = 'DATED' | 'CATALOG';
export const ListBasisEnum = enumOf<ListBasis>('ListBasis', 'Which list prices were taken.', [
  {
    name: 'DATED',
    description: 'Those of each day, over the requests whose spend and whose price of the day are known.',
  },
  {
    name: 'CATALOG',
    description:
      "The one price that the catalogue has of the model, whatever the day, over the point's mix of prompt and completion tokens: taken where no price of any day is known. Models only.",
  },
]);
