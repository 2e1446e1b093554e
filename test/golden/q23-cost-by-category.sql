/* usage from usage_day_model_category */
WITH
  base AS (
    SELECT
      NULL::date AS period,
      usage.category_key AS group_category,
      usage.requests AS sum_requests,
      usage.byok_requests AS sum_byok_requests,
      usage.prompt_tokens AS sum_prompt_tokens,
      usage.completion_tokens AS sum_completion_tokens,
      usage.total_tokens AS sum_total_tokens,
      usage.byok_tokens AS sum_byok_tokens,
      usage.billed_tokens AS sum_billed_tokens,
      usage.billed_spend_usd AS sum_billed_spend_usd,
      usage.estimated_tokens AS sum_estimated_tokens,
      usage.estimated_spend_usd AS sum_estimated_spend_usd,
      usage.listed_tokens AS sum_listed_tokens,
      usage.listed_spend_usd AS sum_listed_spend_usd,
      usage.list_cost_usd AS sum_list_cost_usd,
      usage.free_requests AS sum_free_requests,
      usage.free_tokens AS sum_free_tokens,
      usage.free_billed_tokens AS sum_free_billed_tokens,
      usage.free_billed_spend_usd AS sum_free_billed_spend_usd,
      usage.free_estimated_tokens AS sum_free_estimated_tokens,
      usage.unsplit_tokens AS sum_unsplit_tokens
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
      sum(sum_requests) AS sum_requests,
      sum(sum_byok_requests) AS sum_byok_requests,
      sum(sum_prompt_tokens) AS sum_prompt_tokens,
      sum(sum_completion_tokens) AS sum_completion_tokens,
      sum(sum_total_tokens) AS sum_total_tokens,
      sum(sum_byok_tokens) AS sum_byok_tokens,
      sum(sum_billed_tokens) AS sum_billed_tokens,
      sum(sum_billed_spend_usd) AS sum_billed_spend_usd,
      sum(sum_estimated_tokens) AS sum_estimated_tokens,
      sum(sum_estimated_spend_usd) AS sum_estimated_spend_usd,
      sum(sum_listed_tokens) AS sum_listed_tokens,
      sum(sum_listed_spend_usd) AS sum_listed_spend_usd,
      sum(sum_list_cost_usd) AS sum_list_cost_usd,
      sum(sum_free_requests) AS sum_free_requests,
      sum(sum_free_tokens) AS sum_free_tokens,
      sum(sum_free_billed_tokens) AS sum_free_billed_tokens,
      sum(sum_free_billed_spend_usd) AS sum_free_billed_spend_usd,
      sum(sum_free_estimated_tokens) AS sum_free_estimated_tokens,
      sum(sum_unsplit_tokens) AS sum_unsplit_tokens
    FROM
      base
    GROUP BY
      1, 2, 3
  ),
  answer AS (
    SELECT
      grouped.*,
      (grouped.sum_requests / $7::numeric) AS measure_cost_requests,
      (grouped.sum_byok_requests / $8::numeric) AS measure_cost_byok_requests,
      (grouped.sum_prompt_tokens / $9::numeric) AS measure_cost_prompt_tokens,
      (grouped.sum_completion_tokens / $10::numeric) AS measure_cost_completion_tokens,
      (grouped.sum_total_tokens / $11::numeric) AS measure_cost_total_tokens,
      (grouped.sum_byok_tokens / $12::numeric) AS measure_cost_byok_tokens,
      (grouped.sum_billed_tokens / $13::numeric) AS measure_cost_billed_tokens,
      (grouped.sum_billed_spend_usd / $14::numeric) AS measure_cost_billed_spend_usd,
      (grouped.sum_estimated_tokens / $15::numeric) AS measure_cost_estimated_tokens,
      (grouped.sum_estimated_spend_usd / $16::numeric) AS measure_cost_estimated_spend_usd,
      (grouped.sum_listed_tokens / $17::numeric) AS measure_cost_listed_tokens,
      (grouped.sum_listed_spend_usd / $18::numeric) AS measure_cost_listed_spend_usd,
      (grouped.sum_list_cost_usd / $19::numeric) AS measure_cost_list_cost_usd,
      (grouped.sum_free_requests / $20::numeric) AS measure_cost_free_requests,
      (grouped.sum_free_tokens / $21::numeric) AS measure_cost_free_tokens,
      (grouped.sum_free_billed_tokens / $22::numeric) AS measure_cost_free_billed_tokens,
      (grouped.sum_free_billed_spend_usd / $23::numeric) AS measure_cost_free_billed_spend_usd,
      (grouped.sum_free_estimated_tokens / $24::numeric) AS measure_cost_free_estimated_tokens,
      (grouped.sum_unsplit_tokens / $25::numeric) AS measure_cost_unsplit_tokens
    FROM
      grouped
  )
SELECT
  count(*) OVER ()::text AS row_count,
  others::text AS others,
  group_category::text AS group_category,
  measure_cost_requests::text AS measure_cost_requests,
  measure_cost_byok_requests::text AS measure_cost_byok_requests,
  measure_cost_prompt_tokens::text AS measure_cost_prompt_tokens,
  measure_cost_completion_tokens::text AS measure_cost_completion_tokens,
  measure_cost_total_tokens::text AS measure_cost_total_tokens,
  measure_cost_byok_tokens::text AS measure_cost_byok_tokens,
  measure_cost_billed_tokens::text AS measure_cost_billed_tokens,
  measure_cost_billed_spend_usd::text AS measure_cost_billed_spend_usd,
  measure_cost_estimated_tokens::text AS measure_cost_estimated_tokens,
  measure_cost_estimated_spend_usd::text AS measure_cost_estimated_spend_usd,
  measure_cost_listed_tokens::text AS measure_cost_listed_tokens,
  measure_cost_listed_spend_usd::text AS measure_cost_listed_spend_usd,
  measure_cost_list_cost_usd::text AS measure_cost_list_cost_usd,
  measure_cost_free_requests::text AS measure_cost_free_requests,
  measure_cost_free_tokens::text AS measure_cost_free_tokens,
  measure_cost_free_billed_tokens::text AS measure_cost_free_billed_tokens,
  measure_cost_free_billed_spend_usd::text AS measure_cost_free_billed_spend_usd,
  measure_cost_free_estimated_tokens::text AS measure_cost_free_estimated_tokens,
  measure_cost_unsplit_tokens::text AS measure_cost_unsplit_tokens
FROM
  answer
ORDER BY
  answer.others ASC NULLS LAST, answer.group_category ASC NULLS LAST
LIMIT
  $26
OFFSET
  $27
