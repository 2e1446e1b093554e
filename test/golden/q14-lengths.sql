/* usage from usage_day_model_provider */
WITH
  base AS (
    SELECT
      usage.day AS period,
      usage.prompt_tokens AS sum_prompt_tokens,
      usage.requests AS sum_requests,
      usage.completion_tokens AS sum_completion_tokens,
      usage.reasoning_tokens AS sum_reasoning_tokens,
      usage.total_tokens AS sum_total_tokens
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
      sum(sum_prompt_tokens) AS sum_prompt_tokens,
      sum(sum_requests) AS sum_requests,
      sum(sum_completion_tokens) AS sum_completion_tokens,
      sum(sum_reasoning_tokens) AS sum_reasoning_tokens,
      sum(sum_total_tokens) AS sum_total_tokens
    FROM
      base
    GROUP BY
      1, 2
  ),
  answer AS (
    SELECT
      grouped.*,
      (grouped.sum_prompt_tokens / nullif(grouped.sum_requests, 0) * 1)::double precision AS measure_mean_prompt_tokens,
      (grouped.sum_completion_tokens / nullif(grouped.sum_requests, 0) * 1)::double precision AS measure_mean_completion_tokens,
      (grouped.sum_reasoning_tokens / nullif(grouped.sum_requests, 0) * 1)::double precision AS measure_mean_reasoning_tokens,
      (grouped.sum_total_tokens / nullif(grouped.sum_requests, 0) * 1)::double precision AS measure_mean_sequence_tokens,
      grouped.sum_requests AS measure_requests
    FROM
      grouped
  )
SELECT
  count(*) OVER ()::text AS row_count,
  period::text AS period,
  others::text AS others,
  measure_mean_prompt_tokens::text AS measure_mean_prompt_tokens,
  measure_mean_completion_tokens::text AS measure_mean_completion_tokens,
  measure_mean_reasoning_tokens::text AS measure_mean_reasoning_tokens,
  measure_mean_sequence_tokens::text AS measure_mean_sequence_tokens,
  measure_requests::text AS measure_requests
FROM
  answer
ORDER BY
  answer.period ASC NULLS LAST, answer.others ASC NULLS LAST
LIMIT
  $6
OFFSET
  $7
