import { describe, expect, it } from 'vitest';
import { predictionGreater } from '../../../src/measures/retention/random-effects.ts';
import {
  fisherGreater,
  holm,
  mcNemarBound,
  mcNemarGreater,
  partialConjunction,
  studentGreater,
} from '../../../src/measures/retention/significance.ts';
import { wilson } from '../../../src/measures/retention/wilson.ts';

describe('Fisher’s exact test', () => {
  it('gives the tail of the hypergeometric distribution, as exact fractions have it', () => {
    // Sums of binomial coefficients in whole numbers.
    expect(fisherGreater({ count: 8, of: 20 }, { count: 12, of: 80 })).toBeCloseTo(0.018090410871296377, 10);
    expect(
      fisherGreater({ count: 50, of: 100 }, { count: 150, of: 1000 }) / 1.629481649870454e-14,
    ).toBeCloseTo(1, 6);
    expect(
      fisherGreater({ count: 300, of: 1000 }, { count: 1700, of: 10_000 }) / 7.2032166294114105e-22,
    ).toBeCloseTo(1, 6);
  });

  it('is the lady tasting tea', () => {
    expect(fisherGreater({ count: 4, of: 4 }, { count: 0, of: 4 })).toBeCloseTo(1 / 70, 12);
    expect(fisherGreater({ count: 3, of: 4 }, { count: 1, of: 4 })).toBeCloseTo(17 / 70, 12);
    expect(fisherGreater({ count: 0, of: 4 }, { count: 4, of: 4 })).toBeCloseTo(1, 9);
  });

  it('is certain where nobody or everybody is active', () => {
    expect(fisherGreater({ count: 0, of: 9 }, { count: 0, of: 5 })).toBeCloseTo(1, 12);
    expect(fisherGreater({ count: 9, of: 9 }, { count: 5, of: 5 })).toBeCloseTo(1, 12);
  });
});

describe('McNemar’s exact test', () => {
  it('gives the tail of the binomial distribution', () => {
    expect(mcNemarGreater(8, 2)).toBeCloseTo(56 / 1024, 9);
    expect(mcNemarGreater(35, 5) / 6.91306013322901e-7).toBeCloseTo(1, 6);
    expect(mcNemarGreater(5200, 4800) / 3.296757799336221e-5).toBeCloseTo(1, 6);
    expect(mcNemarGreater(0, 4)).toBe(1);
  });

  it('is bounded by the fewest who can have stayed, whoever did', () => {
    for (const [before, now, size] of [
      [10, 18, 30],
      [20, 26, 30],
      [0, 5, 9],
    ] as const) {
      const possible: number[] = [];
      for (let stayed = Math.max(0, before + now - size); stayed <= Math.min(before, now); stayed += 1) {
        possible.push(mcNemarGreater(now - stayed, before - stayed));
      }
      expect(mcNemarBound(before, now, size)).toBe(Math.max(...possible));
    }
  });
});

it('Student’s t has the tails of its tables', () => {
  expect(studentGreater(6.313751515, 1)).toBeCloseTo(0.05, 8);
  expect(studentGreater(2.015048373, 5)).toBeCloseTo(0.05, 8);
  expect(studentGreater(-2.015048373, 5)).toBeCloseTo(0.95, 8);
});

it('a cohort is set against the variety of the later ones', () => {
  const alike = [100, 104, 96, 101].map((count) => ({ count, of: 1000 }));
  const apart = [40, 200, 90, 160].map((count) => ({ count, of: 1000 }));
  expect(predictionGreater({ count: 200, of: 1000 }, alike)).toBeLessThan(0.01);
  expect(predictionGreater({ count: 200, of: 1000 }, apart)).toBeGreaterThan(0.1);
  expect(predictionGreater({ count: 200, of: 1000 }, alike.slice(0, 1))).toBe(1);
});

it('Holm’s correction is that of the textbook', () => {
  const adjusted = holm([0.01, 0.04, 0.03, 0.005]);
  [0.03, 0.06, 0.06, 0.02].forEach((expected, index) => expect(adjusted[index]).toBeCloseTo(expected, 12));
});

it('a partial conjunction takes the p-value of the least needed, times what is left', () => {
  expect(partialConjunction([0.001, 0.2, 0.01, 0.02, 0.9], 3)).toBeCloseTo(3 * 0.02, 12);
  expect(partialConjunction([0.001, 0.2], 3)).toBe(1);
});

it('Wilson’s interval is that of his formula', () => {
  // 10 of 100, as Newcombe (1998) and statistical packages give it.
  expect(wilson(10, 100).low).toBeCloseTo(0.0552291, 6);
  expect(wilson(10, 100).high).toBeCloseTo(0.1743657, 6);
  expect(wilson(0, 20)).toEqual({ low: 0, high: expect.closeTo(0.1611252, 6) as number });
  expect(wilson(20, 20)).toEqual({ low: expect.closeTo(0.8388748, 6) as number, high: 1 });
});
