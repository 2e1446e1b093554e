import { describe, expect, it } from 'vitest';
import { testBoomerangs } from '../../../src/measures/retention/boomerang.ts';
import type { Cohort } from '../../../src/measures/retention/cohort.ts';
import { type Against, testFoundational } from '../../../src/measures/retention/foundational.ts';
import { syntheticCohorts, type Truth } from './synthetic-cohorts.ts';

const worlds = 300;
const level = 0.05;
// What 300 worlds may show above the level by chance, once in a thousand times: 5 % + 3.09 × √(0.05 × 0.95 ÷ 300).
const mostFalseAlarms = Math.floor(worlds * (level + 3.09 * Math.sqrt((level * (1 - level)) / worlds)));

const nothing: Truth = {
  cohorts: 9,
  sizes: [60, 900],
  spread: 0,
  foundational: null,
  boomerang: null,
  stayedKnown: true,
};

const countWorlds = (truth: Truth, isFound: (cohorts: Cohort[]) => boolean): number =>
  Array.from({ length: worlds }, (_, seed) => isFound(syntheticCohorts(truth, seed))).filter(Boolean).length;

describe('a foundational cohort', () => {
  const settings = { level, ages: 3, lift: 1, leftCensored: true } as const;
  const foundAt = (cohorts: Cohort[], against: Against, lift = 1.25) =>
    testFoundational(cohorts, { ...settings, against, lift }).filter(({ passed }) => passed);

  it.each(['POOLED', 'EACH', 'VARIED'] as const)(
    'is found where there is none no oftener than the level says, %s',
    (against) => {
      // Without a lift asked for, which only makes it rarer.
      expect(countWorlds(nothing, (cohorts) => foundAt(cohorts, against, 1).length > 0)).toBeLessThanOrEqual(
        mostFalseAlarms,
      );
    },
  );

  it('is found no oftener against the variety of the later ones, where cohorts differ by chance', () => {
    for (const spread of [0.1, 0.25, 0.5]) {
      const found = countWorlds(
        { ...nothing, spread },
        (cohorts) => foundAt(cohorts, 'VARIED', 1).length > 0,
      );
      expect(found).toBeLessThanOrEqual(mostFalseAlarms);
    }
  });

  it('is found in most worlds where its users come back twice as often', () => {
    const truth = { ...nothing, foundational: { cohort: 1, times: 2 } };
    const found = countWorlds(truth, (cohorts) =>
      foundAt(cohorts, 'POOLED').some(({ cohort }) => cohort === cohorts[1]),
    );
    expect(found).toBeGreaterThan(0.7 * worlds);
  });
});

describe('a boomerang', () => {
  const found = (cohorts: Cohort[], rise = 0) =>
    testBoomerangs(cohorts, { level, rise }).filter(({ passed }) => passed);

  it.each([true, false])(
    'is found where there is none no oftener than the level says, who stayed known: %s',
    (stayedKnown) => {
      expect(
        countWorlds({ ...nothing, stayedKnown }, (cohorts) => found(cohorts).length > 0),
      ).toBeLessThanOrEqual(mostFalseAlarms);
    },
  );

  it('is found in most worlds, at its age, where twice as many come', () => {
    const truth = { ...nothing, sizes: [400, 900] as const, boomerang: { cohort: 2, age: 4, times: 2 } };
    const right = countWorlds(truth, (cohorts) =>
      found(cohorts, 0.01).some(({ cohort, age }) => cohort === cohorts[2] && age === 4),
    );
    expect(right).toBeGreaterThan(0.7 * worlds);
  });
});
