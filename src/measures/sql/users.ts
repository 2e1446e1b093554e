import sql, { empty, type Sql } from 'sql-template-tag';
import type { UsagePlan } from '../plan.ts';
import type { UsageQuery } from '../query.ts';
import { periodLength } from './calendar.ts';
import { groupColumn, identifier } from './names.ts';

/** Users of a period that the range cuts stay out: they would be those of the whole period. */
export function joinUsers(query: UsageQuery, { users }: UsagePlan): Sql {
  const { calendar, release, from, to } = query;
  if (users === null || calendar === null) return empty;
  return sql`
      LEFT JOIN active_users ON active_users.release_key = ${release.key}
        AND active_users.grain = ${calendar.grain}
        AND active_users.period_start = grouped.period
        AND active_users.grouping = ${users}
        AND NOT grouped.others${sameGroup(users)}
        AND (grouped.period >= ${from}::date OR ${from}::date <= ${release.periodFrom}::date)
        AND (grouped.period + ${periodLength(calendar)} <= ${to}::date OR ${to}::date >= ${release.periodTo}::date)`;
}

function sameGroup(users: NonNullable<UsagePlan['users']>): Sql {
  if (users === 'ALL') return empty;
  const column = users === 'MODEL' || users === 'AUTHOR' ? 'entity_key' : 'label';
  return sql`
        AND active_users.${identifier(column)} = grouped.${identifier(groupColumn(users))}`;
}
