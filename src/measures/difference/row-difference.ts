import { Big } from 'big.js';
import { dimensionNamed, type DimensionName } from '../dimensions.ts';
import type { AdditiveMeasureName } from '../measures.ts';
import type { Day } from '../periods.ts';
import type { UsageRow } from '../query.ts';
import type { ReleaseCatalog } from '../release.ts';

export type DifferenceStatus = 'ADDED' | 'GONE' | 'CHANGED';

/** A number in two releases; missing is null. */
export interface NumberDifference {
  readonly before: number | null;
  readonly after: number | null;
  /** Null unless both are known. */
  readonly change: number | null;
  /** Change ÷ before; null where before is 0 or unknown. */
  readonly relativeChange: number | null;
}

/** A group, in one period where there is a grain, whose number is not the same in both. */
export interface RowDifference extends NumberDifference {
  readonly periodStart: Day | null;
  /** Of an entity, else the label itself; null for what is unknown. */
  readonly id: string | null;
  readonly name: string | null;
  readonly status: DifferenceStatus;
}

export interface ReleaseRows {
  readonly rows: readonly UsageRow[];
  readonly catalog: ReleaseCatalog;
}

type Value = number | string | null | undefined;

/** Money is decimal text, and is subtracted as such. */
export function numberDifference(before: Value, after: Value): NumberDifference {
  const isKnown = isNumber(before) && isNumber(after);
  const change = isKnown ? new Big(after).minus(before) : null;
  return {
    before: isNumber(before) ? Number(before) : null,
    after: isNumber(after) ? Number(after) : null,
    change: change === null ? null : change.toNumber(),
    relativeChange:
      change === null || Number(before) === 0 ? null : change.toNumber() / Math.abs(Number(before)),
  };
}

/**
 * What moved between two answers to the same question, most first: a group that only one of them has counts with all
 * that it has there. Keys are of a release, so groups are told by their ids.
 */
export function rowDifferences(
  measure: AdditiveMeasureName,
  dimension: DimensionName | null,
  from: ReleaseRows,
  to: ReleaseRows,
): RowDifference[] {
  const before = byGroup(dimension, from);
  const after = byGroup(dimension, to);
  const keys = [...new Set([...before.keys(), ...after.keys()])];
  return keys
    .flatMap((key): RowDifference[] => {
      const [earlier, later] = [before.get(key), after.get(key)];
      const group = later ?? earlier;
      if (group === undefined) return [];
      const { periodStart, id, name } = group;
      const numbers = numberDifference(earlier?.row.measures[measure], later?.row.measures[measure]);
      if (numbers.before === numbers.after) return [];
      const status = earlier === undefined ? 'ADDED' : later === undefined ? 'GONE' : 'CHANGED';
      return [{ periodStart, id, name, status, ...numbers }];
    })
    .sort((a, b) => moved(b) - moved(a) || (keyOf(a) < keyOf(b) ? -1 : 1));
}

interface Group {
  readonly row: UsageRow;
  readonly periodStart: Day | null;
  readonly id: string | null;
  readonly name: string | null;
}

function byGroup(dimension: DimensionName | null, { rows, catalog }: ReleaseRows): Map<string, Group> {
  const groups = rows.map((row): Group => ({
    row,
    periodStart: row.period,
    ...nameOf(row, dimension, catalog),
  }));
  return new Map(groups.map((group) => [keyOf(group), group]));
}

function nameOf(
  { groups }: UsageRow,
  dimension: DimensionName | null,
  catalog: ReleaseCatalog,
): { id: string | null; name: string | null } {
  const value = dimension === null ? null : (groups[dimension] ?? null);
  if (dimension === null || value === null) return { id: null, name: null };
  const { entity } = dimensionNamed(dimension);
  if (entity === undefined || typeof value === 'boolean') return { id: String(value), name: String(value) };
  const found = catalog[entity].withKey(value);
  return { id: found?.id ?? null, name: found?.name ?? null };
}

function keyOf({ periodStart, id }: Pick<Group, 'periodStart' | 'id'>): string {
  return JSON.stringify([periodStart, id]);
}

function moved({ before, after }: NumberDifference): number {
  return Math.abs((after ?? 0) - (before ?? 0));
}

function isNumber(value: Value): value is number | string {
  return value !== null && value !== undefined;
}
