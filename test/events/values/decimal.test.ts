import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { normaliseDecimal } from '../../../src/events/values/decimal.ts';
import { Fault } from '../../../src/events/values/fault.ts';

describe('normaliseDecimal', () => {
  it.each([
    ['0', '0'],
    ['0.0', '0'],
    ['-0.00', '0'],
    ['00012.500', '12.5'],
    ['.5', '0.5'],
    ['5.', '5'],
    ['+1.25', '1.25'],
    ['1.4999999999999999e-05', '0.000015'],
    ['5.3475e-05', '0.000053475'],
    ['1E3', '1000'],
    ['0.1234567890124', '0.123456789012'],
    ['0.1234567890125', '0.123456789013'],
    ['0.0000000000005', '0.000000000001'],
    ['0.0000000000004999', '0'],
    ['4e-13', '0'],
    ['1e-9999', '0'],
    ['0e9999', '0'],
    ['999999.999999999999', '999999.999999999999'],
    ['123456.7890', '123456.789'],
  ])('writes %s as %s', (text, expected) => {
    expect(normaliseDecimal(text)).toBe(expected);
  });

  it.each([
    ['', 'NOT_A_NUMBER'],
    ['.', 'NOT_A_NUMBER'],
    ['e5', 'NOT_A_NUMBER'],
    ['1,5', 'NOT_A_NUMBER'],
    ['$1', 'NOT_A_NUMBER'],
    ['NaN', 'NOT_A_NUMBER'],
    ['Infinity', 'NOT_A_NUMBER'],
    ['0x10', 'NOT_A_NUMBER'],
    ['1e10000', 'NOT_A_NUMBER'],
    ['-0.01', 'OUT_OF_RANGE'],
    ['1000000', 'OUT_OF_RANGE'],
    ['1e6', 'OUT_OF_RANGE'],
    ['1e9999', 'OUT_OF_RANGE'],
    ['999999.9999999999995', 'OUT_OF_RANGE'],
  ])('refuses %s as %s', (text, code) => {
    expect(normaliseDecimal(text)).toMatchObject({ code });
  });

  const scaled = fc.bigInt({ min: 0n, max: 10n ** 18n - 1n });

  it('is exact for every value of twelve decimals, in whatever notation', () => {
    fc.assert(
      fc.property(scaled, fc.nat(20), fc.nat(5), (value, shift, zeros) => {
        const digits = `${'0'.repeat(zeros)}${value}`;
        const expected = plainText(value);
        expect(normaliseDecimal(expected)).toBe(expected);
        expect(normaliseDecimal(`${digits}e-12`)).toBe(expected);
        expect(normaliseDecimal(`${digits}${'0'.repeat(shift)}E${-12 - shift}`)).toBe(expected);
        expect(normaliseDecimal(`0.${digits}e${digits.length - 12}`)).toBe(expected);
      }),
    );
  });

  it('leaves its own output as it is', () => {
    fc.assert(
      fc.property(fc.double({ min: 0, max: 999_999, noNaN: true }), (value) => {
        const once = normaliseDecimal(String(value));
        expect(once).toEqual(expect.any(String));
        expect(normaliseDecimal(once as string)).toBe(once);
      }),
    );
  });

  it('is within half of the last place of the number that was written', () => {
    fc.assert(
      fc.property(scaled, fc.integer({ min: 0, max: 9_999 }), (value, rest) => {
        const written = normaliseDecimal(`${value}.${String(rest).padStart(4, '0')}e-12`);
        const rounded = rest >= 5000 ? value + 1n : value;
        if (rounded === 10n ** 18n) expect(written).toBeInstanceOf(Fault);
        else expect(written).toBe(plainText(rounded));
      }),
    );
  });
});

function plainText(scaled: bigint): string {
  const digits = scaled.toString().padStart(13, '0');
  return `${digits.slice(0, -12)}.${digits.slice(-12)}`.replace(/\.?0+$/, '');
}
