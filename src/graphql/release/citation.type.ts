import { ObjectType, registerEnumType } from 'type-graphql';
import type { Release } from '../../measures/release.ts';

export type CitationSubject = 'RELEASE' | 'QUERY';
export const CitationSubjectEnum: Record<CitationSubject, CitationSubject> = {
  RELEASE: 'RELEASE',
  QUERY: 'QUERY',
};
registerEnumType(CitationSubjectEnum, {
  name: 'CitationSubject',
  description: 'What is cited.',
  valuesConfig: {
    RELEASE: { description: 'The release as a whole, by its address.' },
    QUERY: {
      description:
        'This very query, by its permanent address, which gives the same rows; takes points as `permalink` does.',
    },
  },
});

@ObjectType({
  description:
    'How to cite the numbers: data set, release, who publishes it, year, licence and an address that lasts.',
})
export class Citation {
  declare release: Release;
}
