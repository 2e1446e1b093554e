/* usage from usage_day_model_country */
WITH
  base AS (
    SELECT
      usage.day AS period,
      countries.continent AS group_continent,
      usage.spend_usd AS sum_spend_usd
    FROM
      usage_day_model_country AS usage
      LEFT JOIN countries ON countries.release_key = $1
        AND countries.code = usage.country
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
      group_continent,
      sum(sum_spend_usd) AS sum_spend_usd
    FROM
      base
    GROUP BY
      1, 2, 3
  ),
  answer AS (
    SELECT
      grouped.*,
      grouped.sum_spend_usd AS measure_spend_usd,
      (grouped.sum_spend_usd / nullif(sum(grouped.sum_spend_usd) OVER (PARTITION BY grouped.period), 0))::double precision AS share_spend_usd
    FROM
      grouped
  )
SELECT
  count(*) OVER ()::text AS row_count,
  period::text AS period,
  others::text AS others,
  group_continent::text AS group_continent,
  measure_spend_usd::text AS measure_spend_usd,
  share_spend_usd::text AS share_spend_usd
FROM
  answer
ORDER BY
  answer.period ASC NULLS LAST, answer.others ASC NULLS LAST, answer.group_continent ASC NULLS LAST
LIMIT
  $7
OFFSET
  $8
