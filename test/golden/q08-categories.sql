/* usage from usage_day_model_category */
WITH
  base AS (
    SELECT
      usage.day AS period,
      usage.category_key AS group_category,
      usage.total_tokens AS sum_total_tokens,
      usage.total_tokens_squares AS sum_total_tokens_squares
    FROM
      usage_day_model_category AS usage
    WHERE
      usage.release_key = $1
      AND usage.day >= $2::date
      AND usage.day < $3::date
      AND usage.weighting = $4
      AND usage.level = $5
      AND usage.grain = $6
  ),
  grouped AS (
    SELECT
      period,
      FALSE AS others,
      group_category,
      sum(sum_total_tokens) AS sum_total_tokens,
      sum(sum_total_tokens_squares) AS sum_total_tokens_squares
    FROM
      base
    GROUP BY
      1, 2, 3
  ),
  answer AS (
    SELECT
      grouped.*,
      (grouped.sum_total_tokens / $7::numeric) AS measure_total_tokens,
      (grouped.sum_total_tokens / nullif(sum(grouped.sum_total_tokens) OVER (PARTITION BY grouped.period), 0))::double precision AS share_total_tokens,
      sqrt((1 - $8::double precision) * greatest((1 - 2 * (grouped.sum_total_tokens::double precision / nullif(sum(grouped.sum_total_tokens::double precision) OVER (PARTITION BY grouped.period), 0))) * grouped.sum_total_tokens_squares + (grouped.sum_total_tokens::double precision / nullif(sum(grouped.sum_total_tokens::double precision) OVER (PARTITION BY grouped.period), 0)) * (grouped.sum_total_tokens::double precision / nullif(sum(grouped.sum_total_tokens::double precision) OVER (PARTITION BY grouped.period), 0)) * sum(grouped.sum_total_tokens_squares) OVER (PARTITION BY grouped.period), 0)) / nullif(sum(grouped.sum_total_tokens::double precision) OVER (PARTITION BY grouped.period), 0) AS error_total_tokens
    FROM
      grouped
  )
SELECT
  count(*) OVER ()::text AS row_count,
  period::text AS period,
  others::text AS others,
  group_category::text AS group_category,
  measure_total_tokens::text AS measure_total_tokens,
  share_total_tokens::text AS share_total_tokens,
  error_total_tokens::text AS error_total_tokens
FROM
  answer
ORDER BY
  answer.period ASC NULLS LAST, answer.others ASC NULLS LAST, answer.group_category ASC NULLS LAST
LIMIT
  $9
OFFSET
  $10
