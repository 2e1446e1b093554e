import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type CohortGrain, cohortGrains, periodNumber } from '../../../src/rollups/cohorts/cohort-periods.ts';
import type { Cohort, CountedCohort } from '../../../src/rollups/cohorts/cohort-rows.ts';
import { withholdCells } from '../../../src/rollups/cohorts/withhold-cells.ts';
import { withholdSizes } from '../../../src/rollups/cohorts/withhold-sizes.ts';
import { knownSums } from './known-sums.ts';

// Three weeks and two months that cut each other.
const days = [
  '2024-01-28',
  '2024-01-29',
  '2024-01-30',
  '2024-01-31',
  '2024-02-01',
  '2024-02-04',
  '2024-02-05',
];

/** The days of each user, at least one. */
type World = readonly (readonly string[])[];

function count(world: World, grain: CohortGrain): { cohorts: CountedCohort[]; active: Map<number, number> } {
  const periods = world.map((own) => new Set(own.map((day) => periodNumber(grain, day))));
  const active = new Map<number, number>();
  for (const period of periods.flatMap((own) => [...own])) active.set(period, (active.get(period) ?? 0) + 1);
  const firsts = [...new Set(periods.map((own) => Math.min(...own)))].sort((a, b) => a - b);
  const cohorts = firsts.map((period) => {
    const members = periods.filter((own) => Math.min(...own) === period);
    const last = Math.max(...members.flatMap((own) => [...own]));
    const ages = Array.from({ length: last - period + 1 }, (_, age) => age);
    const users = ages.map((age) => members.filter((own) => own.has(period + age)).length);
    const stayed = ages.map((age) =>
      age === 0 ? 0 : members.filter((own) => own.has(period + age) && own.has(period + age - 1)).length,
    );
    return { keys: [], grain, period, users, stayed };
  });
  return { cohorts, active };
}

/** What is published of a world, beside what was counted. */
function publish(world: World, minimum: number) {
  const counted = Object.fromEntries(cohortGrains.map((grain) => [grain, count(world, grain)]));
  const sizes = new Map(counted['DAY']?.cohorts.map(({ period, users }) => [period, users[0] ?? 0]));
  const withheld = withholdSizes(sizes, minimum);
  return cohortGrains.map((grain) => {
    const { cohorts, active } = counted[grain] ?? { cohorts: [], active: new Map<number, number>() };
    const published = new Map([...active].filter(([, users]) => users >= minimum));
    const kept = withholdCells(cohorts, withheld[grain], published, minimum);
    for (const period of kept.activeWithheld) published.delete(period);
    return { grain, counted: cohorts, cohorts: kept.cohorts, active: published };
  });
}

type Published = ReturnType<typeof publish>;
const isWhole = ({ users }: Cohort) => users.length === 0;

/**
 * What may be added and subtracted, as sums of unknown counts that come out of it: a withheld size of a day is one
 * unknown, all withheld counts of one period above age 0 together another, since only their sum is ever known.
 */
function equations(published: Published) {
  const dayNumbers = new Map(days.map((day) => [day, periodNumber('DAY', day)]));
  const values = new Map<string, number>();
  const known: string[][] = [];
  const ofDays = published.find(({ grain }) => grain === 'DAY');
  const hiddenDays = days.filter((day) =>
    ofDays?.cohorts.some((cohort) => cohort.period === dayNumbers.get(day) && isWhole(cohort)),
  );
  for (const day of hiddenDays) {
    const period = dayNumbers.get(day);
    values.set(day, ofDays?.counted.find((cohort) => cohort.period === period)?.users[0] ?? 0);
  }
  for (const { grain, counted, cohorts, active } of published) {
    for (const period of new Set([...cohorts.map((cohort) => cohort.period), ...active.keys()])) {
      const within = hiddenDays.filter((day) => periodNumber(grain, day) === period);
      const own = cohorts.find((cohort) => cohort.period === period);
      const sizeIsKnown = own === undefined || !isWhole(own);
      if (grain !== 'DAY' && sizeIsKnown) known.push(within);
      if (!active.has(period)) continue;
      let sum = 0;
      let hidden = 0;
      cohorts.forEach((cohort, index) => {
        const age = period - cohort.period;
        if (age < 1) return;
        const isHidden = isWhole(cohort) || (age < cohort.users.length && cohort.users[age] === null);
        if (!isHidden) return;
        hidden += 1;
        sum += counted[index]?.users[age] ?? 0;
      });
      const name = `${grain} ${period}`;
      if (hidden > 0) values.set(name, sum);
      known.push([...(sizeIsKnown ? [] : within), ...(hidden > 0 ? [name] : [])]);
    }
  }
  return { values, known };
}

