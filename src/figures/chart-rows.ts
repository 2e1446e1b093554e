import type { ChartSpec } from './figure.ts';
import { listAt } from './read-points.ts';

/** The rows of a result that a chart takes, by the names that it has for them. */
export function chartRows({ usermeta }: ChartSpec, result: unknown): Record<string, unknown[]> {
  const { rows } = usermeta as { rows: Record<string, string> };
  return Object.fromEntries(Object.entries(rows).map(([name, path]) => [name, listAt(result, path)]));
}
