/* usage from usage_day_model_provider */
WITH
  base AS (
    SELECT
      usage.day AS period,
      usage.model_key AS group_model,
      usage.tool_call_tokens AS sum_tool_call_tokens
    FROM
      usage_day_model_provider AS usage
    WHERE
      usage.release_key = $1
      AND usage.day >= $2::date
      AND usage.day < $3::date
      AND usage.level = $4
      AND usage.grain = $5
  ),
  weighed AS (
    SELECT
      group_model,
      sum(sum_tool_call_tokens) AS weight
    FROM
      base AS source
    WHERE
      group_model IS NOT NULL
    GROUP BY
      group_model
  ),
  top AS (
    SELECT
      weighed.*,
      row_number() OVER (ORDER BY weight DESC NULLS LAST, group_model) AS rank
    FROM
      weighed
  ),
  ranked AS (
    SELECT
      source.*,
      top.rank IS NULL AS others
    FROM
      base AS source
      LEFT JOIN top ON top.group_model = source.group_model AND top.rank <= $6
  ),
  grouped AS (
    SELECT
      period,
      others,
      CASE WHEN NOT others THEN group_model END AS group_model,
      sum(sum_tool_call_tokens) AS sum_tool_call_tokens
    FROM
      ranked
    WHERE
      NOT others
    GROUP BY
      1, 2, 3
  ),
  answer AS (
    SELECT
      grouped.*,
      grouped.sum_tool_call_tokens AS measure_tool_call_tokens,
      (grouped.sum_tool_call_tokens / nullif(sum(grouped.sum_tool_call_tokens) OVER (PARTITION BY grouped.period), 0))::double precision AS share_tool_call_tokens
    FROM
      grouped
  )
SELECT
  count(*) OVER ()::text AS row_count,
  period::text AS period,
  others::text AS others,
  group_model::text AS group_model,
  measure_tool_call_tokens::text AS measure_tool_call_tokens,
  share_tool_call_tokens::text AS share_tool_call_tokens
FROM
  answer
ORDER BY
  answer.period ASC NULLS LAST, answer.others ASC NULLS LAST, answer.group_model ASC NULLS LAST
LIMIT
  $7
OFFSET
  $8
