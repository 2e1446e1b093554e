/** Calendar days as `YYYY-MM-DD`, always UTC; ranges are half-open. */
export type Day = string;

export const grains = ['DAY', 'WEEK', 'MONTH'] as const;
export type Grain = (typeof grains)[number];

export interface DayRange {
  readonly from: Day;
  readonly to: Day;
}

const millisecondsPerDay = 86_400_000;

export function addDays(day: Day, days: number): Day {
  return new Date(Date.parse(day) + days * millisecondsPerDay).toISOString().slice(0, 10);
}

export function daysBetween(from: Day, to: Day): number {
  return Math.round((Date.parse(to) - Date.parse(from)) / millisecondsPerDay);
}

/** First day of the period that holds the day; weeks begin on Monday (ISO 8601). */
export function periodStart(day: Day, grain: Grain): Day {
  if (grain === 'DAY') return day;
  if (grain === 'MONTH') return `${day.slice(0, 7)}-01`;
  const weekday = (new Date(day).getUTCDay() + 6) % 7;
  return addDays(day, -weekday);
}

/** Day after the last day of the period that starts there. */
export function periodEnd(start: Day, grain: Grain): Day {
  if (grain === 'DAY') return addDays(start, 1);
  if (grain === 'WEEK') return addDays(start, 7);
  const date = new Date(start);
  return new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 1)).toISOString().slice(0, 10);
}

/** How many periods of the grain the range touches; without a grain, one. */
export function periodCount({ from, to }: DayRange, grain: Grain | null): number {
  if (grain === null) return 1;
  const last = addDays(to, -1);
  if (grain === 'MONTH') {
    return (
      (Number(last.slice(0, 4)) - Number(from.slice(0, 4))) * 12 +
      Number(last.slice(5, 7)) -
      Number(from.slice(5, 7)) +
      1
    );
  }
  const days = daysBetween(periodStart(from, grain), periodStart(last, grain));
  return days / (grain === 'WEEK' ? 7 : 1) + 1;
}

/** True where the whole period lies in the range. */
export function isWithin(start: Day, grain: Grain, range: DayRange): boolean {
  return start >= range.from && periodEnd(start, grain) <= range.to;
}
