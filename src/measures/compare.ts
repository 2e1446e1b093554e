import {
  addDays,
  addMonths,
  addPeriods,
  daysBetween,
  periodStart,
  type Calendar,
  type Day,
  type DayRange,
} from './periods.ts';
import type { ComparedTo, Comparison } from './query.ts';

/**
 * The earlier days that a range is compared with, and how far their periods move to stand beside it.
 * Days and weeks are compared with those 364 days earlier, so that weekdays match; months, quarters and
 * whole ranges with the same of last year.
 *
 * With `samePart` a period that is not over, or that the range cuts, is compared with the same part of the
 * earlier one; without, with all of it.
 */
export function comparedTo(
  what: Comparison,
  range: DayRange,
  calendar: Calendar | null,
  dataEnd: Day,
  samePart: boolean,
): ComparedTo {
  if (calendar === null) return { what, range: earlierRange(what, range), shift: { unit: 'days', count: 0 } };
  const periods = periodsBack(what, calendar);
  const back = (day: Day): Day => sameOffset(day, calendar, -periods);
  const end = samePart && dataEnd < range.to && dataEnd > range.from ? dataEnd : range.to;
  const to = back(end);
  const wholeTo = sameOffset(
    addPeriods(periodStart(addDays(range.to, -1), calendar), calendar, 1),
    calendar,
    -periods,
  );
  const from = samePart ? back(range.from) : back(periodStart(range.from, calendar));
  return { what, range: { from, to: samePart ? to : wholeTo }, shift: shiftOf(periods, calendar) };
}

function periodsBack(what: Comparison, { grain }: Calendar): number {
  if (what === 'PREVIOUS_PERIOD') return 1;
  return { DAY: 364, WEEK: 52, MONTH: 12, QUARTER: 4 }[grain];
}

function shiftOf(periods: number, { grain }: Calendar): ComparedTo['shift'] {
  if (grain === 'DAY') return { unit: 'days', count: periods };
  if (grain === 'WEEK') return { unit: 'days', count: 7 * periods };
  return { unit: 'months', count: (grain === 'MONTH' ? 1 : 3) * periods };
}

/** The day as far into another period as this one is into its own, at most to the end of that period. */
function sameOffset(day: Day, calendar: Calendar, periods: number): Day {
  const start = periodStart(day, calendar);
  const other = addPeriods(start, calendar, periods);
  const moved = addDays(other, daysBetween(start, day));
  const end = addPeriods(other, calendar, 1);
  return moved < end ? moved : end;
}

/** Without periods: the same number of days before, or the same days of last year. */
function earlierRange(what: Comparison, { from, to }: DayRange): DayRange {
  if (what === 'PREVIOUS_PERIOD') return { from: addDays(from, -daysBetween(from, to)), to: from };
  return { from: addMonths(from, -12), to: addMonths(to, -12) };
}
