/* usage from usage_day_model_category */
WITH
  base AS (
    SELECT
      usage.day AS period,
      usage.category_key AS group_category,
      usage.prompt_tokens AS sum_prompt_tokens,
      usage.requests AS sum_requests,
      usage.prompt_tokens_squares AS sum_prompt_tokens_squares
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
      sum(sum_prompt_tokens) AS sum_prompt_tokens,
      sum(sum_requests) AS sum_requests,
      sum(sum_prompt_tokens_squares) AS sum_prompt_tokens_squares
    FROM
      base
    GROUP BY
      1, 2, 3
  ),
  answer AS (
    SELECT
      grouped.*,
      (grouped.sum_prompt_tokens / nullif(grouped.sum_requests, 0) * 1)::double precision AS measure_mean_prompt_tokens,
      (grouped.sum_requests / $7::numeric) AS measure_requests,
      sqrt((1 - $8::double precision) * greatest(grouped.sum_prompt_tokens_squares - grouped.sum_prompt_tokens::double precision * grouped.sum_prompt_tokens::double precision / nullif(grouped.sum_requests::double precision, 0), 0) / nullif(grouped.sum_requests::double precision - 1, 0) / nullif(grouped.sum_requests::double precision, 0)) AS error_mean_prompt_tokens
    FROM
      grouped
  )
SELECT
  count(*) OVER ()::text AS row_count,
  period::text AS period,
  others::text AS others,
  group_category::text AS group_category,
  measure_mean_prompt_tokens::text AS measure_mean_prompt_tokens,
  measure_requests::text AS measure_requests,
  error_mean_prompt_tokens::text AS error_mean_prompt_tokens
FROM
  answer
ORDER BY
  answer.period ASC NULLS LAST, answer.others ASC NULLS LAST, answer.group_category ASC NULLS LAST
LIMIT
  $9
OFFSET
  $10
