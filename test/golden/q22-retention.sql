/* retention cohorts */
SELECT
  entity_key::text,
  cohort_start::text,
  users::text,
  stayed::text
FROM
  retention_cohorts AS cohorts
WHERE
  release_key = $1
  AND grain = $2
  AND cohorts.grouping = $3
ORDER BY
  entity_key,
  cohort_start
LIMIT
  $4

/* retention ranking */
WITH
  known AS (
    SELECT
      entity_key,
      users[1] AS size,
      CASE WHEN cardinality(users) > $1 THEN users[$2] ELSE 0 END AS users
    FROM
      retention_cohorts AS cohorts
      LEFT JOIN models ON models.release_key = cohorts.release_key AND models.key = cohorts.entity_key
    WHERE
      cohorts.release_key = $3
      AND grain = $4
      AND cohorts.grouping = $5
      AND cardinality(users) > 0
      AND cohort_start >= $6::date
      AND cohort_start + $7 * interval '1 month' <= $8::date
    AND (date_trunc($9, $10::date) < cohort_start OR models.release_date >= $11::date)
  ),
  pooled AS (
    SELECT
      entity_key,
      count(users) AS cohorts,
      count(*) - count(users) AS withheld,
      sum(size) FILTER (WHERE users IS NOT NULL) AS size,
      sum(users) AS users
    FROM
      known
    GROUP BY
      entity_key
  )
SELECT
  entity_key::text,
  cohorts::text,
  withheld::text,
  size::text,
  users::text,
  count(*) OVER ()::text AS row_count
FROM
  pooled
WHERE
  size >= $12
ORDER BY
  users::double precision / size DESC,
  size DESC,
  entity_key
LIMIT
  $13
