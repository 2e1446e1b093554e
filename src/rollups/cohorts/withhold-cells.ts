import { agesCounted } from './cohort-periods.ts';
import type { Cohort, CountedCohort } from './cohort-rows.ts';

/** Published active users of a subject by the number of the period; periods of too few have none. */
export type ActiveUsers = ReadonlyMap<number, number>;

export interface PublishedCohorts {
  readonly cohorts: readonly Cohort[];
  /** Cohorts and cells withheld. */
  readonly withheld: number;
  /** Periods whose active users must be withheld as well. */
  readonly activeWithheld: readonly number[];
}

/** A count of a cohort at an age above 0. */
interface Cell {
  readonly cohort: CountedCohort;
  readonly age: number;
  readonly users: number;
}

/**
 * Withholds counts of 1 to minimum − 1 users in the cohorts of one subject and grain, and those by which they could be
 * had by subtraction. The cohorts' users of one period add up to its active users, which are published too: so
 * what is withheld of a period at ages above 0 stands for the minimum or more, or for nobody. Where it can not, the
 * period's active users are withheld. Periods do not depend on each other.
 */
export function withholdCells(
  cohorts: readonly CountedCohort[],
  withheldPeriods: ReadonlySet<number>,
  active: ActiveUsers,
  minimumUsers: number,
): PublishedCohorts {
  const isWhole = ({ period }: CountedCohort) => withheldPeriods.has(period);
  const hiddenAges = new Map<CountedCohort, Set<number>>(cohorts.map((cohort) => [cohort, new Set()]));
  const hide = ({ cohort, age }: Cell) => hiddenAges.get(cohort)?.add(age);
  const isHidden = ({ cohort, age }: Cell) => isWhole(cohort) || hiddenAges.get(cohort)?.has(age) === true;

  const cells = cellsByPeriod(cohorts);
  for (const cell of [...cells.values()].flat()) if (cell.users < minimumUsers) hide(cell);

  const sizes = new Map(cohorts.map(({ period, users }) => [period, users[0] ?? 0]));
  const activeWithheld: number[] = [];
  for (const [period, users] of active) {
    const own = cells.get(period) ?? [];
    const hidden = sum(own.filter(isHidden)) + users - sum(own) - (sizes.get(period) ?? 0);
    const needsSome = withheldPeriods.has(period);
    if (hidden >= minimumUsers || (hidden === 0 && !needsSome)) continue;
    const shown = own.filter((cell) => !isHidden(cell)).sort((a, b) => a.users - b.users);
    if (shown[0] === undefined) activeWithheld.push(period);
    else hide(shown[0]);
  }

  let withheld = 0;
  const published = cohorts.map((cohort): Cohort => {
    if (isWhole(cohort)) {
      withheld += 1;
      return { ...cohort, users: [], stayed: [] };
    }
    const hidden = hiddenAges.get(cohort) ?? new Set();
    withheld += hidden.size;
    const users = cohort.users.map((count, age) => (hidden.has(age) ? null : count));
    return { ...cohort, users, stayed: publishedStayed(cohort, users, minimumUsers) };
  });
  return { cohorts: published, withheld, activeWithheld };
}

/** Those who stayed, came and left between two ages: each of the three is told by the others. */
function publishedStayed(
  { stayed }: CountedCohort,
  users: Cohort['users'],
  minimumUsers: number,
): (number | null)[] {
  const isPublic = (count: number) => count === 0 || count >= minimumUsers;
  return stayed.map((count, age) => {
    if (age === 0) return 0;
    const before = users[age - 1] ?? null;
    const now = users[age] ?? null;
    if (before === null || now === null) return null;
    return [count, now - count, before - count].every(isPublic) ? count : null;
  });
}

function cellsByPeriod(cohorts: readonly CountedCohort[]): Map<number, Cell[]> {
  const periods = new Map<number, Cell[]>();
  for (const cohort of cohorts) {
    cohort.users.forEach((users, age) => {
      if (age === 0 || users === 0) return;
      const period = cohort.period + age;
      const cells = periods.get(period);
      if (cells === undefined) periods.set(period, [{ cohort, age, users }]);
      else cells.push({ cohort, age, users });
    });
  }
  return periods;
}

function sum(cells: readonly Cell[]): number {
  return cells.reduce((total, { users }) => total + users, 0);
}

/**
 * The cohorts' users of a period are its active users, those of cohorts too old to be followed aside: a difference
 * is an error of the counting.
 */
export function miscountedPeriod(cohorts: readonly CountedCohort[], active: ActiveUsers): number | null {
  const first = Math.min(...cohorts.map(({ period }) => period));
  const cells = cellsByPeriod(cohorts);
  const sizes = new Map(cohorts.map(({ period, users }) => [period, users[0] ?? 0]));
  for (const [period, users] of active) {
    const counted = sum(cells.get(period) ?? []) + (sizes.get(period) ?? 0);
    if (counted > users || (counted < users && period - first < agesCounted)) return period;
  }
  return null;
}
