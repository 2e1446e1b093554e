export const cohortGrains = ['DAY', 'WEEK', 'MONTH'] as const;
export type CohortGrain = (typeof cohortGrains)[number];

/** The most periods that a cohort is followed for, its first included: the bits of one word. */
export const agesCounted = 64;

const millisecondsPerDay = 86_400_000;
/** 1970-01-01 was a Thursday: its week began three days earlier. */
const daysBeforeFirstWeekEnds = 3;

/** Periods of one grain numbered in a row, so that the difference of two is an age. */
export function periodNumber(grain: CohortGrain, day: string): number {
  if (grain === 'MONTH') return Number(day.slice(0, 4)) * 12 + Number(day.slice(5, 7)) - 1;
  const number = Math.round(Date.parse(day) / millisecondsPerDay);
  return grain === 'DAY' ? number : weekOf(number);
}

/** First day of a period. */
export function periodStart(grain: CohortGrain, period: number): string {
  if (grain === 'MONTH') return `${Math.floor(period / 12)}-${String((period % 12) + 1).padStart(2, '0')}-01`;
  const day = grain === 'DAY' ? period : 7 * period - daysBeforeFirstWeekEnds;
  return new Date(day * millisecondsPerDay).toISOString().slice(0, 10);
}

/** The week, from Monday, that holds a day. */
export function weekOf(day: number): number {
  return Math.floor((day + daysBeforeFirstWeekEnds) / 7);
}

/** The month that holds a day. */
export function monthOf(day: number): number {
  const date = new Date(day * millisecondsPerDay);
  return date.getUTCFullYear() * 12 + date.getUTCMonth();
}
