import { setTimeout } from 'node:timers/promises';
import type pg from 'pg';

/** What must hold before queries can be answered; what stands behind a failed check is unknown. */
export interface Readiness {
  readonly database: Check;
  readonly migrations: Check;
  readonly release: Check;
}
export type Check = 'ok' | 'failed' | 'unknown';

const UNDEFINED_TABLE = '42P01';
/** A database that takes longer to find one row is not ready; a probe must not hang with it. */
const PROBE_TIMEOUT_MS = 2_000;

const unreachable: Readiness = { database: 'failed', migrations: 'unknown', release: 'unknown' };
const unmigrated: Readiness = { database: 'ok', migrations: 'failed', release: 'unknown' };

/** Asks the database for a release: one statement tells the checks apart. */
export async function checkReadiness(pool: pg.Pool): Promise<Readiness> {
  const late = setTimeout(PROBE_TIMEOUT_MS, 'late' as const, { ref: false });
  try {
    const answer = await Promise.race([
      pool.query<{ published: boolean }>('SELECT EXISTS (SELECT FROM releases) AS published'),
      late,
    ]);
    if (answer === 'late') return unreachable;
    const published = answer.rows[0]?.published === true;
    return { database: 'ok', migrations: 'ok', release: published ? 'ok' : 'failed' };
  } catch (error) {
    const isEmpty = error instanceof Error && 'code' in error && error.code === UNDEFINED_TABLE;
    return isEmpty ? unmigrated : unreachable;
  }
}
