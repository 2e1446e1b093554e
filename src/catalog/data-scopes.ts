/**
 * What a data set may hold back from those without a key for it. Measures and dimensions name the scope that
 * covers them; the declaration of a data set says which scopes it asks for, none unless said otherwise.
 */
export const dataScopes = {
  'spend:read': 'Money: spend, effective cost, and whatever is ranked, ordered or shared by them.',
  'users:read': 'Distinct users, and whatever is ordered by them.',
  'country-detail:read':
    'Countries and continents by anything finer than calendar months: days, weeks, and ranges that cut a month.',
} as const;

export type DataScope = keyof typeof dataScopes;

export const dataScopeNames = Object.keys(dataScopes) as DataScope[];

/** PUBLIC: open to all. PARTNER: unseen without a key that names it. */
export const visibilities = ['PUBLIC', 'PARTNER'] as const;
export type Visibility = (typeof visibilities)[number];
