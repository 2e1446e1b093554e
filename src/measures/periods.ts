/** Calendar days as `YYYY-MM-DD`, always UTC; ranges are half-open. */
export type Day = string;

export const grains = ['DAY', 'WEEK', 'MONTH', 'QUARTER'] as const;
export type Grain = (typeof grains)[number];

/** ISO weeks begin on Monday; some of the study's figures begin theirs on Sunday. */
export type WeekStart = 'MONDAY' | 'SUNDAY';

export interface Calendar {
  readonly grain: Grain;
  readonly weekStart: WeekStart;
}

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

/** First day of the period that holds the day. */
export function periodStart(day: Day, { grain, weekStart }: Calendar): Day {
  if (grain === 'DAY') return day;
  if (grain === 'WEEK') {
    const sinceSunday = new Date(day).getUTCDay();
    return addDays(day, -(weekStart === 'SUNDAY' ? sinceSunday : (sinceSunday + 6) % 7));
  }
  const months = monthsPerPeriod(grain);
  const month = Number(day.slice(5, 7)) - 1;
  return addMonths(`${day.slice(0, 7)}-01`, -(month % months));
}

/** Day after the last day of the period that starts there. */
export function periodEnd(start: Day, calendar: Calendar): Day {
  return addPeriods(start, calendar, 1);
}

/** Start of the period that many periods later, or earlier. */
export function addPeriods(start: Day, { grain }: Calendar, periods: number): Day {
  if (grain === 'DAY') return addDays(start, periods);
  if (grain === 'WEEK') return addDays(start, 7 * periods);
  return addMonths(start, monthsPerPeriod(grain) * periods);
}

/** How many periods of the calendar the range touches. */
export function periodCount({ from, to }: DayRange, calendar: Calendar): number {
  const first = periodStart(from, calendar);
  const last = periodStart(addDays(to, -1), calendar);
  if (calendar.grain === 'DAY') return daysBetween(first, last) + 1;
  if (calendar.grain === 'WEEK') return daysBetween(first, last) / 7 + 1;
  return monthsBetween(first, last) / monthsPerPeriod(calendar.grain) + 1;
}

/** The range in parts of so many periods, which cut none of them. */
export function partsOf(range: DayRange, calendar: Calendar, periods: number): DayRange[] {
  const parts: DayRange[] = [];
  for (let { from } = range; from < range.to;) {
    const end = addPeriods(periodStart(from, calendar), calendar, periods);
    const to = end < range.to ? end : range.to;
    parts.push({ from, to });
    from = to;
  }
  return parts;
}

/** True where the whole period lies in the range. */
export function isWithin(start: Day, calendar: Calendar, range: DayRange): boolean {
  return start >= range.from && periodEnd(start, calendar) <= range.to;
}

/** Same day of another month; `day` must be the first of its month, which every month has. */
export function addMonths(day: Day, months: number): Day {
  const date = new Date(day);
  return new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + months, date.getUTCDate()))
    .toISOString()
    .slice(0, 10);
}

function monthsPerPeriod(grain: 'MONTH' | 'QUARTER'): number {
  return grain === 'MONTH' ? 1 : 3;
}

function monthsBetween(from: Day, to: Day): number {
  return (
    (Number(to.slice(0, 4)) - Number(from.slice(0, 4))) * 12 +
    Number(to.slice(5, 7)) -
    Number(from.slice(5, 7))
  );
}
