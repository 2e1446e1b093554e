import { standings, type Standing } from '../../figures/figure.ts';
import { enumOf } from '../shared/enums.ts';

export const StandingEnum = enumOf<Standing>(
  'Standing',
  'How sure a number of the study is.',
  Object.entries(standings).map(([name, description]) => ({ name: name as Standing, description })),
);
