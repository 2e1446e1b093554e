import type { graphql } from './graphql.ts';
import type { UsageReport } from './weekly-shares-query.ts';

type SourceGroup = ReturnType<typeof graphql.scalar<'ModelSourceGroup'>>;

/** A group that the schema gains, and this does not name, is an error of the compiler. */
const groupNames: Record<SourceGroup, string> = {
  CHINESE_OPEN: 'Open, China',
  REST_OF_WORLD_OPEN: 'Open, elsewhere',
  PROPRIETARY: 'Proprietary',
};
const unknown = 'Unknown';

/** From the bottom of each bar to its top. */
export const groups: readonly string[] = [...Object.values(groupNames), unknown];

/** The part of a week that one group has. */
export interface WeeklyPart {
  /** First day of the week. */
  readonly start: string;
  /** Day after its last. */
  readonly end: string;
  readonly complete: boolean;
  readonly group: string;
  /** Null where the data do not carry it, which is not 0. */
  readonly tokens: number | null;
  /** 0 to 1. */
  readonly share: number | null;
}

/** The report's rows in the words of the page. */
export function partsOf({ rows }: UsageReport): WeeklyPart[] {
  return rows.flatMap(({ period, sourceGroup, totalTokens, share }) => {
    // Rows have a period wherever the query has a grain.
    if (period === null) return [];
    const group = sourceGroup === null ? unknown : groupNames[sourceGroup];
    return [{ ...period, group, tokens: totalTokens, share }];
  });
}
