import type { DataScope } from '../catalog/data-scopes.ts';
import { dimensionNamed, type DimensionName } from '../measures/dimensions.ts';
import { isMeasureName, measureNamed, type MeasureName } from '../measures/measures.ts';
import { filteredDimensions, type UsagePlan } from '../measures/plan.ts';
import type { UsageQuery } from '../measures/query.ts';

/** What an answer is made of, whichever query asks for it. */
export interface Ingredients {
  readonly measures: readonly MeasureName[];
  readonly dimensions: readonly DimensionName[];
  /** Rows finer than calendar months are read, so that days and weeks could be told. */
  readonly isFine: boolean;
}

/** Cohorts are counts of users, whatever is asked of them. */
export const cohortIngredients: Ingredients = { measures: ['DISTINCT_USERS'], dimensions: [], isFine: true };

/** All that a usage query computes, ranks, orders, shares, groups or filters by. */
export function ingredientsOf(query: UsageQuery, plan: UsagePlan): Ingredients {
  const { measures, shares, top, orderBy, groupBy, where, only } = query;
  const ordered = orderBy.flatMap(({ by }) => (isMeasureName(by) ? [by] : []));
  return {
    measures: [...measures, ...shares, ...ordered, ...(top === null ? [] : [top.by])],
    dimensions: [...groupBy, ...filteredDimensions(where), ...(only === null ? [] : [only.dimension])],
    isFine: plan.grain !== 'MONTH',
  };
}

/** The scopes that the catalogue puts on these; a data set asks for some of them or none. */
export function scopesOf({ measures, dimensions, isFine }: Ingredients): Set<DataScope> {
  const ofMeasures = measures.map((name) => measureNamed(name).scope);
  const ofDimensions = isFine ? dimensions.map((name) => dimensionNamed(name).detailScope) : [];
  return new Set([...ofMeasures, ...ofDimensions].filter((scope) => scope !== undefined));
}
