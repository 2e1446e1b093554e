import fc from 'fast-check';
import { expect, it } from 'vitest';
import { addDays, grains, partsOf, periodStart, type Calendar } from '../../src/measures/periods.ts';

const calendar = fc.record<Calendar>({
  grain: fc.constantFrom(...grains),
  weekStart: fc.constantFrom('MONDAY', 'SUNDAY'),
});

it('cuts a range into parts that follow each other and cut no period', () => {
  fc.assert(
    fc.property(
      calendar,
      fc.integer({ min: 0, max: 4_000 }),
      fc.integer({ min: 1, max: 800 }),
      fc.integer({ min: 1, max: 9 }),
      (each, start, days, periods) => {
        const from = addDays('2020-01-01', start);
        const range = { from, to: addDays(from, days) };
        const parts = partsOf(range, each, periods);
        expect(parts.map((part) => part.from)).toEqual([
          range.from,
          ...parts.slice(0, -1).map(({ to }) => to),
        ]);
        expect(parts.at(-1)?.to).toBe(range.to);
        for (const { from: first } of parts.slice(1)) expect(periodStart(first, each)).toBe(first);
      },
    ),
  );
});

it('has so many periods in each part', () => {
  expect(
    partsOf({ from: '2024-01-03', to: '2024-01-30' }, { grain: 'WEEK', weekStart: 'MONDAY' }, 2),
  ).toEqual([
    { from: '2024-01-03', to: '2024-01-15' },
    { from: '2024-01-15', to: '2024-01-29' },
    { from: '2024-01-29', to: '2024-01-30' },
  ]);
});
