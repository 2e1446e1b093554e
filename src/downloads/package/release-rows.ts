import type { Release } from '../../measures/release.ts';
import { retentionLimits } from '../../measures/retention/retention-query.ts';
import { rollups } from '../../measures/rollups.ts';

// How many rows the tables of a package have at most, as far as the rollups of the release say.

export function usageRows(release: Release, table: string): number {
  return rowsOf(release, table);
}

export function userRows(release: Release): number {
  return rowsOf(release, 'active_users');
}

/** Rows are kept by kind and day; those of weeks and months are no more than these. */
export function percentileRows(release: Release, kinds: number): number {
  return Math.ceil((3 * rowsOf(release, 'histogram_day_model')) / Math.max(1, kinds));
}

/** A row of the rollup has all the ages of a cohort. */
export function cohortRows(release: Release): number {
  return retentionLimits.periods * rowsOf(release, 'retention_cohorts');
}

/** Rows of the longest table. */
export function longestTable(release: Release, kinds: number): number {
  return Math.max(
    ...rollups.map(({ name }) => usageRows(release, name)),
    userRows(release),
    percentileRows(release, kinds),
    cohortRows(release),
  );
}

/** Some tables are counted by several rollups. */
function rowsOf({ rollups: made }: Release, table: string): number {
  return made.reduce((sum, rollup) => (rollup.table === table ? sum + rollup.rows : sum), 0);
}
