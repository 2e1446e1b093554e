import { describe, expect, it } from 'vitest';
import { testBoomerangs } from '../../src/measures/retention/boomerang.ts';
import { type Cohort, toCohort } from '../../src/measures/retention/cohort.ts';
import { testFoundational } from '../../src/measures/retention/foundational.ts';
import { months } from '../../src/simulate/calendar.ts';
import { truthOf } from '../../src/simulate/truth.ts';
import { buildWorld } from '../../src/simulate/world.ts';
import { queryTo } from '../measures/retention/synthetic-cohorts.ts';
import { randomSource } from '../support/serving-fixture.ts';

const size = { generations: 5_000_000, months: 13 };
const world = buildWorld(size);
const truth = truthOf(world, { ...size, seed: 1 }, []);
const firstDay = `${months[0]}-01`;
// Users whom a month gives a request; some of those who are planted as active send none.
const seen = 0.95;

/** The cohorts of a model as a log would show them: those who stay stand at the beginning, as they are drawn. */
function cohortsOf(model: number, random: () => number): Cohort[] {
  const id = world.usage.models[model]?.released ?? firstDay;
  return (world.cohorts[model]?.cohorts ?? []).map(({ month, size: users, retention }) => {
    const counts: number[] = [];
    const stayed: number[] = [];
    let before = new Set<number>();
    for (let age = 0; month + age < months.length; age += 1) {
      const active = Math.round(users * (retention[Math.min(age, retention.length - 1)] ?? 0));
      const now = new Set<number>();
      for (let user = 0; user < active; user += 1) if (age === 0 || random() < seen) now.add(user);
      counts.push(now.size);
      stayed.push([...now].filter((user) => before.has(user)).length);
      before = now;
    }
    const row = { start: `${months[month]}-01`, users: counts, stayed };
    return toCohort(row, queryTo('2025-12-01'), id < firstDay ? firstDay : null);
  });
}

function found(leftCensored: boolean): string[] {
  const random = randomSource(1);
  return world.usage.models.flatMap(({ id }, model) => {
    const cohorts = cohortsOf(model, random);
    const settings = { level: 0.05, ages: 3, lift: 1.25, against: 'POOLED', leftCensored } as const;
    const named = (kind: string) => (test: { cohort: Cohort; passed: boolean }) =>
      test.passed ? [`${id} ${test.cohort.start.slice(0, 7)} ${kind}`] : [];
    return [
      ...testFoundational(cohorts, settings).flatMap(named('foundational')),
      ...testBoomerangs(cohorts, { level: 0.05, rise: 0.01 }).flatMap(named('boomerang')),
    ];
  });
}

describe('the retention analysis, over all models of the world', () => {
  const planted = truth.cohorts
    .filter(({ kind }) => kind === 'foundational' || kind === 'boomerang')
    .map(({ model, month, kind }) => `${model} ${month} ${kind}`);
  // The users of the first month of a log may have come before it, so its cohort is tested only when asked for.
  const censored = 'openai/gpt-4o-mini 2024-11 foundational';
  // Those who come back keep its retention above that of the later cohorts, which is what the test asks.
  const alsoFoundational = 'deepseek/deepseek-r1 2025-04 foundational';

  it('names the planted cohorts, and of the other 1,185 none but the boomerang that stays above the later ones', () => {
    expect(truth.cohorts.length - planted.length).toBe(1_185);
    const names = found(false);
    expect(names).toEqual(expect.arrayContaining(planted.filter((each) => each !== censored)));
    expect(names).not.toContain(censored);
    expect(names.filter((each) => !planted.includes(each))).toEqual([alsoFoundational]);
  });

  it('names the cohort that is there when the log begins where it is asked to', () => {
    expect(found(true)).toContain(censored);
  });
});
