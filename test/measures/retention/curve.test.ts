import { expect, it } from 'vitest';
import { halfLife, pooledCurve, survivalArea } from '../../../src/measures/retention/curve.ts';
import { syntheticCohorts } from './synthetic-cohorts.ts';

const curve = (...rates: number[]) =>
  rates.map((rate, age) => ({
    age,
    rate,
    users: rate * 100,
    size: 100,
    cohorts: 1,
    interval: { low: 0, high: 1 },
  }));

it('half-life lies between the ages on both sides of the share', () => {
  expect(halfLife(curve(1, 0.8, 0.4), 0.5)).toBeCloseTo(1.75, 12);
  expect(halfLife(curve(1, 0.5), 0.5)).toBe(1);
  expect(halfLife(curve(1, 0.9, 0.6), 0.5)).toBeNull();
  expect(halfLife(curve(1, 0.2), 0.9)).toBeCloseTo(0.125, 12);
  // Unknown in between.
  expect(halfLife([...curve(1), ...curve(1, 0.9, 0.1).slice(2)], 0.5)).toBeNull();
});

it('survival area is the sum of the rates of the first periods', () => {
  expect(survivalArea(curve(1, 0.5, 0.25), 3)).toBeCloseTo(1.75, 12);
  expect(survivalArea(curve(1, 0.5), 3)).toBeNull();
  expect(survivalArea([...curve(1), ...curve(1, 0.9, 0.1).slice(2)], 2)).toBeNull();
});

it('cohorts together count at the ages that are known of them', () => {
  const cohorts = syntheticCohorts(
    { cohorts: 3, sizes: [50, 90], spread: 0, foundational: null, boomerang: null, stayedKnown: true },
    1,
  );
  const pooled = pooledCurve(cohorts);
  expect(pooled.map(({ age, cohorts: counted }) => [age, counted])).toEqual([
    [0, 3],
    [1, 2],
    [2, 1],
  ]);
  const sum = (age: number) => cohorts.reduce((total, { periods }) => total + (periods[age]?.users ?? 0), 0);
  expect(pooled.map(({ users }) => users)).toEqual([sum(0), sum(1), sum(2)]);
});
