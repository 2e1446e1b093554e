import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Fault } from '../../../src/events/values/fault.ts';
import { readDay, readTime } from '../../../src/events/values/time.ts';

describe('readTime', () => {
  it.each([
    ['2026-09-15 02:50:11.806', '2026-09-15 02:50:11.806'],
    ['2026-09-15T02:50:11.806Z', '2026-09-15 02:50:11.806'],
    ['2026-09-15T02:50:11', '2026-09-15 02:50:11.000'],
    ['2026-09-15 02:50', '2026-09-15 02:50:00.000'],
    ['2026-09-15', '2026-09-15 00:00:00.000'],
    ['2024-07-15T23:33:19.433273+00:00', '2024-07-15 23:33:19.433'],
    ['2026-09-15 02:50:11.806 UTC', '2026-09-15 02:50:11.806'],
    ['2026-09-15T02:50:11,5Z', '2026-09-15 02:50:11.500'],
    ['2026-01-01T00:30:00+01:00', '2025-12-31 23:30:00.000'],
    ['2025-12-31T23:30:00-0030', '2026-01-01 00:00:00.000'],
    ['2026-09-15T02:50:11+05', '2026-09-14 21:50:11.000'],
    ['2024-02-29T12:00:00Z', '2024-02-29 12:00:00.000'],
    ['1723560043', '2024-08-13 14:40:43.000'],
    ['1723560043.5', '2024-08-13 14:40:43.500'],
    ['1723560043123', '2024-08-13 14:40:43.123'],
    ['1723560043.9996', '2024-08-13 14:40:43.999'],
  ])('reads %s as %s', (text, expected) => {
    expect(readTime(text)).toBe(expected);
  });

  it.each([
    '2026-02-29',
    '2026-13-01',
    '2026-00-10',
    '2026-04-31',
    '2026-01-01T24:00:00Z',
    '2026-01-01T10:60Z',
  ])('refuses %s, which does not exist', (text) => {
    expect(readTime(text)).toMatchObject({
      code: 'NOT_A_TIME',
      reason: expect.stringContaining('not exist'),
    });
  });

  it.each([
    'yesterday',
    '15.09.2026',
    '09/15/2026',
    '2026-9-5',
    '2026-09-15T02:50:11 CET',
    '',
    true,
    {},
    null,
  ])('refuses %s, which is of no documented form', (value) => {
    expect(readTime(value)).toMatchObject({ code: 'NOT_A_TIME' });
  });

  it('never throws, whatever number it is given', () => {
    fc.assert(
      fc.property(fc.double(), (value) => {
        const time = readTime(value);
        expect(time instanceof Fault || /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d{3}$/.test(time)).toBe(true);
      }),
    );
  });

  const moment = fc.date({
    min: new Date('2020-01-01T00:00:00Z'),
    max: new Date('2099-12-31T23:59:59.999Z'),
    noInvalidDate: true,
  });

  it('reads one moment the same in every form', () => {
    fc.assert(
      fc.property(moment, fc.integer({ min: -14 * 60, max: 14 * 60 }), (date, offset) => {
        const expected = date.toISOString().replace('T', ' ').replace('Z', '');
        const local = new Date(date.getTime() + offset * 60_000).toISOString().replace('Z', zone(offset));
        const milliseconds = date.getTime();
        for (const form of [
          date,
          date.toISOString(),
          expected,
          local,
          milliseconds,
          String(milliseconds),
          BigInt(milliseconds),
          (milliseconds / 1000).toFixed(3),
          milliseconds / 1000,
        ]) {
          expect(readTime(form)).toBe(expected);
        }
      }),
    );
  });
});

describe('readDay', () => {
  it('reads a day, and a date at midnight', () => {
    expect(readDay('2026-05-24')).toBe('2026-05-24');
    expect(readDay(new Date('2026-05-24T00:00:00Z'))).toBe('2026-05-24');
  });

  it.each(['2026-02-30', '2026-05-24T10:00:00Z', '20260524', 1779580800, new Date('2026-05-24T10:00:00Z')])(
    'refuses %s',
    (value) => {
      expect(readDay(value)).toMatchObject({ code: 'NOT_A_TIME' });
    },
  );
});

function zone(offset: number): string {
  const minutes = Math.abs(offset);
  const two = (value: number) => String(value).padStart(2, '0');
  return `${offset < 0 ? '-' : '+'}${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`;
}
