import sql, { type Sql } from 'sql-template-tag';
import type { Calendar } from '../periods.ts';
import type { ComparedTo } from '../query.ts';

/** First day of the period that holds a day. */
export function periodOf(day: Sql, calendar: Calendar | null): Sql {
  if (calendar === null) return sql`NULL::date`;
  if (calendar.grain === 'DAY') return day;
  if (calendar.grain === 'MONTH') return sql`date_trunc('month', ${day})::date`;
  if (calendar.grain === 'QUARTER') return sql`date_trunc('quarter', ${day})::date`;
  // PostgreSQL's weeks begin on Monday: a week from Sunday is that of the next day, a day earlier.
  return calendar.weekStart === 'SUNDAY'
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
