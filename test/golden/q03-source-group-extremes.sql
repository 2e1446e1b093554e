/* usage from usage_day_model_provider */
WITH
  base AS (
    SELECT
      0 AS epoch,
      TRUE AS real,
      usage.day AS period,
      models.source_group AS group_source_group,
      sum(usage.total_tokens) AS sum_total_tokens
    FROM
      usage_day_model_provider AS usage
      LEFT JOIN models ON models.release_key = usage.release_key
        AND models.key = usage.model_key
    WHERE
      usage.release_key = $1
      AND usage.day >= $2::date
      AND usage.day < $3::date
      AND usage.level = $4
      AND usage.grain = $5
    GROUP BY
      2, 3, 4
  ),
  filled AS (
    SELECT * FROM base
    UNION ALL
    SELECT
      0, FALSE, spine.period::date, group_source_group, NULL::numeric
    FROM
      generate_series($6::date, $7::date, interval '7 days') AS spine (period)
      CROSS JOIN (SELECT DISTINCT group_source_group FROM base WHERE epoch = 0) AS known
  ),
  grouped AS (
    SELECT
      period,
      FALSE AS others,
      group_source_group,
      bool_or(real AND epoch = 0) AS used,
      sum(sum_total_tokens) FILTER (WHERE epoch = 0) AS sum_total_tokens
    FROM
      filled
    GROUP BY
      1, 2, 3
    HAVING
      bool_or(epoch = 0)
  ),
  answer AS (
    SELECT
      grouped.*,
      CASE WHEN grouped.used OR grouped.period < $8::date OR grouped.period >= $9::date THEN grouped.sum_total_tokens ELSE 0 END AS measure_total_tokens,
      (grouped.sum_total_tokens / nullif(sum(grouped.sum_total_tokens) OVER (PARTITION BY grouped.period), 0))::double precision AS share_total_tokens
    FROM
      grouped
  )
SELECT
  count(*) OVER ()::text AS row_count,
  period::text AS period,
  others::text AS others,
  group_source_group::text AS group_source_group,
  share_total_tokens::text AS share_total_tokens
FROM
  answer
ORDER BY
  answer.period ASC NULLS LAST, answer.others ASC NULLS LAST, answer.group_source_group ASC NULLS LAST
LIMIT
  $10
OFFSET
  $11
