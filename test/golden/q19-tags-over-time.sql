/* usage from usage_day_model_tag */
WITH
  base AS (
    SELECT
      usage.day AS period,
      usage.tag_key AS group_tag,
      usage.total_tokens AS sum_total_tokens,
      usage.total_tokens_squares AS sum_total_tokens_squares
    FROM
      usage_day_model_tag AS usage
      LEFT JOIN tags ON tags.release_key = $1
        AND tags.key = usage.tag_key
    WHERE
      usage.release_key = $2
      AND usage.day >= $3::date
      AND usage.day < $4::date
      AND ((tags.category_key IN ($5)))
      AND usage.weighting = $6
      AND usage.level = $7
      AND usage.grain = $8
  ),
  grouped AS (
    SELECT
      period,
      FALSE AS others,
      group_tag,
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
      (grouped.sum_total_tokens / $9::numeric) AS measure_total_tokens,
      (grouped.sum_total_tokens / nullif(sum(grouped.sum_total_tokens) OVER (PARTITION BY grouped.period), 0))::double precision AS share_total_tokens,
      sqrt((1 - $10::double precision) * greatest((1 - 2 * (grouped.sum_total_tokens::double precision / nullif(sum(grouped.sum_total_tokens::double precision) OVER (PARTITION BY grouped.period), 0))) * grouped.sum_total_tokens_squares + (grouped.sum_total_tokens::double precision / nullif(sum(grouped.sum_total_tokens::double precision) OVER (PARTITION BY grouped.period), 0)) * (grouped.sum_total_tokens::double precision / nullif(sum(grouped.sum_total_tokens::double precision) OVER (PARTITION BY grouped.period), 0)) * sum(grouped.sum_total_tokens_squares) OVER (PARTITION BY grouped.period), 0)) / nullif(sum(grouped.sum_total_tokens::double precision) OVER (PARTITION BY grouped.period), 0) AS error_total_tokens
    FROM
      grouped
  )
SELECT
  count(*) OVER ()::text AS row_count,
  period::text AS period,
  others::text AS others,
  group_tag::text AS group_tag,
  measure_total_tokens::text AS measure_total_tokens,
  share_total_tokens::text AS share_total_tokens,
  error_total_tokens::text AS error_total_tokens
FROM
  answer
ORDER BY
  answer.period ASC NULLS LAST, answer.others ASC NULLS LAST, answer.group_tag ASC NULLS LAST
LIMIT
  $11
OFFSET
  $12
