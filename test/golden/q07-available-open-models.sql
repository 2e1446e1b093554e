/* usage from usage_day_model_provider */
WITH
  base AS (
    SELECT
      usage.day AS period,
      models.size_class AS group_size,
      usage.model_key AS model_key
    FROM
      usage_day_model_provider AS usage
      LEFT JOIN models ON models.release_key = $1
        AND models.key = usage.model_key
    WHERE
      usage.release_key = $2
      AND usage.day >= $3::date
      AND usage.day < $4::date
      AND ((models.source IN ($5)))
      AND usage.level = $6
      AND usage.grain = $7
  ),
  grouped AS (
    SELECT
      period,
      FALSE AS others,
      group_size,
      count(DISTINCT model_key) AS models
    FROM
      base
    GROUP BY
      1, 2, 3
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
  $8
OFFSET
  $9
