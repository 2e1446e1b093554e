import { describe, expect, it } from 'vitest';
import { columnsOf, expandRows } from '../../src/explorer/shared/columns.ts';
import { formatCell, formatValue, notCovered } from '../../src/explorer/shared/format.ts';
import { sortRows } from '../../src/explorer/shared/sort-rows.ts';

const rows = [
  {
    period: { start: '2025-01-06' },
    model: { id: 'Model:a/b', name: 'B' },
    others: false,
    totalTokens: 5,
    share: 0.25,
  },
  { period: { start: '2025-01-06' }, model: null, others: true, totalTokens: null, share: null },
];

describe('the columns of rows', () => {
  it('are their scalars, with names in place of ids', () => {
    expect(columnsOf(rows).map(({ title, numeric }) => [title, numeric])).toEqual([
      ['Period', false],
      ['Model', false],
      ['Total tokens', true],
      ['Share', true],
    ]);
  });

  it('find what an object holds where the first row has none', () => {
    expect(columnsOf([...rows].reverse()).map(({ path }) => path)).toContain('model.name');
    expect(columnsOf([...rows].reverse()).map(({ path }) => path)).not.toContain('model');
  });

  it('keep an id that is all there is', () => {
    expect(columnsOf([{ model: { id: 'Model:a/b' } }])).toEqual([
      { path: 'model.id', title: 'Model', numeric: false },
    ]);
  });

  it('of lists within rows are those of their parts', () => {
    const cohorts = [
      { start: '2025-01', periods: [{ age: 0 }, { age: 1 }] },
      { start: '2025-02', periods: [] },
    ];
    expect(expandRows(cohorts)).toEqual([
      { start: '2025-01', periods: { age: 0 } },
      { start: '2025-01', periods: { age: 1 } },
    ]);
  });
});

describe('a cell', () => {
  it('never shows a missing number as 0', () => {
    expect(formatCell(rows[1], 'totalTokens', true)).toBe(notCovered);
    expect(formatValue(0, 'totalTokens')).toBe('0');
  });

  it('tells what a top left out from what is unknown', () => {
    expect(formatCell(rows[1], 'model.name', false)).toBe('others');
    expect(formatCell({ ...rows[1], others: false }, 'model.name', false)).toBe('unknown');
  });

  it.each([
    [0.2345, 'share', '23.45%'],
    [0.2, 'periods.rate', '20%'],
    [0.1, 'shareInterval.low', '10%'],
    [9007199254740991, 'totalTokens', '9,007,199,254,740,991'],
    ['1234567.89', 'spendUsd', '1,234,567.89'],
    [0.00012345, 'effectiveCostUsd', '0.0001235'],
    ['CHINESE_OPEN', 'sourceGroup', 'Chinese open'],
    ['GPT-4o', 'model.name', 'GPT-4o'],
    ['SEO', 'category.name', 'SEO'],
    [true, 'reasoning', 'yes'],
  ])('shows %s of %s as %s', (value, path, text) => {
    expect(formatValue(value, path)).toBe(text);
  });
});

describe('sorted rows', () => {
  const unsorted = [{ value: 2 }, { value: null }, { value: 10 }, { value: '3.5' }];

  it('are in order of their numbers, missing ones last either way', () => {
    expect(sortRows(unsorted, { path: 'value', direction: 'ascending' })).toEqual([
      { value: 2 },
      { value: '3.5' },
      { value: 10 },
      { value: null },
    ]);
    expect(sortRows(unsorted, { path: 'value', direction: 'descending' }).at(-1)).toEqual({ value: null });
  });

  it('leave the rows that they are given as they are', () => {
    sortRows(unsorted, { path: 'value', direction: 'ascending' });
    expect(unsorted[0]).toEqual({ value: 2 });
  });
});
