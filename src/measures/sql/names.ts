import { raw, type Sql } from 'sql-template-tag';
import type { DimensionName } from '../dimensions.ts';
import type { AdditiveMeasureName, DistributionName, MeasureName, PercentileName } from '../measures.ts';

// Names of columns inside the statement and of its answer. All are made of constants of the catalogue.

export const groupColumn = (name: DimensionName): string => `group_${name.toLowerCase()}`;
export const measureColumn = (name: MeasureName): string => `measure_${name.toLowerCase()}`;
export const baseColumn = (name: MeasureName): string => `base_${name.toLowerCase()}`;
export const shareColumn = (name: AdditiveMeasureName): string => `share_${name.toLowerCase()}`;
export const errorColumn = (name: MeasureName): string => `error_${name.toLowerCase()}`;
export const bucketColumn = (name: DistributionName, percentile: PercentileName): string =>
  `bucket_${name.toLowerCase()}_${percentile}`;

/** Sum of a rollup's column over the time asked for. */
export const sumColumn = (column: string): string => `sum_${column}`;
/** The same over the time compared with. */
export const baseSumColumn = (column: string): string => `base_sum_${column}`;

/** Identifiers only: never give it text of a user. */
export const identifier = (name: string): Sql => raw(name);
export const identifiers = (names: readonly string[]): Sql[] => names.map(identifier);
