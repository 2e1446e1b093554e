import { registerEnumType } from 'type-graphql';
import type { Against } from '../../measures/retention/foundational.ts';
import type { RetentionGrain } from '../../measures/retention/retention-query.ts';

export const RetentionGrainEnum: Record<RetentionGrain, RetentionGrain> = {
  DAY: 'DAY',
  WEEK: 'WEEK',
  MONTH: 'MONTH',
};
registerEnumType(RetentionGrainEnum, {
  name: 'RetentionGrain',
  description: 'Length of the periods of cohorts and ages, in UTC.',
  valuesConfig: {
    DAY: { description: 'Calendar days.' },
    WEEK: { description: 'ISO weeks, from Monday.' },
    MONTH: { description: 'Calendar months, as in the study.' },
  },
});

export const AgainstEnum: Record<Against, Against> = {
  POOLED: 'POOLED',
  EACH: 'EACH',
  VARIED: 'VARIED',
};
registerEnumType(AgainstEnum, {
  name: 'LaterCohorts',
  description: 'What a cohort is compared with at an age.',
  valuesConfig: {
    POOLED: { description: 'All later cohorts together, as if they were one.' },
    EACH: {
      description:
        'Every later cohort: the cohort must be above each, and the largest of the p-values counts.',
    },
    VARIED: {
      description:
        'All later cohorts together, and the variety among them: beside Fisher’s test, the rate must be above what is to be expected of one more cohort like them (random effects after DerSimonian and Laird, Student’s t). Needs two later cohorts, and seven or so to find much.',
    },
  },
});

export type RankedEntity = 'MODEL' | 'AUTHOR';
export const RankedEntityEnum: Record<RankedEntity, RankedEntity> = { MODEL: 'MODEL', AUTHOR: 'AUTHOR' };
registerEnumType(RankedEntityEnum, {
  name: 'RankedEntity',
  description: 'Whose retention is ranked.',
  valuesConfig: {
    MODEL: { description: 'Models.' },
    AUTHOR: { description: 'Authors: users of any of their models.' },
  },
});
