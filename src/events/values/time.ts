import { Fault } from './fault.ts';

const iso =
  /^(\d{4})-(\d\d)-(\d\d)(?:[T ](\d\d):(\d\d)(?::(\d\d)(?:[.,](\d{1,9}))?)?(?: ?(Z|UTC|[+-]\d\d(?::?\d\d)?))?)?$/i;
const epoch = /^-?\d{1,16}(?:\.\d{1,9})?$/;

// Seconds reach this in the year 5138, milliseconds passed it in March 1973: no log has both readings.
const millisecondsFrom = 1e11;

const notATime = new Fault('NOT_A_TIME', 'is not a time: ISO 8601, or epoch seconds or milliseconds');
const noSuchTime = new Fault('NOT_A_TIME', 'names a day or hour that does not exist');
const notADay = new Fault('NOT_A_TIME', 'is not a day of the form YYYY-MM-DD');

/** No gateway for language models kept logs before: an earlier time is a wrong unit or an unset clock. */
export const earliestTime = '2020-01-01 00:00:00.000';

/** The last time a row may carry: a day after `now`, which leaves room for clocks and zones that are off. */
export function latestTime(now: Date): string {
  const time = readTime(new Date(now.getTime() + 86_400_000));
  if (time instanceof Fault) throw new RangeError('now is not a valid date');
  return time;
}

/** The allowed range in words. */
export function timeRange(latest: string): string {
  return `times from ${earliestTime.slice(0, 10)} to a day from now (${latest.slice(0, 10)}) are read`;
}

/**
 * A moment as `YYYY-MM-DD HH:MM:SS.mmm` in UTC; finer than a millisecond is cut off.
 * Reads ISO 8601 (without a zone it is UTC, without an hour midnight), a `Date`, and epoch numbers: seconds
 * below 10^11, milliseconds from there on.
 */
export function readTime(value: unknown): string | Fault {
  if (typeof value === 'string') {
    const match = iso.exec(value);
    if (match !== null) return fromIso(match);
    return epoch.test(value) ? fromEpoch(Number(value)) : notATime;
  }
  if (typeof value === 'number') return fromEpoch(value);
  if (typeof value === 'bigint') return fromEpoch(Number(value));
  if (value instanceof Date) return fromMilliseconds(value.getTime());
  return notATime;
}

/** A UTC day as `YYYY-MM-DD`, from that form or a `Date` at midnight. */
export function readDay(value: unknown): string | Fault {
  if (value instanceof Date) {
    const moment = fromMilliseconds(value.getTime());
    if (moment instanceof Fault) return moment;
    return moment.endsWith(' 00:00:00.000') ? moment.slice(0, 10) : notADay;
  }
  if (typeof value !== 'string' || !/^\d{4}-\d\d-\d\d$/.test(value)) return notADay;
  const moment = readTime(value);
  return moment instanceof Fault ? moment : value;
}

function fromIso(match: RegExpExecArray): string | Fault {
  const [, year = '', month = '', day = '', hour = '00', minute = '00', second = '00', fraction = '', zone] =
    match;
  const exists =
    Number(day) >= 1 &&
    Number(day) <= daysInMonth(Number(year), Number(month)) &&
    hour < '24' &&
    minute < '60' &&
    second < '60';
  if (!exists) return noSuchTime;
  const millisecond = fraction.length === 3 ? fraction : fraction.slice(0, 3).padEnd(3, '0');
  const local = `${year}-${month}-${day} ${hour}:${minute}:${second}.${millisecond}`;
  if (zone === undefined || isUtc(zone)) return local;
  const offset = offsetMilliseconds(zone);
  if (offset === undefined) return noSuchTime;
  return fromMilliseconds(Date.parse(`${local.replace(' ', 'T')}Z`) - offset);
}

function daysInMonth(year: number, month: number): number {
  if (month === 2) return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0 ? 29 : 28;
  if (month < 1 || month > 12) return 0;
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
}

function isUtc(zone: string): boolean {
  return zone === 'Z' || zone === '+00:00' || /^(?:z|utc)$/i.test(zone);
}

function offsetMilliseconds(zone: string): number | undefined {
  const hours = Number(zone.slice(1, 3));
  const minutes = Number(zone.slice(3).replace(':', '') || '0');
  if (hours > 15 || minutes > 59) return undefined;
  return (zone.startsWith('-') ? -1 : 1) * (hours * 60 + minutes) * 60_000;
}

function fromEpoch(value: number): string | Fault {
  return fromMilliseconds(Math.abs(value) < millisecondsFrom ? Math.round(value * 1e6) / 1e3 : value);
}

function fromMilliseconds(value: number): string | Fault {
  const date = new Date(Math.floor(value));
  const year = date.getUTCFullYear();
  if (!(year >= 0 && year <= 9999)) return noSuchTime;
  const text = date.toISOString();
  return `${text.slice(0, 10)} ${text.slice(11, 23)}`;
}
