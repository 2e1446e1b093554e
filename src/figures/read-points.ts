import { parseGlobalId } from '../measures/entity-id.ts';
import type { Point, Reading } from './figure.ts';

/** The rows at a path of a result; one object is the only row. */
export function listAt(result: unknown, path: string): unknown[] {
  const found = valueAt(result, path);
  if (Array.isArray(found)) return found as unknown[];
  return found === null || found === undefined ? [] : [found];
}

/** The rows that a reading is about. */
function rowsOf(result: unknown, { rows, flatten }: Reading): unknown[] {
  const list = listAt(result, rows);
  if (flatten === undefined) return list;
  return list.flatMap((row) => listAt(row, flatten).map((part) => ({ ...(row as object), [flatten]: part })));
}

/** Values by group and period, as the figure shows them; `listed` are the groups that the study names. */
export function readPoints(result: unknown, reading: Reading, listed: ReadonlySet<string>): Point[] {
  const points = rowsOf(result, reading).map((row, index) => readPoint(row, index, reading));
  if (reading.kind === 'LIST') return [listOf(points)];
  if (reading.kind === 'WORD') return points;
  if (reading.shareOf !== undefined) return asShares(points, reading.shareOf === 'LISTED' ? listed : null);
  return points;
}

function readPoint(row: unknown, index: number, reading: Reading): Point {
  const { series, only = '', period, complete, value, per, factor = 1, kind = 'NUMBER' } = reading;
  const read = valueAt(row, value);
  return {
    series: series === undefined ? only : series === '#' ? String(index + 1) : keyAt(row, series),
    period: period === undefined ? '' : String(valueAt(row, period)),
    complete: complete === undefined || valueAt(row, complete) === true,
    value:
      kind === 'NUMBER' ? numberOf(read, per === undefined ? 1 : valueAt(row, per), factor) : wordOf(read),
  };
}

function numberOf(value: unknown, per: unknown, factor: number): number | null {
  if (value === null || value === undefined || !per) return null;
  return (factor * Number(value)) / Number(per);
}

function wordOf(value: unknown): string | null {
  return value === null || value === undefined ? null : String(value);
}

function listOf(points: readonly Point[]): Point {
  const words = [...new Set(points.flatMap(({ value }) => (value === null ? [] : [String(value)])))].sort();
  return { series: '', period: '', complete: true, value: words.join(', ') || 'none' };
}

function asShares(points: readonly Point[], listed: ReadonlySet<string> | null): Point[] {
  const isCounted = ({ series }: Point): boolean => listed === null || listed.has(series);
  const sums = new Map<string, number>();
  for (const point of points.filter(isCounted))
    sums.set(point.period, (sums.get(point.period) ?? 0) + Number(point.value ?? 0));
  return points.filter(isCounted).map((point) => {
    const whole = sums.get(point.period) ?? 0;
    return {
      ...point,
      value: point.value === null || whole === 0 ? null : (100 * Number(point.value)) / whole,
    };
  });
}

/** A group's key: the id of an entity without its kind, `others` of what a top left out, `unknown` of nothing. */
function keyAt(row: unknown, series: string): string {
  const found = valueAt(row, series);
  if (found === null || found === undefined) return valueAt(row, 'others') === true ? 'others' : 'unknown';
  return series.endsWith('.id') && typeof found === 'string' ? parseGlobalId(found).name : String(found);
}

/** The value at a path of fields, or undefined where it ends early. */
export function valueAt(object: unknown, path: string): unknown {
  return path
    .split('.')
    .reduce<unknown>(
      (value, field) => (value as Record<string, unknown> | null | undefined)?.[field],
      object,
    );
}
