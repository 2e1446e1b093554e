import type pg from 'pg';

const models = 125;
const countries = 100;

/** A release whose report by model, country and day has as many rows, or a few more. Returns how many. */
export async function makeLongRelease(pool: pg.Pool, rows: number): Promise<number> {
  const days = Math.ceil(rows / (models * countries));
  await pool.query(
    `INSERT INTO datasets (id, title, description, kind, licence, citation)
     VALUES ('long', 'Long', 'Made for benchmarks.', 'GENERATIONS', 'CC0-1.0', 'A benchmark.')`,
  );
  const measures = { requests: 1, totalTokens: 1, spend: 1 };
  const dimensions = { MODEL: 1, AUTHOR: 1, COUNTRY: 1, SOURCE_GROUP: 1 };
  const { rows: made } = await pool.query<{ key: number }>(
    `INSERT INTO releases (id, dataset_id, published_at, period_from, period_to, licence, citation, fingerprint,
       catalog_version, rows_read, rows_quarantined, total_tokens, coverage)
     VALUES ('long@2025-01-01.1', 'long', now(), '2024-01-01', DATE '2024-01-01' + $1::integer, 'CC0-1.0', 'A benchmark.',
       'x', 'x', 0, 0, 0, $2) RETURNING key`,
    [days, { measures, dimensions }],
  );
  const key = made[0]?.key;
  if (key === undefined) throw new Error('The release was not inserted');
  for (const statement of statements(days)) await pool.query(statement, [key]);
  await pool.query('VACUUM ANALYZE');
  return days * models * countries;
}

function statements(days: number): string[] {
  const code = `chr(65 + n / 26) || chr(65 + n % 26)`;
  return [
    `INSERT INTO models (release_key, key, id, name, source_group, labelled, total_tokens)
     SELECT $1, n, 'author-' || n % 30 || '/model-' || n, 'Model ' || n,
       CASE WHEN n % 3 = 0 THEN 'PROPRIETARY' ELSE 'CHINESE_OPEN' END, true, 1000000
     FROM generate_series(1, ${models}) AS n`,
    `INSERT INTO countries (release_key, code, name, continent)
     SELECT $1, ${code}, 'Country ' || n, 'EU' FROM generate_series(0, ${countries - 1}) AS n`,
    `INSERT INTO usage_day_model_country (release_key, day, model_key, country, requests, total_tokens, spend_usd)
     SELECT $1, DATE '2024-01-01' + day, model, ${code}, 1 + (day * model + n) % 1000,
       3000000000 + day * 1000000 + model * n, ((day + model * n) % 100000)::numeric / 1000
     FROM generate_series(0, ${days - 1}) AS day, generate_series(1, ${models}) AS model,
       generate_series(0, ${countries - 1}) AS n`,
  ];
}
