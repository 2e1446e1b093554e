import { groupColumn, measureColumn, shareColumn } from './build-sql.ts';
import { dimensionNamed, type DimensionName } from './dimensions.ts';
import { measureNamed, type MeasureName } from './measures.ts';
import type { FilterValue, UsageQuery, UsageResult, UsageRow } from './query.ts';

/** A row as PostgreSQL answers: every column is text or null. */
export type TextRow = Readonly<Record<string, string | null>>;

/** Turns text into the numbers, keys and labels that the query promises. */
export function parseRows(query: UsageQuery, rows: readonly TextRow[]): UsageResult {
  return {
    query,
    rows: rows.map((row) => parseRow(query, row)),
    totalRows: Number(rows[0]?.row_count ?? 0),
  };
}

function parseRow(query: UsageQuery, row: TextRow): UsageRow {
  return {
    period: row.period ?? null,
    groups: Object.fromEntries(
      query.groupBy.map((name) => [name, parseGroup(name, row[groupColumn(name)] ?? null)]),
    ),
    measures: Object.fromEntries(
      query.measures.map((name) => [name, parseMeasure(name, row[measureColumn(name)] ?? null)]),
    ),
    shares: Object.fromEntries(
      query.shares.map((name) => [name, parseNumber(row[shareColumn(name)] ?? null)]),
    ),
  };
}

function parseGroup(name: DimensionName, text: string | null): FilterValue | null {
  if (text === null) return null;
  const { type } = dimensionNamed(name);
  if (type === 'ENTITY') return Number(text);
  return type === 'BOOLEAN' ? text === 'true' : text;
}

function parseMeasure(name: MeasureName, text: string | null): number | string | null {
  if (text === null) return null;
  const { type } = measureNamed(name);
  if (type === 'DECIMAL') return withoutTrailingZeros(text);
  const value = Number(text);
  // A count beyond 2⁵³ would arrive rounded; nothing real is near it.
  if (type === 'INTEGER' && !Number.isSafeInteger(value)) throw new Error(`${name} is too large: ${text}`);
  return value;
}

function parseNumber(text: string | null): number | null {
  return text === null ? null : Number(text);
}

function withoutTrailingZeros(decimal: string): string {
  return decimal.includes('.') ? decimal.replace(/\.?0+$/, '') : decimal;
}
