import sql, { empty, type Sql } from 'sql-template-tag';
import type { UsageQuery } from '../query.ts';
import { identifier } from './names.ts';

/** 0 is the time asked for, 1 the earlier one that it is compared with. Without a comparison there is no column of it. */
export type Epoch = 0 | 1;

/** Which time a row is of. */
export function epochColumn({ comparedTo }: UsageQuery, epoch: Epoch): Sql[] {
  return comparedTo === null ? [] : [sql`${identifier(String(epoch))} AS epoch`];
}

/** Keeps the rows of one time for an aggregate. */
export function filterEpoch({ comparedTo }: UsageQuery, epoch: Epoch): Sql {
  return comparedTo === null ? empty : sql` FILTER (WHERE epoch = ${identifier(String(epoch))})`;
}

/** Keeps the rows of the time asked for. */
export function whereAskedFor({ comparedTo }: UsageQuery): Sql {
  return comparedTo === null ? empty : sql` WHERE epoch = 0`;
}

/** Keeps the groups that have rows of the time asked for, be it only those that fill periods without use. */
export function havingAskedFor({ comparedTo }: UsageQuery): Sql {
  return comparedTo === null
    ? empty
    : sql`
    HAVING
      bool_or(epoch = 0)`;
}
