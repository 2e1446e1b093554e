import type pg from 'pg';
import type { Cell, SecondKey } from './count-by-hand.ts';

/** The finest rows of a usage table for one release, with entities by id and money in millionths. */
export async function publishedUsage(pool: pg.Pool, release: string, dimension: SecondKey): Promise<Cell[]> {
  return cells(
    pool,
    `SELECT usage.day::text, models.id AS model,
       ${dimension === 'provider' ? 'providers.id AS provider' : `usage.${dimension}`},
       requests, prompt_tokens, completion_tokens, reasoning_tokens, cached_tokens, usage.total_tokens,
       (spend_usd * 1000000)::bigint AS spend, billed_tokens, (billed_spend_usd * 1000000)::bigint AS billed_spend,
       tool_call_requests, tool_call_tokens, tools_offered_requests, streamed_requests, cancelled_requests,
       byok_requests, byok_tokens
     FROM usage_day_model_${dimension} AS usage
     JOIN releases ON releases.key = usage.release_key
     LEFT JOIN models ON models.release_key = usage.release_key AND models.key = usage.model_key
     ${dimension === 'provider' ? 'LEFT JOIN providers ON providers.release_key = usage.release_key AND providers.key = usage.provider_key' : ''}
     WHERE releases.id = $1 AND usage.grain = 'DAY' AND usage.level = 'BOTH'`,
    release,
  );
}

export async function publishedUsers(pool: pg.Pool, release: string): Promise<Cell[]> {
  return cells(
    pool,
    `SELECT grain, period_start::text, active.grouping, coalesce(models.id, authors.id) AS entity, label, users
     FROM active_users AS active
     JOIN releases ON releases.key = active.release_key
     LEFT JOIN models ON models.release_key = active.release_key AND models.key = entity_key
       AND active.grouping = 'MODEL'
     LEFT JOIN authors ON authors.release_key = active.release_key AND authors.key = entity_key
       AND active.grouping = 'AUTHOR'
     WHERE releases.id = $1`,
    release,
  );
}

export async function publishedHistograms(pool: pg.Pool, release: string): Promise<Cell[]> {
  return cells(
    pool,
    `SELECT day::text, models.id AS model, kind,
       array_to_string(buckets, ',') AS buckets, array_to_string(requests, ',') AS counts
     FROM histogram_day_model AS histogram
     JOIN releases ON releases.key = histogram.release_key
     LEFT JOIN models ON models.release_key = histogram.release_key AND models.key = model_key
     WHERE releases.id = $1 AND histogram.grain = 'DAY' AND histogram.level = 'MODEL'`,
    release,
  );
}

const releaseTables = [
  'releases',
  'release_rollups',
  'models',
  'authors',
  'providers',
  'countries',
  'usage_day_model_provider',
  'usage_day_model_country',
  'usage_day_model_language',
  'active_users',
  'histogram_day_model',
  'retention_cohorts',
];

/** How many rows each table holds of a release, and a digest of them: for telling that nothing changed. */
export async function digestOf(pool: pg.Pool, release: string): Promise<Record<string, string>> {
  const digests: Record<string, string> = {};
  for (const table of releaseTables) {
    const key = table === 'releases' ? 'key' : 'release_key';
    const { rows } = await pool.query<{ digest: string }>(
      `SELECT count(*) || ' ' || coalesce(md5(string_agg(r::text, '|' ORDER BY r::text COLLATE "C")), '') AS digest
       FROM ${table} AS r WHERE ${key} = (SELECT key FROM releases WHERE id = $1)`,
      [release],
    );
    digests[table] = rows[0]?.digest ?? '';
  }
  return digests;
}

/** How many rows of a table its rollup made: coarser ones are summed up from them. */
export async function rowsOfRollup(pool: pg.Pool, release: string, table: string): Promise<bigint> {
  const finest = table.startsWith('usage_') ? "AND grain = 'DAY' AND level = 'BOTH'" : '';
  const { rows } = await pool.query<{ rows: string }>(
    `SELECT count(*) AS rows FROM ${table} WHERE release_key = (SELECT key FROM releases WHERE id = $1) ${finest}`,
    [release],
  );
  return BigInt(rows[0]?.rows ?? 0);
}

/** Rows of all releases in each table, in one statement: what a reader may see at one moment. */
export async function countRows(pool: pg.Pool | pg.ClientBase): Promise<Record<string, number>> {
  const counts = releaseTables.map((table) => `(SELECT count(*)::int FROM ${table}) AS ${table}`);
  const { rows } = await pool.query<Record<string, number>>(`SELECT ${counts.join(', ')}`);
  return rows[0] ?? {};
}

async function cells(pool: pg.Pool, sql: string, release: string): Promise<Cell[]> {
  const { rows } = await pool.query<Cell>(sql, [release]);
  const counts = /tokens|requests|spend|users/;
  return rows.map((row) =>
    Object.fromEntries(
      Object.entries(row).map(([name, value]) => [
        name,
        counts.test(name) && value !== null ? BigInt(value) : value,
      ]),
    ),
  );
}

/** Rows of each table by the release they belong to, under "none" where there is no such release. */
export async function shapesOfReleases(pool: pg.Pool): Promise<Record<string, Record<string, number>>> {
  const counts = releaseTables.slice(1).map(
    (table) =>
      `SELECT coalesce(releases.id, 'none') AS release, '${table}' AS table, count(*)::int AS rows
       FROM ${table} LEFT JOIN releases ON releases.key = release_key GROUP BY 1`,
  );
  const { rows } = await pool.query<{ release: string; table: string; rows: number }>(
    `SELECT id AS release, 'releases' AS table, 1 AS rows FROM releases UNION ALL ${counts.join(' UNION ALL ')}`,
  );
  const shapes: Record<string, Record<string, number>> = {};
  for (const { release, table, rows: count } of rows) (shapes[release] ??= {})[table] = count;
  return shapes;
}
