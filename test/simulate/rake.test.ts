import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Margin, meanAbsoluteError, normalised, rake, sharesOf } from '../../src/simulate/rake.ts';

const rows = 3;
const columns = 4;

function marginsOf(rowShares: readonly number[], columnShares: readonly number[]): [Margin, Margin] {
  const index = (count: number) => Array.from({ length: count }, (_, each) => each);
  return [
    {
      figure: 'rows',
      parts: index(rows).map((row) =>
        Int32Array.from(index(columns).map((column) => row * columns + column)),
      ),
      shares: rowShares,
    },
    {
      figure: 'columns',
      parts: index(columns).map((column) =>
        Int32Array.from(index(rows).map((row) => row * columns + column)),
      ),
      shares: columnShares,
    },
  ];
}

const weights = (length: number) =>
  fc.array(fc.double({ min: 0.1, max: 10, noNaN: true }), { minLength: length, maxLength: length });

describe('iterative proportional fitting', () => {
  it('meets margins that agree, and keeps the whole', () => {
    fc.assert(
      fc.property(
        weights(rows * columns),
        weights(rows),
        weights(columns),
        (start, rowShares, columnShares) => {
          const cells = Float64Array.from(start);
          const before = cells.reduce((sum, cell) => sum + cell, 0);
          const margins = marginsOf(rowShares, columnShares);
          rake(cells, margins, 200);
          for (const margin of margins) expect(meanAbsoluteError(cells, [margin])).toBeLessThan(0.05);
          expect(cells.reduce((sum, cell) => sum + cell, 0)).toBeCloseTo(before, 6);
        },
      ),
      { numRuns: 50 },
    );
  });

  it('is closer to the later of two margins that contradict each other', () => {
    const cells = new Float64Array(rows * columns).fill(1);
    const [first] = marginsOf([1, 1, 1], [1, 1, 1, 1]);
    const later = { ...first, shares: [8, 1, 1] };
    rake(cells, [first, later], 10);
    expect(sharesOf(cells, later)).toEqual(normalised([8, 1, 1]).map((share) => expect.closeTo(share, 9)));
  });

  it('counts cells by their price where a margin is of spend', () => {
    const cells = Float64Array.from([1, 1]);
    const margin = {
      figure: 'spend',
      parts: [Int32Array.of(0), Int32Array.of(1)],
      shares: [1, 1],
      price: Float64Array.of(1, 4),
    };
    rake(cells, [margin], 5);
    expect((cells[0] ?? 0) / (cells[1] ?? 1)).toBeCloseTo(4, 9);
  });

  it('raises what is under a floor, and sets a whole', () => {
    const cells = Float64Array.from([6, 3, 1]);
    const margin = { figure: 'whole', parts: [Int32Array.of(0), Int32Array.of(1)], shares: [1, 1], whole: 8 };
    rake(cells, [margin], 1, [{ cells: Int32Array.of(2), least: 2 }]);
    expect([...cells]).toEqual([4, 4, 2]);
  });
});