const world = fc.record({
  minimum: fc.integer({ min: 2, max: 4 }),
  users: fc.array(
    fc.oneof(
      { weight: 2, arbitrary: fc.subarray(days, { minLength: 1, maxLength: 2 }) },
      { weight: 1, arbitrary: fc.subarray(days, { minLength: 1 }) },
    ),
    { minLength: 1, maxLength: 24, size: 'max' },
  ),
});

describe('what is published of cohorts', () => {
  it('stands for nobody or the minimum of users, whatever is added and subtracted', () => {
    let withheld = 0;
    let published = 0;
    fc.assert(
      fc.property(world, ({ minimum, users }) => {
        const grains = publish(users, minimum);
        const isPublic = (number: number) => number === 0 || number >= minimum;
        for (const { cohorts } of grains) {
          for (const { users: shown, stayed } of cohorts) {
            if (shown.length === 0) withheld += 1;
            else published += 1;
            shown.forEach((number, age) => {
              if (number !== null) expect(isPublic(number)).toBe(true);
              const before = shown[age - 1];
              const stay = stayed[age];
              if (typeof before !== 'number' || typeof stay !== 'number' || number === null) return;
              expect([stay, number - stay, before - stay].filter((part) => !isPublic(part))).toEqual([]);
            });
          }
        }
        const { values, known } = equations(grains);
        for (const { names, sum } of knownSums(values, known)) {
          if (!isPublic(sum)) expect.fail(`${names.join(' + ')} = ${sum}, of at least ${minimum}`);
        }
      }),
      { numRuns: 1_000, interruptAfterTimeLimit: 240_000 },
    );
    expect(withheld).toBeGreaterThan(0);
    expect(published).toBeGreaterThan(0);
  }, 300_000);

  const many = (number: number, ...own: string[]): World => Array.from({ length: number }, () => own);
  const shown = (grains: Published, grain: CohortGrain) =>
    grains.find((each) => each.grain === grain)?.cohorts.map(({ users }) => users);

  it('is everything where no count is small', () => {
    const grains = publish([...many(6, '2024-01-29', '2024-01-30'), ...many(5, '2024-01-30')], 5);
    expect(shown(grains, 'DAY')).toEqual([[6, 6], [5]]);
    expect(shown(grains, 'WEEK')).toEqual([[11]]);
  });

  it('lacks a second count of a period whose active users would tell the first', () => {
    const grains = publish(
      [
        ...many(3, '2024-01-28', '2024-01-31'),
        ...many(6, '2024-01-28'),
        ...many(7, '2024-01-29', '2024-01-31'),
        ...many(9, '2024-01-31'),
      ],
      5,
    );
    expect(shown(grains, 'DAY')).toEqual([[9, 0, 0, null], [7, 0, null], [9]]);
  });

  it('lacks the active users of a period that nothing else can stand in for', () => {
    const [daily] = publish(
      [...many(2, '2024-01-28', '2024-01-30'), ...many(8, '2024-01-28'), ...many(7, '2024-01-30')],
      5,
    );
    expect(daily?.cohorts.map(({ users }) => users)).toEqual([[10, 0, null], [7]]);
    expect([...(daily?.active.keys() ?? [])]).toEqual([periodNumber('DAY', '2024-01-28')]);
  });

  it('lacks a second day of a week, which would tell the first', () => {
    const grains = publish([...many(2, '2024-01-29'), ...many(6, '2024-01-30'), ...many(9, '2024-01-31')], 5);
    expect(shown(grains, 'DAY')).toEqual([[], [], [9]]);
    expect(shown(grains, 'WEEK')).toEqual([[17]]);
    expect(shown(grains, 'MONTH')).toEqual([[17]]);
  });

  it('lacks the weeks of a lone small day, and another day of its month', () => {
    const grains = publish([...many(2, '2024-01-28'), ...many(6, '2024-01-30'), ...many(9, '2024-02-05')], 5);
    expect(shown(grains, 'DAY')).toEqual([[], [], [9]]);
    expect(shown(grains, 'WEEK')).toEqual([[], [], [9]]);
    expect(shown(grains, 'MONTH')).toEqual([[8], [9]]);
  });

  it('is the same for an author as for the only model of that author', () => {
    fc.assert(
      fc.property(world, ({ minimum, users }) => {
        expect(publish(users, minimum)).toEqual(publish([...users].reverse(), minimum));
      }),
    );
  });
});
