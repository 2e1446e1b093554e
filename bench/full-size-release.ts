import type pg from 'pg';
import { dimensions } from '../src/measures/dimensions.ts';
import { coarsen } from '../src/releases/coarsen.ts';
import { mergeHistograms } from '../test/support/merge-histograms.ts';

/** 13 months × 300 models × 60 providers × 180 countries, with a long tail: the n-th model is used 1/n as much. */
export const fullSize = {
  from: '2024-11-01',
  days: 396,
  models: 300,
  authors: 60,
  providers: 60,
  countries: 180,
};

const coveredMeasures = [
  'requests', 'promptTokens', 'completionTokens', 'reasoningTokens', 'cachedTokens', 'totalTokens', 'spend',
  'distinctUsers', 'latency', 'timeToFirstToken', 'toolCalls', 'toolsOffered', 'streamed', 'cancelled', 'byok',
]; // prettier-ignore

const columns = `requests, prompt_tokens, completion_tokens, reasoning_tokens, cached_tokens, total_tokens, spend_usd,
  billed_tokens, billed_spend_usd, tool_call_requests, tool_call_tokens, tools_offered_requests, streamed_requests,
  cancelled_requests, byok_requests, byok_tokens`;

/** Columns of one row, all from its number of requests `n`. */
const values = `n, n * 3000, n * 300, n * 120, n * 1000, n * 3300, n * 0.004, n * 3000, n * 0.0036, n / 8, n * 420,
  n / 3, n / 2, n / 50, n / 20, n * 160`;

/** Of the rollups by provider and by category alone. */
const costColumns = `estimated_tokens, estimated_spend_usd, listed_tokens, listed_spend_usd, list_cost_usd, free_requests,
  free_tokens, free_billed_tokens, free_billed_spend_usd, free_estimated_tokens, unsplit_tokens`;
const costValues = `n * 140, n * 0.0002, n * 2900, n * 0.0036, n * 0.005, n / 30, n * 110, n * 100, 0, n * 10, 0`;

const squares = `requests_squares, prompt_tokens_squares, completion_tokens_squares, total_tokens_squares, spend_usd_squares`;
const squareValues = `n, n * 3000.0 * 3000, n * 300.0 * 300, n * 3300.0 * 3300, n * 0.004 * 0.004`;

/** The n-th model has `most / √n` values of the second key a day: big models are used from everywhere. */
const cells = (most: number): string => `
  FROM generate_series(0, ${fullSize.days - 1}) AS day_number
  CROSS JOIN models
  CROSS JOIN LATERAL generate_series(1, greatest(1, (${most} / sqrt(models.key))::integer)) AS second
  CROSS JOIN LATERAL (SELECT (1 + 200000 * random() / models.key / second)::bigint AS n) AS requests
  WHERE models.release_key = $1 AND day_number >= (models.key * 7) % 200`;

const day = `DATE '${fullSize.from}' + day_number`;

/** Fills a release by SQL, as big as a large gateway's, without the counting side. Returns its key. */
export async function makeFullSizeRelease(pool: pg.Pool): Promise<number> {
  await pool.query(
    `INSERT INTO datasets (id, title, description, kind, licence, citation)
     VALUES ('full-size', 'Full size', 'Made for benchmarks.', 'GENERATIONS', 'CC0-1.0', 'A benchmark.')`,
  );
  const shares = (names: readonly string[]) => Object.fromEntries(names.map((name) => [name, 1]));
  const { rows } = await pool.query<{ key: number }>(
    `INSERT INTO releases (id, dataset_id, published_at, period_from, period_to, licence, citation, fingerprint,
       catalog_version, rows_read, rows_quarantined, total_tokens, coverage, sampling)
     VALUES ('full-size@2025-12-02.1', 'full-size', now(), $1::date, $1::date + ${fullSize.days}, 'CC0-1.0', 'A benchmark.',
       'x', 'x', 0, 0, 0, $2, $3) RETURNING key`,
    [
      fullSize.from,
      { measures: shares(coveredMeasures), dimensions: shares(dimensions.map(({ name }) => name)) },
      { rate: 0.0025, rows: 0, method: 'made', taxonomyVersion: 'x' },
    ],
  );
  const key = rows[0]?.key;
  if (key === undefined) throw new Error('The release was not inserted');
  for (const statement of statements) await pool.query(statement, [key]);
  await coarsen(pool, key);
  await mergeHistograms(pool, key);
  await pool.query('ANALYZE');
  return key;
}

