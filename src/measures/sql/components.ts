import sql, { type Sql } from 'sql-template-tag';
import { isMeasureName, measureNamed, type MeasureName } from '../measures.ts';
import type { UsagePlan } from '../plan.ts';
import type { UsageQuery } from '../query.ts';
import { identifier } from './names.ts';

/** Every measure that must be computed, be it for the order, the rank or a share alone. */
export function computedMeasures(query: UsageQuery): MeasureName[] {
  const ordered = query.orderBy.flatMap(({ by }) => (isMeasureName(by) ? [by] : []));
  const ranked = query.top === null ? [] : [query.top.by];
  return [...new Set([...query.measures, ...query.shares, ...ordered, ...ranked])];
}

/** Columns of the rollup that are summed for them. */
export function componentColumns(query: UsageQuery, { rollup }: UsagePlan): string[] {
  const columns = computedMeasures(query).flatMap((name) => measureNamed(name).columns);
  const squares = rollup.sampled ? sampledMeasures(query).map(squareColumn) : [];
  return [...new Set([...columns, ...squares])];
}

export function needsModels(query: UsageQuery): boolean {
  return computedMeasures(query).some((name) => measureNamed(name).kind === 'MODELS');
}

/** Columns whose squares a sampled rollup keeps, for the sampling error of their shares and means. */
export const squaredColumns = ['requests', 'prompt_tokens', 'completion_tokens', 'total_tokens', 'spend_usd'];

const squareColumn = (name: MeasureName): string => `${measureNamed(name).columns[0] ?? ''}_squares`;

/** Measures asked for whose sampling error is known: shares of some sums, and means per request. */
export function sampledMeasures(query: UsageQuery): MeasureName[] {
  const means = query.measures.filter((name) => {
    const { kind, columns } = measureNamed(name);
    return kind === 'RATIO' && columns[1] === 'requests' && squaredColumns.includes(columns[0] ?? '');
  });
  const shares = query.shares.filter((name) => squaredColumns.includes(measureNamed(name).columns[0] ?? ''));
  return [...new Set<MeasureName>([...shares, ...means])];
}

export function squaresOf(name: MeasureName): string {
  return squareColumn(name);
}

/** A measure over sums, however these are to be taken: of a row, of a window, of the earlier time. */
export function measureOver(name: MeasureName, sumOf: (column: string) => Sql): Sql {
  const { kind, columns, factor = 1 } = measureNamed(name);
  const [first = '', second = ''] = columns;
  if (kind === 'SUM') return sumOf(first);
  if (kind === 'RATIO') {
    return sql`(${sumOf(first)} / nullif(${sumOf(second)}, 0) * ${identifier(String(factor))})::double precision`;
  }
  throw new Error(`${name} is not made of sums`);
}
