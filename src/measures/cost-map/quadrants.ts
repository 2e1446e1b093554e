/** What a point of the map can stand for. */
export const costSubjects = ['MODEL', 'AUTHOR', 'PROVIDER', 'CATEGORY'] as const;
export type CostSubject = (typeof costSubjects)[number];

/** The study's names of the quadrants: those of models, taken for authors and providers too, and those of categories. */
export const quadrants = {
  EFFICIENT_GIANTS: 'Models: low cost, high use.',
  PREMIUM_LEADERS: 'Models: high cost, high use.',
  PREMIUM_SPECIALISTS: 'Models: high cost, low use.',
  LONG_TAIL: 'Models: low cost, low use.',
  MASS_MARKET_VOLUME_DRIVERS: 'Categories: low cost, high use.',
  PREMIUM_WORKLOADS: 'Categories: high cost, high use.',
  SPECIALIZED_EXPERTS: 'Categories: high cost, low use.',
  NICHE_UTILITIES: 'Categories: low cost, low use.',
} as const;
export type CostQuadrant = keyof typeof quadrants;

/** By [cost is high][use is high]. */
const ofModels: readonly (readonly [CostQuadrant, CostQuadrant])[] = [
  ['LONG_TAIL', 'EFFICIENT_GIANTS'],
  ['PREMIUM_SPECIALISTS', 'PREMIUM_LEADERS'],
];
const ofCategories: readonly (readonly [CostQuadrant, CostQuadrant])[] = [
  ['NICHE_UTILITIES', 'MASS_MARKET_VOLUME_DRIVERS'],
  ['SPECIALIZED_EXPERTS', 'PREMIUM_WORKLOADS'],
];

/**
 * A point on the line between low and high is of low cost and of high use: the study puts programming, which lies on
 * the line of the median cost, with the mass market.
 */
export function quadrantOf(
  subject: CostSubject,
  point: { readonly cost: number; readonly tokens: number },
  dividers: { readonly cost: number; readonly tokens: number },
): CostQuadrant {
  const names = subject === 'CATEGORY' ? ofCategories : ofModels;
  const row = names[point.cost > dividers.cost ? 1 : 0];
  const name = row?.[point.tokens >= dividers.tokens ? 1 : 0];
  if (name === undefined) throw new Error('A quadrant has no name');
  return name;
}
