/* usage from usage_day_model_country */
WITH
  base AS (
    SELECT
      NULL::date AS period,
      countries.continent AS group_continent,
      usage.total_tokens AS sum_total_tokens
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
      sum(sum_total_tokens) AS sum_total_tokens
    FROM
      base
    GROUP BY
      1, 2, 3
  ),
  answer AS (
    SELECT
      grouped.*,
      grouped.sum_total_tokens AS measure_total_tokens,
      (grouped.sum_total_tokens / nullif(sum(grouped.sum_total_tokens) OVER (), 0))::double precision AS share_total_tokens
    FROM
      grouped
  )
SELECT
  count(*) OVER ()::text AS row_count,
  others::text AS others,
  group_continent::text AS group_continent,
  measure_total_tokens::text AS measure_total_tokens,
  share_total_tokens::text AS share_total_tokens
FROM
  answer
ORDER BY
  answer.measure_total_tokens DESC NULLS LAST, answer.others ASC NULLS LAST, answer.group_continent ASC NULLS LAST
LIMIT
  $7
OFFSET
  $8

/* usage from usage_day_model_country */
WITH
  base AS (
    SELECT
      NULL::date AS period,
      usage.country AS group_country,
      sum(usage.total_tokens) AS sum_total_tokens
    FROM
      usage_day_model_country AS usage
    WHERE
      usage.release_key = $1
      AND usage.day >= $2::date
      AND usage.day < $3::date
      AND usage.level = $4
      AND usage.grain = $5
    GROUP BY
      1, 2
  ),
  weighed AS (
    SELECT
      group_country,
      sum(sum_total_tokens) AS weight
    FROM
      base AS source
    WHERE
      group_country IS NOT NULL
    GROUP BY
      group_country
  ),
  top AS (
    SELECT
      weighed.*,
      row_number() OVER (ORDER BY weight DESC NULLS LAST, group_country) AS rank
    FROM
      weighed
  ),
  ranked AS (
    SELECT
      source.*,
      top.rank IS NULL AS others
    FROM
      base AS source
      LEFT JOIN top ON top.group_country = source.group_country AND top.rank <= $6
  ),
  grouped AS (
    SELECT
      period,
      others,
      CASE WHEN NOT others THEN group_country END AS group_country,
      sum(sum_total_tokens) AS sum_total_tokens
    FROM
      ranked
    GROUP BY
      1, 2, 3
  ),
  answer AS (
    SELECT
      grouped.*,
      grouped.sum_total_tokens AS measure_total_tokens,
      (grouped.sum_total_tokens / nullif(sum(grouped.sum_total_tokens) OVER (), 0))::double precision AS share_total_tokens
    FROM
      grouped
  )
SELECT
  count(*) OVER ()::text AS row_count,
  others::text AS others,
  group_country::text AS group_country,
  measure_total_tokens::text AS measure_total_tokens,
  share_total_tokens::text AS share_total_tokens
FROM
  answer
ORDER BY
  answer.measure_total_tokens DESC NULLS LAST, answer.others ASC NULLS LAST, answer.group_country ASC NULLS LAST
LIMIT
  $7
OFFSET
  $8

/* usage from usage_day_model_language */
WITH
  base AS (
    SELECT
      NULL::date AS period,
      usage.language AS group_language,
      sum(usage.total_tokens) AS sum_total_tokens
    FROM
      usage_day_model_language AS usage
    WHERE
      usage.release_key = $1
      AND usage.day >= $2::date
      AND usage.day < $3::date
      AND usage.level = $4
      AND usage.grain = $5
    GROUP BY
      1, 2
  ),
  weighed AS (
    SELECT
      group_language,
      sum(sum_total_tokens) AS weight
    FROM
      base AS source
    WHERE
      group_language IS NOT NULL
    GROUP BY
      group_language
  ),
  top AS (
    SELECT
      weighed.*,
      row_number() OVER (ORDER BY weight DESC NULLS LAST, group_language) AS rank
    FROM
      weighed
  ),
  ranked AS (
    SELECT
      source.*,
      top.rank IS NULL AS others
    FROM
      base AS source
      LEFT JOIN top ON top.group_language = source.group_language AND top.rank <= $6
  ),
  grouped AS (
    SELECT
      period,
      others,
      CASE WHEN NOT others THEN group_language END AS group_language,
      sum(sum_total_tokens) AS sum_total_tokens
    FROM
      ranked
    GROUP BY
      1, 2, 3
  ),
  answer AS (
    SELECT
      grouped.*,
      grouped.sum_total_tokens AS measure_total_tokens,
      (grouped.sum_total_tokens / nullif(sum(grouped.sum_total_tokens) OVER (), 0))::double precision AS share_total_tokens
    FROM
      grouped
  )
SELECT
  count(*) OVER ()::text AS row_count,
  others::text AS others,
  group_language::text AS group_language,
  measure_total_tokens::text AS measure_total_tokens,
  share_total_tokens::text AS share_total_tokens
FROM
  answer
ORDER BY
  answer.measure_total_tokens DESC NULLS LAST, answer.others ASC NULLS LAST, answer.group_language ASC NULLS LAST
LIMIT
  $7
OFFSET
  $8
