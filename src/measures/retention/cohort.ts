import { addPeriods, isWithin, periodStart, type Day } from '../periods.ts';
import type { RetentionQuery } from './retention-query.ts';
import { wilson, type Interval } from './wilson.ts';

/** Users whose first use of a subject fell into one period, and how many of them used it in later ones. */
export interface Cohort {
  readonly start: Day;
  /** Day after the period of first use. */
  readonly end: Day;
  /** Null where the cohort is withheld. */
  readonly size: number | null;
  readonly withheld: boolean;
  /** Whether the data cover the period of first use to both its ends. */
  readonly complete: boolean;
  /** Whether users may have come before the data began. */
  readonly leftCensored: boolean;
  readonly periods: readonly CohortPeriod[];
}

export interface CohortPeriod {
  readonly age: number;
  readonly start: Day;
  readonly end: Day;
  /** Null where withheld. */
  readonly users: number | null;
  /** Of the users, those who were active in the period before as well; null where withheld, and at age 0. */
  readonly stayed: number | null;
  readonly rate: number | null;
  readonly interval: Interval | null;
  readonly complete: boolean;
  readonly withheld: boolean;
}

/** A row of the rollup: counts by age, null where one is withheld. No counts: all of them are. */
export interface CohortRow {
  readonly start: Day;
  readonly users: readonly (number | null)[];
  readonly stayed: readonly (number | null)[];
}

/**
 * Spreads a row out over the periods that the data reach into: what the row does not name is 0. `knownSince` is the
 * day from which on first uses are known to be first: the beginning of the data, or null where the subject did not
 * exist before.
 */
export function toCohort(row: CohortRow, query: RetentionQuery, knownSince: Day | null): Cohort {
  const { release, calendar } = query;
  const data = { from: release.periodFrom, to: release.periodTo };
  const withheld = row.users.length === 0;
  const size = row.users[0] ?? null;
  const complete = isWithin(row.start, calendar, data);
  const periods: CohortPeriod[] = [];
  for (let age = 0; age <= query.lastAge && !withheld; age += 1) {
    const start = addPeriods(row.start, calendar, age);
    if (start >= data.to) break;
    const users = age < row.users.length ? (row.users[age] ?? null) : 0;
    const known = users !== null && size !== null;
    periods.push({
      age,
      start,
      end: addPeriods(start, calendar, 1),
      users,
      stayed: age === 0 ? null : age < row.stayed.length ? (row.stayed[age] ?? null) : users === 0 ? 0 : null,
      rate: known ? users / size : null,
      interval: known ? wilson(users, size) : null,
      complete: complete && isWithin(start, calendar, data),
      withheld: users === null,
    });
  }
  return {
    start: row.start,
    end: addPeriods(row.start, calendar, 1),
    size,
    withheld,
    complete,
    leftCensored: knownSince !== null && row.start <= periodStart(knownSince, calendar),
    periods,
  };
}

/** The periods of a cohort that may be compared with others: whole ones, their counts not withheld. */
export function comparablePeriods({ periods }: Cohort): CohortPeriod[] {
  return periods.filter(({ complete, withheld }) => complete && !withheld);
}
