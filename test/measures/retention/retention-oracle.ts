/** One user used one model on one day: what the oracle counts, in plain TypeScript, beside the SQL. */
export interface Use {
  readonly user: string;
  readonly day: string;
}

export type OracleGrain = 'DAY' | 'WEEK' | 'MONTH';

export interface OracleCohort {
  start: string;
  size: number;
  complete: boolean;
  periods: { age: number; start: string; users: number; stayed: number | null; complete: boolean }[];
}

/** First day of the period, found by walking back day by day. */
export function firstDayOf(grain: OracleGrain, day: string): string {
  let at = new Date(`${day}T00:00:00Z`);
  const begins = (date: Date) =>
    grain === 'DAY' || (grain === 'WEEK' ? date.getUTCDay() === 1 : date.getUTCDate() === 1);
  while (!begins(at)) at = new Date(at.getTime() - 86_400_000);
  return at.toISOString().slice(0, 10);
}

/** First day of the next period, found by walking on. */
export function nextPeriod(grain: OracleGrain, start: string): string {
  let at = start;
  do {
    at = new Date(Date.parse(at) + 86_400_000).toISOString().slice(0, 10);
  } while (firstDayOf(grain, at) !== at);
  return at;
}

/** Cohorts of the users of one subject, user by user and period by period; `to` is the day after the data. */
export function cohortsByHand(
  uses: readonly Use[],
  grain: OracleGrain,
  data: { from: string; to: string },
): OracleCohort[] {
  const periods: string[] = [];
  for (let start = firstDayOf(grain, data.from); start < data.to; start = nextPeriod(grain, start)) {
    periods.push(start);
  }
  const active = new Map<string, Set<string>>();
  for (const { user, day } of uses) {
    const own = active.get(user) ?? new Set();
    active.set(user, own.add(firstDayOf(grain, day)));
  }
  const isWhole = (start: string) => start >= data.from && nextPeriod(grain, start) <= data.to;
  return periods.flatMap((start, first): OracleCohort[] => {
    const users = [...active.values()].filter((own) => [...own].sort()[0] === start);
    if (users.length === 0) return [];
    return [
      {
        start,
        size: users.length,
        complete: isWhole(start),
        periods: periods.slice(first, first + 64).map((period, age) => {
          const now = users.filter((own) => own.has(period));
          const before = periods[first + age - 1] ?? '';
          return {
            age,
            start: period,
            users: now.length,
            stayed: age === 0 ? null : now.filter((own) => own.has(before)).length,
            complete: isWhole(start) && isWhole(period),
          };
        }),
      },
    ];
  });
}
