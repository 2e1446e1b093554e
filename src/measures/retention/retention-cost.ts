import { periodCount } from '../periods.ts';
import { calendarOf, type RetentionGrain, type RetentionQuery } from './retention-query.ts';

/** Cohorts that one subject can have at most: one for each period of the release within the range. */
export function mostCohorts({
  release,
  from,
  to,
  ...query
}: Pick<RetentionQuery, 'release' | 'from' | 'to'> &
  ({ calendar: RetentionQuery['calendar'] } | { grain: RetentionGrain })): number {
  const calendar = 'calendar' in query ? query.calendar : calendarOf(query.grain);
  const range = {
    from: from === null || from < release.periodFrom ? release.periodFrom : from,
    to: to === null || to > release.periodTo ? release.periodTo : to,
  };
  return range.from < range.to ? periodCount(range, calendar) : 0;
}
