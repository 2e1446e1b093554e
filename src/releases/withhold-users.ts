import type pg from 'pg';
import { recoverableUsers, type Kinship, type UserCount } from './recoverable-users.ts';
import type { ReleaseEntities } from './release-entities.ts';
import type { RecordedRollup } from './release-records.ts';
import type { Withheld } from './withheld.ts';

/** A count of active users that was withheld for the sake of a cohort. */
export interface WithheldUsers {
  grain: string;
  /** First day. */
  period: string;
  users: number;
}

interface StoredCount extends UserCount {
  row: string;
  grain: string;
  period: string;
}

/** Removes the counts of active users from which those of few could be had, and returns how many these are. */
export async function withholdUsers(
  client: pg.ClientBase,
  releaseKey: number,
  entities: ReleaseEntities,
  minimumUsers: number,
  forCohorts: readonly WithheldUsers[],
): Promise<number> {
  // What is unknown has no name to be asked for by.
  const { rows } = await client.query<Omit<StoredCount, 'users'> & { users: string }>(
    `SELECT ctid::text AS row, grain, period_start::text AS period, active.grouping,
       coalesce(label, entity_key::text, '') AS value, users
     FROM active_users AS active
     WHERE release_key = $1 AND (active.grouping = 'ALL' OR coalesce(label, entity_key::text) IS NOT NULL)`,
    [releaseKey],
  );
  const byPeriod = new Map<string, StoredCount[]>();
  for (const row of rows) {
    const name = `${row.grain} ${row.period}`;
    const period = byPeriod.get(name) ?? [];
    byPeriod.set(name, period);
    period.push({ ...row, users: Number(row.users) });
  }
  const kinship = kinshipOf(entities);
  const gone = [...byPeriod.values()].flatMap((period) => {
    const recoverable = new Set<UserCount>(recoverableUsers(period, kinship, minimumUsers));
    return period.filter((count) => recoverable.has(count) || isOneWithheld(count, forCohorts));
  });
  await client.query('DELETE FROM active_users WHERE release_key = $1 AND ctid = ANY ($2::tid[])', [
    releaseKey,
    gone.map(({ row }) => row),
  ]);
  return gone.length;
}

/** A source group with as many users as a withheld model or author of it has the very same. */
function isOneWithheld(count: StoredCount, forCohorts: readonly WithheldUsers[]): boolean {
  return (
    count.grouping === 'SOURCE_GROUP' &&
    forCohorts.some(
      ({ grain, period, users }) => grain === count.grain && period === count.period && users === count.users,
    )
  );
}

function kinshipOf({ continents, models, authorKeys }: ReleaseEntities): Kinship {
  return {
    continentOf: (country) => continents.get(country) ?? null,
    authorOf: (model) => {
      const authorId = models.get(Number(model))?.authorId ?? null;
      const key = authorId === null ? undefined : authorKeys.get(authorId);
      return key === undefined ? null : String(key);
    },
  };
}

/** Says of the rollup of active users that so many of its rows were removed again. */
export async function recordRemovedUsers(
  client: pg.ClientBase,
  releaseKey: number,
  removed: number,
  recorded: readonly RecordedRollup[],
  withheld: Withheld,
): Promise<void> {
  const active = withheld.rollups['active_users'];
  if (active !== undefined) active.cells += removed;
  const users = recorded.find(({ table }) => table === 'active_users');
  if (users === undefined || removed === 0) return;
  users.rows -= removed;
  await client.query('UPDATE release_rollups SET rows = $3 WHERE release_key = $1 AND name = $2', [
    releaseKey,
    users.name,
    users.rows,
  ]);
}
