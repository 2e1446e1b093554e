/* usage from usage_day_model_category */
WITH
  base AS (
    SELECT
      usage.day AS period,
      usage.total_tokens AS sum_total_tokens,
      usage.requests AS sum_requests,
      usage.total_tokens_squares AS sum_total_tokens_squares
    FROM
      usage_day_model_category AS usage
    WHERE
      usage.release_key = $1
      AND usage.day >= $2::date
      AND usage.day < $3::date
      AND ((usage.category_key IN ($4)))
      AND usage.weighting = $5
      AND usage.level = $6
      AND usage.grain = $7
  ),
  grouped AS (
    SELECT
      period,
      FALSE AS others,
      sum(sum_total_tokens) AS sum_total_tokens,
      sum(sum_requests) AS sum_requests,
      sum(sum_total_tokens_squares) AS sum_total_tokens_squares
    FROM
      base
    GROUP BY
      1, 2
  ),
  answer AS (
    SELECT
      grouped.*,
      (grouped.sum_total_tokens / nullif(grouped.sum_requests, 0) * 1)::double precision AS measure_mean_sequence_tokens,
      sqrt((1 - $8::double precision) * greatest(grouped.sum_total_tokens_squares - grouped.sum_total_tokens::double precision * grouped.sum_total_tokens::double precision / nullif(grouped.sum_requests::double precision, 0), 0) / nullif(grouped.sum_requests::double precision - 1, 0) / nullif(grouped.sum_requests::double precision, 0)) AS error_mean_sequence_tokens
    FROM
      grouped
  )
SELECT
  count(*) OVER ()::text AS row_count,
  period::text AS period,
  others::text AS others,
  measure_mean_sequence_tokens::text AS measure_mean_sequence_tokens,
  error_mean_sequence_tokens::text AS error_mean_sequence_tokens
FROM
  answer
ORDER BY
  answer.period ASC NULLS LAST, answer.others ASC NULLS LAST
LIMIT
  $9
OFFSET
  $10

/* usage from usage_day_model_provider */
WITH
  base AS (
    SELECT
      usage.day AS period,
      usage.total_tokens AS sum_total_tokens,
      usage.requests AS sum_requests
    FROM
      usage_day_model_provider AS usage
    WHERE
      usage.release_key = $1
      AND usage.day >= $2::date
      AND usage.day < $3::date
      AND usage.level = $4
      AND usage.grain = $5
  ),
  grouped AS (
    SELECT
      period,
      FALSE AS others,
      sum(sum_total_tokens) AS sum_total_tokens,
      sum(sum_requests) AS sum_requests
    FROM
      base
    GROUP BY
      1, 2
  ),
  answer AS (
    SELECT
      grouped.*,
      (grouped.sum_total_tokens / nullif(grouped.sum_requests, 0) * 1)::double precision AS measure_mean_sequence_tokens
    FROM
      grouped
  )
SELECT
  count(*) OVER ()::text AS row_count,
  period::text AS period,
  others::text AS others,
  measure_mean_sequence_tokens::text AS measure_mean_sequence_tokens
FROM
  answer
ORDER BY
  answer.period ASC NULLS LAST, answer.others ASC NULLS LAST
LIMIT
  $6
OFFSET
  $7
