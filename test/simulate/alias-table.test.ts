import fc from 'fast-check';
import { expect, it } from 'vitest';
import { aliasTable } from '../../src/simulate/alias-table.ts';

it('gives every outcome its weight', () => {
  fc.assert(
    fc.property(
      fc.array(fc.double({ min: 0, max: 100, noNaN: true }), { minLength: 1, maxLength: 60 }),
      (weights) => {
        const whole = weights.reduce((sum, weight) => sum + weight, 0);
        fc.pre(whole > 0.001);
        const found = weights.map(() => 0);
        for (const { threshold, own, other } of aliasTable(weights)) {
          found[own] = (found[own] ?? 0) + threshold / weights.length;
          found[other] = (found[other] ?? 0) + (1 - threshold) / weights.length;
        }
        found.forEach((share, index) => expect(share).toBeCloseTo((weights[index] ?? 0) / whole, 9));
      },
    ),
  );
});
