import { monthOf, weekOf } from './cohort-periods.ts';

/** Size of each cohort by the number of its period. */
export type Sizes = ReadonlyMap<number, number>;

/** Cohorts, by the numbers of their periods, that are withheld as a whole. */
export interface WithheldSizes {
  readonly DAY: ReadonlySet<number>;
  readonly WEEK: ReadonlySet<number>;
  readonly MONTH: ReadonlySet<number>;
}

/** The days of first use that lie in one week and one month. */
interface Segment {
  readonly week: number;
  readonly days: number[];
}

/**
 * Decides which cohorts of a subject are withheld: those of 1 to minimum − 1 users, and those by which these could be
 * had by subtraction. Sizes, unlike later ages, add up: a week's cohort is the sum of its days', and so is a month's.
 *
 * Withheld days are put into blocks, such that each published week and month holds a block wholly or not at all, and
 * a block that is held by one stands for the minimum or more. Whatever is added and subtracted, withheld days then
 * appear as whole blocks only. Most blocks lie in one segment: the days of one week and one month. Where a segment
 * has too few users altogether, it is joined with others of its month, and their weeks are withheld.
 */
export function withholdSizes(days: Sizes, minimumUsers: number): WithheldSizes {
  const withheld = { DAY: new Set<number>(), WEEK: new Set<number>(), MONTH: new Set<number>() };
  for (const [day, size] of days) if (size < minimumUsers) withheld.DAY.add(day);
  const sum = (of: readonly number[]) => of.reduce((total, day) => total + (days.get(day) ?? 0), 0);
  const hidden = (of: readonly number[]) => of.filter((day) => withheld.DAY.has(day));
  const smallest = (of: readonly number[]) =>
    of
      .filter((day) => !withheld.DAY.has(day))
      .reduce<number | null>(
        (least, day) => (least === null || sum([day]) < sum([least]) ? day : least),
        null,
      );
  const isSmall = (of: readonly number[]) => sum(of) > 0 && sum(of) < minimumUsers;

  for (const [month, segments] of segmentsByMonth(days.keys())) {
    const lone: Segment[] = [];
    for (const segment of segments) {
      if (!isSmall(hidden(segment.days))) continue;
      const neighbour = smallest(segment.days);
      if (neighbour === null) lone.push(segment);
      else withheld.DAY.add(neighbour);
    }
    if (lone.length === 0) continue;
    if (isSmall(lone.flatMap(({ days: own }) => own))) {
      const joined = joinable(segments, lone);
      if (joined === undefined) withheld.MONTH.add(month);
      else lone.push(joined);
    }
    for (const { week } of lone) withheld.WEEK.add(week);
  }
  return withheld;

  /** Another segment of the month, with days withheld that stand for enough: best one that has such days already. */
  function joinable(segments: readonly Segment[], lone: readonly Segment[]): Segment | undefined {
    const others = segments.filter((segment) => !lone.includes(segment));
    const ready = others.find(({ days: own }) => hidden(own).length > 0);
    if (ready !== undefined) return ready;
    const neighbour = smallest(others.flatMap(({ days: own }) => own));
    if (neighbour === null) return undefined;
    withheld.DAY.add(neighbour);
    return others.find(({ days: own }) => own.includes(neighbour));
  }
}

function segmentsByMonth(days: Iterable<number>): Map<number, Segment[]> {
  const months = new Map<number, Segment[]>();
  for (const day of [...days].sort((a, b) => a - b)) {
    const month = monthOf(day);
    const week = weekOf(day);
    const segments = months.get(month) ?? [];
    const last = segments.at(-1);
    if (last?.week === week) last.days.push(day);
    else segments.push({ week, days: [day] });
    months.set(month, segments);
  }
  return months;
}