const statements = [
  `INSERT INTO authors (release_key, key, id, name, total_tokens)
   SELECT $1, n, 'author-' || n, 'Author ' || n, 1 FROM generate_series(1, ${fullSize.authors}) AS n`,
  `INSERT INTO providers (release_key, key, id, name, total_tokens)
   SELECT $1, n, 'provider-' || n, 'Provider ' || n, 1 FROM generate_series(1, ${fullSize.providers}) AS n`,
  `INSERT INTO categories (release_key, key, id, name)
   SELECT $1, n, CASE n WHEN 1 THEN 'programming' ELSE 'category-' || n END, 'Category ' || n FROM generate_series(1, 12) AS n`,
  `INSERT INTO tags (release_key, key, id, name, category_key)
   SELECT $1, n, 'tag-' || n, 'Tag ' || n, 1 + n % 12 FROM generate_series(1, 40) AS n`,
  `INSERT INTO countries (release_key, code, name, continent)
   SELECT $1, chr(65 + n / 26) || chr(65 + n % 26), 'Country ' || n, (ARRAY['EU', 'AS', 'NA', 'SA', 'AF', 'OC'])[1 + n % 6]
   FROM generate_series(0, ${fullSize.countries - 1}) AS n`,
  `INSERT INTO models (release_key, key, id, name, author_key, source, origin, source_group, size_class, reasoning, labelled, total_tokens)
   SELECT $1, n, 'author-' || 1 + n % ${fullSize.authors} || '/model-' || n, 'Model ' || n, 1 + n % ${fullSize.authors},
     CASE WHEN n % 3 = 0 THEN 'PROPRIETARY' ELSE 'OPEN' END, CASE WHEN n % 2 = 0 THEN 'CHINA' ELSE 'REST_OF_WORLD' END,
     CASE WHEN n % 3 = 0 THEN 'PROPRIETARY' WHEN n % 2 = 0 THEN 'CHINESE_OPEN' ELSE 'REST_OF_WORLD_OPEN' END,
     CASE WHEN n % 3 <> 0 THEN (ARRAY['SMALL', 'MEDIUM', 'LARGE'])[1 + n % 3] END, n % 2 = 0, true, 1000000 / n
   FROM generate_series(1, ${fullSize.models}) AS n`,
  `INSERT INTO usage_day_model_provider (release_key, day, model_key, provider_key, ${columns}, ${costColumns})
   SELECT $1, ${day}, models.key, 1 + (models.key * 13 + second) % ${fullSize.providers}, ${values}, ${costValues} ${cells(40)}`,
  `INSERT INTO usage_day_model_country (release_key, day, model_key, country, ${columns})
   SELECT $1, ${day}, models.key, chr(65 + (second - 1) / 26) || chr(65 + (second - 1) % 26), ${values} ${cells(180)}`,
  `INSERT INTO usage_day_model_language (release_key, day, model_key, language, ${columns})
   SELECT $1, ${day}, models.key, 'l' || second, ${values} ${cells(30)}`,
  ...['EACH', 'SPLIT'].flatMap((weighting) => [
    `INSERT INTO usage_day_model_category (release_key, day, model_key, category_key, weighting, ${columns}, ${squares}, ${costColumns})
     SELECT $1, ${day}, models.key, second, '${weighting}', ${values}, ${squareValues}, ${costValues} ${cells(60)} AND second <= 12`,
    `INSERT INTO usage_day_model_tag (release_key, day, model_key, tag_key, weighting, ${columns}, ${squares})
     SELECT $1, ${day}, models.key, second, '${weighting}', ${values}, ${squareValues} ${cells(90)} AND second <= 40`,
  ]),
  // Values of a big model lie in up to 240 buckets a day, those of the 300th in a dozen.
  `INSERT INTO histogram_day_model (release_key, day, model_key, kind, buckets, requests)
   SELECT $1, ${day}, models.key, kind, cells.buckets, cells.requests
   FROM generate_series(0, ${fullSize.days - 1}) AS day_number
   CROSS JOIN models
   CROSS JOIN unnest(ARRAY['PROMPT_TOKENS', 'COMPLETION_TOKENS', 'SEQUENCE_TOKENS', 'LATENCY_MS', 'TIME_TO_FIRST_TOKEN_MS']) AS kind
   CROSS JOIN LATERAL (
     SELECT array_agg(bucket::smallint ORDER BY bucket) AS buckets, array_agg((1 + 1000 * random())::bigint) AS requests
     FROM generate_series(150, 150 + (240 / sqrt(models.key))::integer) AS bucket
   ) AS cells
   WHERE models.release_key = $1 AND day_number >= (models.key * 7) % 200`,
  // Cohorts by month of all users, of each model and of each author; a part of the users goes in each month.
  `INSERT INTO retention_cohorts (release_key, grouping, entity_key, grain, cohort_start, users, stayed)
   SELECT $1, subjects.grouping, subjects.key, 'MONTH', cohort::date, cells.users, cells.stayed
   FROM (
     SELECT 'ALL' AS grouping, NULL::integer AS key, 1 AS rank
     UNION ALL SELECT 'MODEL', n, n FROM generate_series(1, ${fullSize.models}) AS n
     UNION ALL SELECT 'AUTHOR', n, n FROM generate_series(1, ${fullSize.authors}) AS n
   ) AS subjects
   CROSS JOIN generate_series(DATE '${fullSize.from}', DATE '${fullSize.from}' + ${fullSize.days - 1}, interval '1 month') AS cohort
   CROSS JOIN LATERAL (
     SELECT
       array_agg((100000 / subjects.rank / (1 + age))::integer ORDER BY age) AS users,
       array_agg(CASE age WHEN 0 THEN 0 ELSE (60000 / subjects.rank / (1 + age))::integer END ORDER BY age) AS stayed
     FROM generate_series(0, 12) AS age
     WHERE cohort + age * interval '1 month' < DATE '${fullSize.from}' + ${fullSize.days}
   ) AS cells`,
  `INSERT INTO release_rollups (release_key, name, version, sha256, table_name, rows, duration_ms)
   SELECT $1, 'retention_cohorts', 1, 'x', 'retention_cohorts', count(*), 0 FROM retention_cohorts WHERE release_key = $1`,
];
