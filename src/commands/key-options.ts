import { InvalidArgumentError } from 'commander';
import { isScope, scopeNames, type Scope } from '../access/scopes.ts';

const secondsPerUnit: Record<string, number> = { s: 1, m: 60, h: 3_600, d: 86_400 };

/** `90d`, `12h`, `30m`, `45s` or `0` in seconds. */
export function parseDuration(text: string): number {
  const match = /^(\d{1,6})([smhd])$/.exec(text);
  const seconds = text === '0' ? 0 : Number(match?.[1]) * (secondsPerUnit[match?.[2] ?? ''] ?? Number.NaN);
  if (Number.isSafeInteger(seconds)) return seconds;
  throw new InvalidArgumentError('Give a number and a unit (s, m, h or d), such as 7d or 12h.');
}

/** A time to come: `2027-01-01`, a full ISO 8601 time, or how long from now. */
export function parseExpiry(text: string): Date {
  if (/^\d+[smhd]$/.test(text)) return new Date(Date.now() + parseDuration(text) * 1_000);
  const isIso = /^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:\d{2}))?$/.test(text);
  const time = new Date(text);
  if (isIso && !Number.isNaN(time.getTime())) return time;
  throw new InvalidArgumentError(
    'Give a day or time in UTC, such as 2027-01-01, or a duration, such as 365d.',
  );
}

export function collectScopes(text: string, former: Scope[]): Scope[] {
  if (isScope(text)) return [...former, text];
  throw new InvalidArgumentError(`The scopes are ${scopeNames.join(', ')}.`);
}

export function collectTexts(text: string, former: string[]): string[] {
  return [...former, text];
}
