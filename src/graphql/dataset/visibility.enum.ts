import { registerEnumType } from 'type-graphql';
import type { Visibility } from '../../catalog/data-scopes.ts';

export const VisibilityEnum: Record<Visibility, Visibility> = { PUBLIC: 'PUBLIC', PARTNER: 'PARTNER' };
registerEnumType(VisibilityEnum, {
  name: 'Visibility',
  description: 'Who sees a data set.',
  valuesConfig: {
    PUBLIC: { description: 'Everybody.' },
    PARTNER: { description: 'Those with a key that names it; for all others it does not exist.' },
  },
});
