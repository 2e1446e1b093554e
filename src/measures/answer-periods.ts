import { isWithin, periodEnd, type Day } from './periods.ts';
import type { UsageQuery } from './query.ts';

/** A period of an answer. */
export interface AnswerPeriod {
  readonly start: Day;
  /** Day after the last one. */
  readonly end: Day;
  /** True where data and range cover it whole. */
  readonly complete: boolean;
}

/** What is to be said of a row's period; null without a grain. Rows are many and periods few: each is worked out once. */
export function answerPeriods(query: UsageQuery): (start: Day | null) => AnswerPeriod | null {
  const { calendar, release } = query;
  if (calendar === null) return () => null;
  const data = { from: release.periodFrom, to: release.periodTo };
  const known = new Map<Day, AnswerPeriod>();
  return (start) => {
    if (start === null) return null;
    const period = known.get(start) ?? {
      start,
      end: periodEnd(start, calendar),
      complete: isWithin(start, calendar, query) && isWithin(start, calendar, data),
    };
    known.set(start, period);
    return period;
  };
}
