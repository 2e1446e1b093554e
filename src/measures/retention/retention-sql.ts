import sql, { empty, join, raw, type Sql } from 'sql-template-tag';
import type { Day } from '../periods.ts';
import { retentionLimits, type RetentionGrain, type RetentionQuery } from './retention-query.ts';

/** Cohorts of the subjects with these keys; of the whole data set without keys. One more row than is allowed. */
export function cohortsSql(query: RetentionQuery, keys: readonly number[]): Sql {
  return sql`${allCohortsSql(query, keys)}
LIMIT
  ${retentionLimits.cohorts + 1}`;
}

/** Any number of them; without keys those of every subject of the grouping. */
export function allCohortsSql(query: RetentionQuery, keys: readonly number[] | null = null): Sql {
  const { release, calendar, grouping, from, to } = query;
  return sql`
SELECT
  entity_key::text,
  cohort_start::text,
  users::text,
  stayed::text
FROM
  retention_cohorts AS cohorts
WHERE
  release_key = ${release.key}
  AND grain = ${calendar.grain}
  AND cohorts.grouping = ${grouping}${
    grouping === 'ALL' || keys === null
      ? empty
      : sql`
  AND entity_key IN (${join(keys)})`
  }${
    from === null
      ? empty
      : sql`
  AND cohort_start >= ${from}::date`
  }${
    to === null
      ? empty
      : sql`
  AND cohort_start < ${to}::date`
  }
ORDER BY
  entity_key,
  cohort_start`;
}

/** A checked question for subjects ranked by their retention at one age. */
export interface RankingQuery {
  readonly release: RetentionQuery['release'];
  readonly grouping: 'MODEL' | 'AUTHOR';
  readonly grain: RetentionGrain;
  readonly age: number;
  readonly from: Day | null;
  readonly to: Day | null;
  readonly minimumSize: number;
  readonly leftCensored: boolean;
  readonly rows: number;
}

/** Constants: nothing of a user's goes into them. */
const periodLengths = {
  DAY: raw(`interval '1 day'`),
  WEEK: raw(`interval '7 days'`),
  MONTH: raw(`interval '1 month'`),
} as const;

/** At the age, the cohorts of each subject together whose period is whole; counts beyond the end of a row are 0. */
export function rankingSql(query: RankingQuery): Sql {
  const { release, grouping, grain, age, from, to, minimumSize, leftCensored, rows } = query;
  const uncensored = sql`
    AND (date_trunc(${grain.toLowerCase()}, ${release.periodFrom}::date) < cohort_start${
      grouping === 'MODEL' ? sql` OR models.release_date >= ${release.periodFrom}::date` : empty
    })`;
  return sql`
WITH
  known AS (
    SELECT
      entity_key,
      users[1] AS size,
      CASE WHEN cardinality(users) > ${age} THEN users[${age + 1}] ELSE 0 END AS users
    FROM
      retention_cohorts AS cohorts${
        grouping === 'MODEL' && !leftCensored
          ? sql`
      LEFT JOIN models ON models.release_key = cohorts.release_key AND models.key = cohorts.entity_key`
          : empty
      }
    WHERE
      cohorts.release_key = ${release.key}
      AND grain = ${grain}
      AND cohorts.grouping = ${grouping}
      AND cardinality(users) > 0
      AND cohort_start >= ${release.periodFrom}::date
      AND cohort_start + ${age + 1} * ${periodLengths[grain]} <= ${release.periodTo}::date${
        leftCensored ? empty : uncensored
      }${
        from === null
          ? empty
          : sql`
      AND cohort_start >= ${from}::date`
      }${
        to === null
          ? empty
          : sql`
      AND cohort_start < ${to}::date`
      }
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
  size >= ${minimumSize}
ORDER BY
  users::double precision / size DESC,
  size DESC,
  entity_key
LIMIT
  ${rows}`;
}
