import type { DimensionName } from './dimensions.ts';
import type { AdditiveMeasureName, MeasureName } from './measures.ts';
import type { Day, Grain } from './periods.ts';
import type { Release } from './release.ts';

/** What a filter compares with: keys of entities, labels, flags. */
export type FilterValue = number | string | boolean;

export type Filter =
  | { readonly kind: 'all' | 'any'; readonly of: readonly Filter[] }
  | {
      readonly kind: 'in' | 'notIn';
      readonly dimension: DimensionName;
      readonly values: readonly FilterValue[];
    }
  | { readonly kind: 'known'; readonly dimension: DimensionName; readonly known: boolean };

export type ShareBase = 'ALL' | 'PERIOD';

export interface UsageOrder {
  readonly by: MeasureName | DimensionName | 'PERIOD';
  readonly direction: 'ASC' | 'DESC';
}

/** A usage question whose every part has been checked; entities are already keys of the release. */
export interface UsageQuery {
  readonly release: Release;
  readonly groupBy: readonly DimensionName[];
  readonly grain: Grain | null;
  readonly from: Day;
  readonly to: Day;
  readonly where: Filter | null;
  readonly measures: readonly MeasureName[];
  readonly shares: readonly AdditiveMeasureName[];
  readonly shareOf: ShareBase;
  readonly orderBy: readonly UsageOrder[];
  /**
   * Keeps only these groups of one dimension, after shares were taken: the rows of some models with their
   * share of all. Null: all groups.
   */
  readonly only: { readonly dimension: DimensionName; readonly keys: readonly number[] } | null;
  readonly limit: number;
  readonly offset: number;
}

/** One answer row: keys of the grouping, then numbers; missing is null. */
export interface UsageRow {
  readonly period: Day | null;
  readonly groups: Readonly<Partial<Record<DimensionName, FilterValue | null>>>;
  readonly measures: Readonly<Partial<Record<MeasureName, number | string | null>>>;
  readonly shares: Readonly<Partial<Record<AdditiveMeasureName, number | null>>>;
}

export interface UsageResult {
  readonly query: UsageQuery;
  readonly rows: readonly UsageRow[];
  /** Rows there are without limit and offset. */
  readonly totalRows: number;
}
