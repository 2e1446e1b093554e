import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { filterFields, filterOf, readAddress, writeAddress } from '../../src/explorer/shared/address.ts';
import { dimensions } from '../../src/measures/dimensions.ts';

const day = fc
  .date({ min: new Date('2020-01-01'), max: new Date('2030-01-01'), noInvalidDate: true })
  .map((date) => date.toISOString().slice(0, 10));
const text = fc.string({ minLength: 1, maxLength: 20 });
const or = <Value>(value: fc.Arbitrary<Value>) => fc.option(value, { nil: null });

const addresses = fc.record({
  dataset: or(text),
  release: or(text),
  panel: or(text),
  from: or(day),
  to: or(day),
  grain: or(fc.constantFrom('DAY', 'WEEK')),
  where: fc.dictionary(fc.constantFrom(...filterFields), fc.array(text, { minLength: 1, maxLength: 3 }), {
    noNullPrototype: true,
  }),
  hidden: fc.array(text, { maxLength: 3 }),
});

describe('the address of a figure', () => {
  it('keeps all of its state', () => {
    fc.assert(
      fc.property(addresses, (address) => {
        expect(readAddress(writeAddress(address))).toEqual(address);
      }),
    );
  });

  it('is the same for the same state, however it came about', () => {
    const there = '?to=2025-01-01&model=b&model=a&dataset=x';
    expect(writeAddress(readAddress(there))).toBe('?dataset=x&to=2025-01-01&model=b&model=a');
    expect(writeAddress(readAddress(''))).toBe('');
  });

  it('passes over what is not its own, and days that are none', () => {
    expect(readAddress('?utm_source=x&from=yesterday&model=')).toEqual(readAddress(''));
  });

  it('can filter on every dimension', () => {
    expect([...filterFields].sort()).toEqual(dimensions.map(({ field }) => field).sort());
  });
});

describe('the filter of an address', () => {
  it('asks for any of the values of each field', () => {
    expect(filterOf({ model: ['a/b', 'c/d'], reasoning: ['false'] })).toEqual({
      model: { in: ['a/b', 'c/d'] },
      reasoning: { eq: false },
    });
  });

  it('is none without conditions', () => {
    expect(filterOf({ model: [] })).toBeNull();
  });
});
