/* usage from usage_day_model_category */
WITH
  base AS (
    SELECT
      usage.day AS period,
      models.author_key AS group_author,
      sum(usage.spend_usd) AS sum_spend_usd,
      sum(usage.spend_usd_squares) AS sum_spend_usd_squares
    FROM
      usage_day_model_category AS usage
      LEFT JOIN models ON models.release_key = $1
        AND models.key = usage.model_key
    WHERE
      usage.release_key = $2
      AND usage.day >= $3::date
      AND usage.day < $4::date
      AND ((usage.category_key IN ($5)))
      AND usage.weighting = $6
      AND usage.level = $7
      AND usage.grain = $8
    GROUP BY
      1, 2
  ),
  weighed AS (
    SELECT
      group_author,
      sum(sum_spend_usd) AS weight
    FROM
      base AS source
    WHERE
      group_author IS NOT NULL
    GROUP BY
      group_author
  ),
  top AS (
    SELECT
      weighed.*,
      row_number() OVER (ORDER BY weight DESC NULLS LAST, group_author) AS rank
    FROM
      weighed
  ),
  ranked AS (
    SELECT
      source.*,
      top.rank IS NULL AS others
    FROM
      base AS source
      LEFT JOIN top ON top.group_author = source.group_author AND top.rank <= $9
  ),
  grouped AS (
    SELECT
      period,
      others,
      CASE WHEN NOT others THEN group_author END AS group_author,
      sum(sum_spend_usd) AS sum_spend_usd,
      sum(sum_spend_usd_squares) AS sum_spend_usd_squares
    FROM
      ranked
    GROUP BY
      1, 2, 3
  ),
  answer AS (
    SELECT
      grouped.*,
      (grouped.sum_spend_usd / $10::numeric) AS measure_spend_usd,
      (grouped.sum_spend_usd / nullif(sum(grouped.sum_spend_usd) OVER (PARTITION BY grouped.period), 0))::double precision AS share_spend_usd,
      sqrt((1 - $11::double precision) * greatest((1 - 2 * (grouped.sum_spend_usd::double precision / nullif(sum(grouped.sum_spend_usd::double precision) OVER (PARTITION BY grouped.period), 0))) * grouped.sum_spend_usd_squares + (grouped.sum_spend_usd::double precision / nullif(sum(grouped.sum_spend_usd::double precision) OVER (PARTITION BY grouped.period), 0)) * (grouped.sum_spend_usd::double precision / nullif(sum(grouped.sum_spend_usd::double precision) OVER (PARTITION BY grouped.period), 0)) * sum(grouped.sum_spend_usd_squares) OVER (PARTITION BY grouped.period), 0)) / nullif(sum(grouped.sum_spend_usd::double precision) OVER (PARTITION BY grouped.period), 0) AS error_spend_usd
    FROM
      grouped
  )
SELECT
  count(*) OVER ()::text AS row_count,
  period::text AS period,
  others::text AS others,
  group_author::text AS group_author,
  measure_spend_usd::text AS measure_spend_usd,
  share_spend_usd::text AS share_spend_usd,
  error_spend_usd::text AS error_spend_usd
FROM
  answer
ORDER BY
  answer.period ASC NULLS LAST, answer.others ASC NULLS LAST, answer.group_author ASC NULLS LAST
LIMIT
  $12
OFFSET
  $13
