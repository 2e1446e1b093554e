import { valueAt } from './columns.ts';

export interface Order {
  readonly path: string;
  readonly direction: 'ascending' | 'descending';
}

/** Rows in order of one value; missing values come last either way, equals keep their order. */
export function sortRows(rows: readonly unknown[], { path, direction }: Order): unknown[] {
  const sign = direction === 'ascending' ? 1 : -1;
  return [...rows].sort((left, right) => {
    const [a, b] = [valueAt(left, path), valueAt(right, path)];
    if (isMissing(a) || isMissing(b)) return Number(isMissing(a)) - Number(isMissing(b));
    return sign * compare(a, b);
  });
}

function compare(a: unknown, b: unknown): number {
  const [x, y] = [Number(a), Number(b)];
  if (!Number.isNaN(x) && !Number.isNaN(y)) return x - y;
  return String(a).localeCompare(String(b), 'en');
}

function isMissing(value: unknown): boolean {
  return value === null || value === undefined;
}
