import fc from 'fast-check';
import { expect, it } from 'vitest';
import { weightedMedian } from '../../../src/measures/cost-map/median.ts';

const each = (values: readonly number[]) => values.map((value) => ({ value, weight: 1 }));

it('is the value in the middle, or the mean of two', () => {
  expect(weightedMedian([])).toBeNull();
  expect(weightedMedian(each([5]))).toBe(5);
  expect(weightedMedian(each([9, 1, 5]))).toBe(5);
  expect(weightedMedian(each([9, 1, 5, 6]))).toBe(5.5);
});

it('of weighted values is that of as many copies', () => {
  const weighted = fc.record({ value: fc.integer({ min: -9, max: 9 }), weight: fc.nat(5) });
  fc.assert(
    fc.property(fc.array(weighted, { maxLength: 12 }), (values) => {
      const copies = values.flatMap(({ value, weight }) => Array.from({ length: weight }, () => value));
      const sorted = copies.sort((a, b) => a - b);
      const half = sorted.length / 2;
      const expected =
        sorted.length === 0
          ? null
          : ((sorted[Math.ceil(half) - 1] ?? 0) + (sorted[Math.floor(half)] ?? 0)) / 2;
      expect(weightedMedian(values)).toBe(expected);
    }),
  );
});
