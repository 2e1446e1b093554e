import { bucketValue } from '../catalog/log-buckets.ts';
import { dimensionNamed, type DimensionName } from './dimensions.ts';
import { measureNamed, percentiles, type MeasureName, type PercentileName } from './measures.ts';
import type { UsagePlan } from './plan.ts';
import type { FilterValue, Measured, SamplingError, UsageQuery, UsageResult, UsageRow } from './query.ts';
import { sampledMeasures } from './sql/components.ts';
import {
  baseColumn,
  bucketColumn,
  errorColumn,
  groupColumn,
  measureColumn,
  shareColumn,
} from './sql/names.ts';

/** A row as PostgreSQL answers: every column is text or null. */
export type TextRow = Readonly<Record<string, string | null>>;

const percentileNames = Object.keys(percentiles) as PercentileName[];

/** Turns text into the numbers, keys and labels that the query promises. */
export function parseRows(query: UsageQuery, plan: UsagePlan, rows: readonly TextRow[]): UsageResult {
  return {
    query,
    rows: rows.map((row) => parseRow(query, plan, row)),
    totalRows: Number(rows[0]?.row_count ?? 0),
  };
}

function parseRow(query: UsageQuery, plan: UsagePlan, row: TextRow): UsageRow {
  const measures = parseMeasures(query.measures, row, measureColumn);
  const shares = fromEntries(query.shares, (name) => parseNumber(row[shareColumn(name)]));
  return {
    period: row.period ?? null,
    others: row.others === 'true',
    groups: fromEntries(query.groupBy, (name) => parseGroup(name, row[groupColumn(name)])),
    measures,
    shares,
    distributions: fromEntries(query.distributions, (name) =>
      percentileNames.map((percentile) => percentileValue(row[bucketColumn(name, percentile)])),
    ),
    base: query.comparedTo === null ? null : parseMeasures(query.measures, row, baseColumn),
    errors: fromEntries(plan.rollup.sampled ? sampledMeasures(query) : [], (name) =>
      samplingError({ ...measures, ...shares }[name], parseNumber(row[errorColumn(name)]), name in shares),
    ),
  };
}

function fromEntries<Name extends string, Value>(
  names: readonly Name[],
  valueOf: (name: Name) => Value,
): Partial<Record<Name, Value>> {
  return Object.fromEntries(names.map((name) => [name, valueOf(name)])) as Partial<Record<Name, Value>>;
}

function parseMeasures(
  names: readonly MeasureName[],
  row: TextRow,
  columnOf: (name: MeasureName) => string,
): Measured {
  return fromEntries(names, (name) => parseMeasure(name, row[columnOf(name)]));
}

function parseGroup(name: DimensionName, text: string | null | undefined): FilterValue | null {
  if (text === null || text === undefined) return null;
  const { type, entity } = dimensionNamed(name);
  if (type === 'BOOLEAN') return text === 'true';
  return entity === undefined || entity === 'country' || entity === 'continent' ? text : Number(text);
}

function parseMeasure(name: MeasureName, text: string | null | undefined): number | string | null {
  if (text === null || text === undefined) return null;
  const { type } = measureNamed(name);
  if (type === 'DECIMAL') return withoutTrailingZeros(text);
  if (type === 'FLOAT') return Number(text);
  // Estimates from a sample are no whole numbers before they are rounded.
  const value = Math.round(Number(text));
  // A count beyond 2⁵³ would arrive rounded; nothing real is near it.
  if (!Number.isSafeInteger(value)) throw new Error(`${name} is too large: ${text}`);
  return value;
}

/** The normal 95 % interval; a share stays between 0 and 1. */
function samplingError(
  value: number | string | null | undefined,
  standardError: number | null,
  isShare: boolean,
): SamplingError | null {
  if (typeof value !== 'number' || standardError === null) return null;
  const margin = 1.959964 * standardError;
  return {
    standardError,
    low: Math.max(0, value - margin),
    high: isShare ? Math.min(1, value + margin) : value + margin,
  };
}

/** Not rounded to a whole number, which would add to the stated error of small values. */
function percentileValue(bucket: string | null | undefined): number | null {
  return bucket === null || bucket === undefined ? null : bucketValue(Number(bucket));
}

function parseNumber(text: string | null | undefined): number | null {
  return text === null || text === undefined ? null : Number(text);
}

function withoutTrailingZeros(decimal: string): string {
  return decimal.includes('.') ? decimal.replace(/\.?0+$/, '') : decimal;
}
