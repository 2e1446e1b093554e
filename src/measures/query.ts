import type { DimensionName } from './dimensions.ts';
import type { AdditiveMeasureName, DistributionName, MeasureName } from './measures.ts';
import type { Calendar, Day, DayRange } from './periods.ts';
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
  | {
      readonly kind: 'range';
      readonly dimension: DimensionName;
      readonly from: FilterValue | null;
      readonly to: FilterValue | null;
    }
  | { readonly kind: 'known'; readonly dimension: DimensionName; readonly known: boolean };

/** The whole range, the row's period, or the rows of its period that agree with it in one dimension. */
export type ShareBase = 'ALL' | 'PERIOD' | DimensionName;

export type Comparison = 'PREVIOUS_PERIOD' | 'PREVIOUS_YEAR';

/** A prompt with labels of several categories counts wholly in each, or in equal parts. */
export type LabelWeighting = 'EACH' | 'SPLIT';

export interface UsageOrder {
  readonly by: MeasureName | DimensionName | 'PERIOD';
  readonly direction: 'ASC' | 'DESC';
}

export interface Top {
  readonly by: MeasureName;
  readonly count: number;
  readonly others: 'SHOW' | 'DROP';
  readonly within: 'RANGE' | 'PERIOD';
}

/** What is computed beside each row for an earlier time. */
export interface ComparedTo {
  readonly what: Comparison;
  /** The earlier days that count. */
  readonly range: DayRange;
  /** How far an earlier period moves to stand beside the one that it is compared with. */
  readonly shift: { readonly unit: 'days' | 'months'; readonly count: number };
}

/** A usage question whose every part has been checked; entities are already keys of the release. */
export interface UsageQuery {
  readonly release: Release;
  readonly groupBy: readonly DimensionName[];
  /** Null: the whole range is one period. */
  readonly calendar: Calendar | null;
  readonly from: Day;
  readonly to: Day;
  readonly where: Filter | null;
  readonly measures: readonly MeasureName[];
  readonly shares: readonly AdditiveMeasureName[];
  readonly distributions: readonly DistributionName[];
  readonly shareOf: ShareBase;
  readonly top: Top | null;
  readonly comparedTo: ComparedTo | null;
  /** Rows for periods in which a group was not used at all. */
  readonly emptyPeriods: boolean;
  readonly labelWeighting: LabelWeighting;
  readonly orderBy: readonly UsageOrder[];
  /**
   * Keeps only these groups of one dimension, after shares were taken: the rows of some models with their
   * share of all. Null: all groups.
   */
  readonly only: { readonly dimension: DimensionName; readonly keys: readonly (number | string)[] } | null;
  readonly limit: number;
  readonly offset: number;
}

export type Measured = Readonly<Partial<Record<MeasureName, number | string | null>>>;

/** Standard error and 95 % interval of an estimate from a sample. */
export interface SamplingError {
  readonly standardError: number;
  readonly low: number;
  readonly high: number;
}

/** One answer row: keys of the grouping, then numbers; missing is null. */
export interface UsageRow {
  readonly period: Day | null;
  /** True for the one row of each period that stands for all that the top left out. */
  readonly others: boolean;
  readonly groups: Readonly<Partial<Record<DimensionName, FilterValue | null>>>;
  readonly measures: Measured;
  readonly shares: Readonly<Partial<Record<AdditiveMeasureName, number | null>>>;
  /** Percentiles in the order of the list of percentiles. */
  readonly distributions: Readonly<Partial<Record<DistributionName, readonly (number | null)[]>>>;
  /** The same measures of the earlier time; null where nothing is compared. */
  readonly base: Measured | null;
  /** Of shares and means, where the rollup is of a sample. */
  readonly errors: Readonly<Partial<Record<MeasureName, SamplingError | null>>>;
}

export interface UsageResult {
  readonly query: UsageQuery;
  readonly rows: readonly UsageRow[];
  /** Rows there are without limit and offset. */
  readonly totalRows: number;
}
