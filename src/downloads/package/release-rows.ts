import type { Release } from '../../measures/release.ts';

/** Rows of a table that the rollups of the release made. */
export function rowsOf({ rollups }: Release, table: string): number {
  return rollups.reduce((sum, rollup) => (rollup.table === table ? sum + rollup.rows : sum), 0);
}
