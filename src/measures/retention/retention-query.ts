import { AtlasError } from '../../errors.ts';
import type { Calendar, Day } from '../periods.ts';
import type { Release } from '../release.ts';

export const retentionGrains = ['DAY', 'WEEK', 'MONTH'] as const;
export type RetentionGrain = (typeof retentionGrains)[number];

/** Whose users make cohorts, as the rows of the rollup name it. */
export type CohortGrouping = 'ALL' | 'MODEL' | 'AUTHOR';

/** Limits of retention. They are stated in the schema and refused, never clamped. */
export const retentionLimits = {
  /** Periods that cohorts are followed for by the rollup, the first included. */
  periods: 64,
  /** Cohorts that one report, or one nested field for all its parents together, may have. */
  cohorts: 5_000,
  /** Rows of a ranking. */
  rankingRows: 500,
} as const;

/** The arguments of `retention`, as the API takes them wherever it stands. */
export interface RetentionArguments {
  grain: RetentionGrain;
  from?: Day | null;
  to?: Day | null;
  minimumCohort: number;
  lastAge?: number | null;
}

/** A checked question for the cohorts of one subject, or of several that are named apart from it. */
export interface RetentionQuery {
  readonly release: Release;
  readonly grouping: CohortGrouping;
  readonly calendar: Calendar & { readonly grain: RetentionGrain };
  /** Cohorts whose first period begins in this range; null: no bound. */
  readonly from: Day | null;
  readonly to: Day | null;
  readonly minimumCohort: number;
  readonly lastAge: number;
}

/** Whether a release has cohorts: data without users have none, nor have releases older than the rollup. */
export function hasCohorts(release: Release): boolean {
  return release.rollups.some(({ table, rows }) => table === 'retention_cohorts' && rows > 0);
}

export function validateRetention(
  release: Release,
  grouping: CohortGrouping,
  given: RetentionArguments,
): RetentionQuery {
  const { from = null, to = null, minimumCohort } = given;
  if (from !== null && to !== null && from >= to) {
    throw new AtlasError(
      'BAD_ARGUMENT',
      `The range is empty: \`from\` ${from} must lie before \`to\` ${to}, which is not part of it.`,
    );
  }
  if (minimumCohort < 1) {
    throw new AtlasError('BAD_ARGUMENT', `\`minimumCohort\` is ${minimumCohort}; the least is 1.`);
  }
  const lastAge = given.lastAge ?? retentionLimits.periods - 1;
  checkAge('lastAge', lastAge, 0);
  return { release, grouping, calendar: calendarOf(given.grain), from, to, minimumCohort, lastAge };
}

export function calendarOf(grain: RetentionGrain): RetentionQuery['calendar'] {
  return { grain, weekStart: 'MONDAY' };
}

/** Ages beyond what the rollup counts are refused. */
export function checkAge(name: string, age: number, least: number): void {
  const most = retentionLimits.periods - 1;
  if (age >= least && age <= most) return;
  throw new AtlasError('LIMIT_EXCEEDED', `\`${name}\` is ${age}; ${least} to ${most} are allowed.`, {
    details: { limit: most },
  });
}

/** Refuses a question about users of data that carry none. */
export function refuseWithoutUsers(release: Release): void {
  if (hasCohorts(release)) return;
  throw new AtlasError(
    'DIMENSION_NOT_COVERED',
    `The release ${release.id} has no cohorts: its data carry no users, or it was published before cohorts were counted.`,
  );
}
