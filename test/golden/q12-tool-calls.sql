/* usage from usage_day_model_provider */
WITH
  base AS (
    SELECT
      usage.day AS period,
      usage.tool_call_tokens AS sum_tool_call_tokens,
      usage.total_tokens AS sum_total_tokens,
      usage.tool_call_requests AS sum_tool_call_requests,
      usage.tools_offered_requests AS sum_tools_offered_requests,
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
      sum(sum_tool_call_tokens) AS sum_tool_call_tokens,
      sum(sum_total_tokens) AS sum_total_tokens,
      sum(sum_tool_call_requests) AS sum_tool_call_requests,
      sum(sum_tools_offered_requests) AS sum_tools_offered_requests,
      sum(sum_requests) AS sum_requests
    FROM
      base
    GROUP BY
      1, 2
  ),
  answer AS (
    SELECT
      grouped.*,
      grouped.sum_tool_call_tokens AS measure_tool_call_tokens,
      grouped.sum_total_tokens AS measure_total_tokens,
      grouped.sum_tool_call_requests AS measure_tool_call_requests,
      grouped.sum_tools_offered_requests AS measure_tools_offered_requests,
      grouped.sum_requests AS measure_requests
    FROM
      grouped
  )
SELECT
  count(*) OVER ()::text AS row_count,
  period::text AS period,
  others::text AS others,
  measure_tool_call_tokens::text AS measure_tool_call_tokens,
  measure_total_tokens::text AS measure_total_tokens,
  measure_tool_call_requests::text AS measure_tool_call_requests,
  measure_tools_offered_requests::text AS measure_tools_offered_requests,
  measure_requests::text AS measure_requests
FROM
  answer
ORDER BY
  answer.period ASC NULLS LAST, answer.others ASC NULLS LAST
LIMIT
  $6
OFFSET
  $7
