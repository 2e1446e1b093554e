/* usage from usage_day_model_tag */
WITH
  base AS (
    SELECT
      0 AS epoch,
      TRUE AS real,
      usage.day AS period,
      usage.tag_key AS group_tag,
      sum(usage.total_tokens) AS sum_total_tokens,
      sum(usage.total_tokens_squares) AS sum_total_tokens_squares,
      sum(usage.requests) AS sum_requests
    FROM
      usage_day_model_tag AS usage
      LEFT JOIN tags ON tags.release_key = usage.release_key
        AND tags.key = usage.tag_key
    WHERE
      usage.release_key = $1
      AND usage.day >= $2::date
      AND usage.day < $3::date
      AND ((tags.category_key IN ($4)))
      AND usage.weighting = $5
      AND usage.level = $6
      AND usage.grain = $7
    GROUP BY
      2, 3, 4
  ),
  grouped AS (
    SELECT
      period,
      FALSE AS others,
      group_tag,
      bool_or(real AND epoch = 0) AS used,
      sum(sum_total_tokens) FILTER (WHERE epoch = 0) AS sum_total_tokens,
      sum(sum_total_tokens_squares) FILTER (WHERE epoch = 0) AS sum_total_tokens_squares,
      sum(sum_requests) FILTER (WHERE epoch = 0) AS sum_requests
    FROM
      base
    GROUP BY
      1, 2, 3
    HAVING
      bool_or(epoch = 0)
  ),
  answer AS (
    SELECT
      grouped.*,
      (grouped.sum_total_tokens / $8::numeric) AS measure_total_tokens,
      (grouped.sum_total_tokens / nullif(sum(grouped.sum_total_tokens) OVER (PARTITION BY grouped.period), 0))::double precision AS share_total_tokens,
      sqrt((1 - $9::double precision) * greatest((1 - 2 * (grouped.sum_total_tokens::double precision / nullif(sum(grouped.sum_total_tokens::double precision) OVER (PARTITION BY grouped.period), 0))) * grouped.sum_total_tokens_squares + (grouped.sum_total_tokens::double precision / nullif(sum(grouped.sum_total_tokens::double precision) OVER (PARTITION BY grouped.period), 0)) * (grouped.sum_total_tokens::double precision / nullif(sum(grouped.sum_total_tokens::double precision) OVER (PARTITION BY grouped.period), 0)) * sum(grouped.sum_total_tokens_squares) OVER (PARTITION BY grouped.period), 0)) / nullif(sum(grouped.sum_total_tokens::double precision) OVER (PARTITION BY grouped.period), 0) AS error_total_tokens
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
  $10
OFFSET
  $11
