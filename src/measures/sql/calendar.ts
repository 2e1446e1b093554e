import sql, { type Sql } from 'sql-template-tag';
import type { Calendar } from '../periods.ts';
import type { StoredGrain } from '../plan.ts';
import type { ComparedTo } from '../query.ts';

/** Whether rows are stored by the very periods asked for, so that their day is the first of these. */
export function isStoredPeriod(calendar: Calendar | null, stored: StoredGrain): boolean {
  if (calendar === null) return false;
  return stored === (isFromSunday(calendar) ? 'WEEK_SUNDAY' : calendar.grain);
}

function isFromSunday({ grain, weekStart }: Calendar): boolean {
  return grain === 'WEEK' && weekStart === 'SUNDAY';
}

/** First day of the period that holds a day, which is itself the first of a stored period. */
export function periodOf(day: Sql, calendar: Calendar | null, stored: StoredGrain): Sql {
  if (calendar === null) return sql`NULL::date`;
  if (isStoredPeriod(calendar, stored)) return day;
  if (calendar.grain === 'MONTH') return sql`date_trunc('month', ${day})::date`;
  if (calendar.grain === 'QUARTER') return sql`date_trunc('quarter', ${day})::date`;
  // PostgreSQL's weeks begin on Monday: a week from Sunday is that of the next day, a day earlier.
  return isFromSunday(calendar)
    ? sql`date_trunc('week', ${day} + 1)::date - 1`
    : sql`date_trunc('week', ${day})::date`;
}

export function periodLength({ grain }: Calendar): Sql {
  if (grain === 'DAY') return sql`interval '1 day'`;
  if (grain === 'WEEK') return sql`interval '7 days'`;
  return grain === 'MONTH' ? sql`interval '1 month'` : sql`interval '3 months'`;
}

/** An earlier period, moved to stand beside the one that it is compared with. */
export function shifted(period: Sql, calendar: Calendar | null, { unit, count }: ComparedTo['shift']): Sql {
  if (calendar === null) return period;
  return unit === 'days'
    ? sql`${period} + ${count}::integer`
    : sql`(${period} + make_interval(months => ${count}::integer))::date`;
}
