/* usage from usage_day_model_provider */
WITH
  base AS (
    SELECT
      NULL::date AS period,
      models.author_key AS group_author,
      sum(usage.total_tokens) AS sum_total_tokens
    FROM
      usage_day_model_provider AS usage
      LEFT JOIN models ON models.release_key = $1
        AND models.key = usage.model_key
    WHERE
      usage.release_key = $2
      AND usage.day >= $3::date
      AND usage.day < $4::date
      AND ((models.source IN ($5)))
      AND usage.level = $6
      AND usage.grain = $7
    GROUP BY
      1, 2
  ),
  weighed AS (
    SELECT
      group_author,
      sum(sum_total_tokens) AS weight
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
      LEFT JOIN top ON top.group_author = source.group_author AND top.rank <= $8
  ),
  grouped AS (
    SELECT
      period,
      others,
      CASE WHEN NOT others THEN group_author END AS group_author,
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
  group_author::text AS group_author,
  measure_total_tokens::text AS measure_total_tokens,
  share_total_tokens::text AS share_total_tokens
FROM
  answer
ORDER BY
  answer.measure_total_tokens DESC NULLS LAST, answer.others ASC NULLS LAST, answer.group_author ASC NULLS LAST
LIMIT
  $9
OFFSET
  $10
