import type pg from 'pg';

/** The coarser histograms of a release that was seeded with those of days and models, as its rollup merges them. */
export async function mergeHistograms(pool: pg.Pool, releaseKey: number): Promise<void> {
  const grains = {
    DAY: 'day',
    WEEK: `date_trunc('week', day)::date`,
    WEEK_SUNDAY: `date_trunc('week', day + 1)::date - 1`,
    MONTH: `date_trunc('month', day)::date`,
  };
  for (const [grain, day] of Object.entries(grains)) {
    if (grain !== 'DAY') await pool.query(merged(grain, 'MODEL', 'model_key', day), [releaseKey]);
    await pool.query(merged(grain, 'ALL', 'NULL::integer', day), [releaseKey]);
  }
}

function merged(grain: string, level: string, model: string, day: string): string {
  return `
    INSERT INTO histogram_day_model (release_key, grain, level, kind, model_key, day, buckets, requests)
    SELECT
      $1, '${grain}', '${level}', kind, model_key, day,
      array_agg(bucket ORDER BY bucket), array_agg(requests ORDER BY bucket)
    FROM (
      SELECT kind, ${model} AS model_key, ${day} AS day, cell.bucket, sum(cell.requests)::bigint AS requests
      FROM histogram_day_model AS histogram
        CROSS JOIN LATERAL unnest(histogram.buckets, histogram.requests) AS cell (bucket, requests)
      WHERE release_key = $1 AND grain = 'DAY' AND level = 'MODEL'
      GROUP BY 1, 2, 3, 4
    ) AS merged
    GROUP BY kind, model_key, day
    ORDER BY kind, model_key, day`;
}
