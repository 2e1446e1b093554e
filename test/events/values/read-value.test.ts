import { describe, expect, it } from 'vitest';
import {
  readAmount,
  readBoolean,
  readCount,
  readCountry,
  readLanguage,
  readMilliseconds,
  readName,
} from '../../../src/events/values/read-value.ts';

describe('readName', () => {
  const read = readName(10);

  it('trims, and takes white space alone as missing', () => {
    expect(read('  Relace ')).toBe('Relace');
    expect(read('   ')).toBeNull();
    expect(read(12345)).toBe('12345');
    expect(read('Zürich')).toBe('Zürich');
  });

  it.each([
    ['more than ten', 'OUT_OF_RANGE'],
    ['two\nlines', 'NOT_ALLOWED'],
    ['tab\there', 'NOT_ALLOWED'],
    ['nul\u0000', 'NOT_ALLOWED'],
    ['b\ufffdd', 'MALFORMED'],
    ['b\ud800d', 'MALFORMED'],
    [true, 'NOT_ALLOWED'],
    [{ name: 'x' }, 'NOT_ALLOWED'],
  ])('refuses %s as %s', (value, code) => {
    expect(read(value)).toMatchObject({ code });
  });

  it('keeps the value itself out of the reason', () => {
    expect(JSON.stringify(read('ada@example.org'))).not.toContain('ada');
  });
});

describe('readCount', () => {
  it.each([
    ['0', 0],
    [' 12 ', 12],
    ['12.0', 12],
    ['-3', -3],
    [7, 7],
    [7n, 7],
  ])('reads %s as %s', (value, expected) => {
    expect(readCount(value)).toBe(expected);
  });

  it.each(['1.5', '1e3', '1,000', 'twelve', 1.5, Number.NaN, Number.POSITIVE_INFINITY, true])(
    'refuses %s',
    (value) => {
      expect(readCount(value)).toMatchObject({ code: 'NOT_A_NUMBER' });
    },
  );
});

describe('readMilliseconds', () => {
  it('rounds to whole milliseconds', () => {
    expect(readMilliseconds('1250.5')).toBe(1251);
    expect(readMilliseconds(0.2)).toBe(0);
  });

  it.each(['fast', '1s', Number.NaN, Number.NEGATIVE_INFINITY])('refuses %s', (value) => {
    expect(readMilliseconds(value)).toMatchObject({ code: 'NOT_A_NUMBER' });
  });
});

describe('readAmount', () => {
  it('reads text and numbers alike', () => {
    expect(readAmount(' 0.10 ')).toBe('0.1');
    expect(readAmount(1e-7)).toBe('0.0000001');
    expect(readAmount(0.1 + 0.2)).toBe('0.3');
  });

  it.each([true, Number.NaN, {}])('refuses %s', (value) => {
    expect(readAmount(value)).toMatchObject({ code: 'NOT_A_NUMBER' });
  });
});

describe('readBoolean', () => {
  it.each([true, 'true', 'True', 'T', '1', 1, 1n])('reads %s as true', (value) => {
    expect(readBoolean(value)).toBe(true);
  });

  it.each([false, 'false', 'FALSE', 'f', '0', 0, 0n])('reads %s as false', (value) => {
    expect(readBoolean(value)).toBe(false);
  });

  it.each(['yes', 'maybe', 2, {}])('refuses %s', (value) => {
    expect(readBoolean(value)).toMatchObject({ code: 'NOT_ALLOWED' });
  });
});

describe('readCountry and readLanguage', () => {
  it('write a country in capitals and a language by its primary subtag', () => {
    expect(readCountry(' de ')).toBe('DE');
    expect(readCountry('DEU')).toBe('DE');
    expect(readCountry('Germany')).toBe('DE');
    expect(readLanguage('pt-BR')).toBe('pt');
    expect(readLanguage('zh_Hant_TW')).toBe('zh');
    expect(readLanguage('yue')).toBe('yue');
  });

  it.each(['ZZ', 'D', '12', 'Atlantis', 49])('refuse the country %s', (value) => {
    expect(readCountry(value)).toMatchObject({ code: 'NOT_ALLOWED' });
  });

  it.each(['English', 'e', 'en-', '??', 12])('refuse the language %s', (value) => {
    expect(readLanguage(value)).toMatchObject({ code: 'NOT_ALLOWED' });
  });
});
