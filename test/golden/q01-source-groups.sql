/* usage from usage_day_model_provider */
WITH
  base AS (
    SELECT
      usage.day AS period,
      models.source_group AS group_source_group,
      usage.total_tokens AS sum_total_tokens
    FROM
      usage_day_model_provider AS usage
      LEFT JOIN models ON models.release_key = $1
        AND models.key = usage.model_key
    WHERE
      usage.release_key = $2
      AND usage.day >= $3::date
      AND usage.day < $4::date
      AND usage.level = $5
      AND usage.grain = $6
  ),
  grouped AS (
    SELECT
      period,
      FALSE AS others,
      group_source_group,
      sum(sum_total_tokens) AS sum_total_tokens
    FROM
      base
    GROUP BY
      1, 2, 3
  ),
  answer AS (
    SELECT
      grouped.*,
      grouped.sum_total_tokens AS measure_total_tokens,
      (grouped.sum_total_tokens / nullif(sum(grouped.sum_total_tokens) OVER (PARTITION BY grouped.period), 0))::double precision AS share_total_tokens
    FROM
      grouped
  )
SELECT
  count(*) OVER ()::text AS row_count,
  period::text AS period,
  others::text AS others,
  group_source_group::text AS group_source_group,
  measure_total_tokens::text AS measure_total_tokens,
  share_total_tokens::text AS share_total_tokens
FROM
  answer
ORDER BY
  answer.period ASC NULLS LAST, answer.others ASC NULLS LAST, answer.group_source_group ASC NULLS LAST
LIMIT
  $7
OFFSET
  $8
