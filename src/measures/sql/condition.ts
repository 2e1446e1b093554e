import sql, { join, type Sql } from 'sql-template-tag';
import type { DimensionName } from '../dimensions.ts';
import { sourceIn } from '../plan.ts';
import type { Filter, FilterValue } from '../query.ts';
import type { Rollup } from '../rollups.ts';
import { identifier } from './names.ts';

/** Where the rows of a rollup, joined to their labels, have the value of a dimension. */
export function dimensionExpression(rollup: Rollup, name: DimensionName): Sql {
  const { of, column } = sourceIn(rollup, name);
  return identifier(`${of}.${column}`);
}

export function bindList(values: readonly FilterValue[]): Sql {
  return join(values.map((value) => sql`${value}`));
}

/** A filter as a condition on the rows of a rollup. */
export function condition(rollup: Rollup, filter: Filter): Sql {
  if ('of' in filter) {
    if (filter.of.length === 0) return sql`TRUE`;
    const parts = filter.of.map((part) => sql`(${condition(rollup, part)})`);
    return sql`(${join(parts, filter.kind === 'all' ? ' AND ' : ' OR ')})`;
  }
  const value = dimensionExpression(rollup, filter.dimension);
  if ('known' in filter) return filter.known ? sql`${value} IS NOT NULL` : sql`${value} IS NULL`;
  if ('values' in filter) {
    const values = bindList(filter.values);
    // Unknown is not equal to anything, so `notIn` keeps it.
    return filter.kind === 'in'
      ? sql`${value} IN (${values})`
      : sql`(${value} IS NULL OR ${value} NOT IN (${values}))`;
  }
  const bounds = [
    ...(filter.from === null ? [] : [sql`${value} >= ${filter.from}`]),
    ...(filter.to === null ? [] : [sql`${value} < ${filter.to}`]),
  ];
  return bounds.length === 0 ? sql`TRUE` : join(bounds, ' AND ');
}
