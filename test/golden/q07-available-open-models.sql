/* usage from usage_day_model_provider */
WITH
  base AS (
    SELECT
      0 AS epoch,
      TRUE AS real,
      usage.day AS period,
      models.size_class AS group_size,
      usage.model_key AS model_key
    FROM
      usage_day_model_provider AS usage
      LEFT JOIN models ON models.release_key = usage.release_key
        AND models.key = usage.model_key
    WHERE
      usage.release_key = $1
      AND usage.day >= $2::date
      AND usage.day < $3::date
      AND ((models.source IN ($4)))
      AND usage.level = $5
      AND usage.grain = $6
    GROUP BY
      2, 3, 4, 5
  ),
  grouped AS (
    SELECT
      period,
      FALSE AS others,
      group_size,
      bool_or(real AND epoch = 0) AS used,
      count(DISTINCT model_key) FILTER (WHERE epoch = 0) AS models, count(DISTINCT model_key) FILTER (WHERE epoch = 1) AS base_models
    FROM
      base
    GROUP BY
      1, 2, 3
    HAVING
      bool_or(epoch = 0)
  ),
  answer AS (
    SELECT
      grouped.*,
      grouped.models AS measure_distinct_models
    FROM
      grouped
  )
SELECT
  count(*) OVER ()::text AS row_count,
  period::text AS period,
  others::text AS others,
  group_size::text AS group_size,
  measure_distinct_models::text AS measure_distinct_models
FROM
  answer
ORDER BY
  answer.period ASC NULLS LAST, answer.others ASC NULLS LAST, answer.group_size ASC NULLS LAST
LIMIT
  $7
OFFSET
  $8
