// Not the room's index, which builds the catalogue of models too.
import { countryOf } from '../../catalog/countries.ts';
import { Fault } from './fault.ts';
import { normaliseDecimal } from './decimal.ts';

// Readers of single values: what a file may hold (text, JSON or Parquet values) to what a record holds.
// Ranges and relations between values belong to the schema; these only decide what the value is.

/** Absent in every container's own way: no such key, JSON or Parquet null, an empty CSV field. */
export function isMissing(value: unknown): value is null | undefined | '' {
  return value === undefined || value === null || value === '';
}

const control = /\p{Cc}/u;
// U+FFFD is what the decoder leaves of bytes that are no UTF-8; a lone surrogate can not be written as UTF-8.
const damaged = /[\ufffd\ud800-\udfff]/u;
const asciiLine = /^[\x20-\x7e]*$/;

const notText = new Fault('NOT_ALLOWED', 'is not text');
const notOneLine = new Fault('NOT_ALLOWED', 'holds a line break or another control character');
const notUtf8 = new Fault('MALFORMED', 'is not valid UTF-8');

/** A name: one line, trimmed, at most `maximumLength` characters, so that no running text passes for one. */
export function readName(maximumLength: number): (value: unknown) => string | null | Fault {
  const tooLong = new Fault('OUT_OF_RANGE', `is longer than ${maximumLength} characters`);
  return (value) => {
    if (typeof value === 'number' || typeof value === 'bigint') value = String(value);
    if (typeof value !== 'string') return notText;
    const text = value.trim();
    if (text.length > maximumLength) return tooLong;
    if (!asciiLine.test(text)) {
      if (control.test(text)) return notOneLine;
      if (damaged.test(text)) return notUtf8;
    }
    return text === '' ? null : text;
  };
}

// A float column of a data frame writes whole numbers as 12.0.
const whole = /^[+-]?\d+(?:\.0+)?$/;
const notWhole = new Fault('NOT_A_NUMBER', 'is not a whole number');

/** A whole number. */
export function readCount(value: unknown): number | Fault {
  if (typeof value === 'string') {
    const text = value.trim();
    return whole.test(text) ? Number(text) : notWhole;
  }
  if (typeof value === 'bigint') return Number(value);
  return typeof value === 'number' && Number.isInteger(value) ? value : notWhole;
}

const decimal = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d{1,3})?$/i;
const notANumber = new Fault('NOT_A_NUMBER', 'is not a number');

/** Any finite number. */
export function readNumber(value: unknown): number | Fault {
  if (typeof value === 'string') {
    const text = value.trim();
    return decimal.test(text) ? Number(text) : notANumber;
  }
  if (typeof value === 'bigint') return Number(value);
  return typeof value === 'number' && Number.isFinite(value) ? value : notANumber;
}

/** A duration in milliseconds, rounded to whole ones. */
export function readMilliseconds(value: unknown): number | Fault {
  const number = readNumber(value);
  return number instanceof Fault ? number : Math.round(number);
}

/** An amount of money as decimal text. */
export function readAmount(value: unknown): string | Fault {
  if (typeof value === 'string') return normaliseDecimal(value.trim());
  if (typeof value === 'number' || typeof value === 'bigint') return normaliseDecimal(String(value));
  return notANumber;
}

const notBoolean = new Fault('NOT_ALLOWED', 'is neither true nor false');

/** true or false, in the spellings of CSV exports too: t, f, 1, 0 in any case. */
export function readBoolean(value: unknown): boolean | Fault {
  if (typeof value === 'boolean') return value;
  switch (typeof value === 'string' ? value.trim().toLowerCase() : value) {
    case 'true':
    case 't':
    case '1':
    case 1:
    case 1n:
      return true;
    case 'false':
    case 'f':
    case '0':
    case 0:
    case 0n:
      return false;
    default:
      return notBoolean;
  }
}

const notACountry = new Fault('NOT_ALLOWED', 'is not a country: an ISO 3166-1 code or an English name');
const knownCountry = remembered((text) => countryOf(text) ?? notACountry);

/** A country by its ISO 3166-1 alpha-2 code, from that, the alpha-3 code or the English name. */
export function readCountry(value: unknown): string | Fault {
  return typeof value === 'string' ? knownCountry(value.trim()) : notACountry;
}

const notALanguage = new Fault('NOT_ALLOWED', 'is not a BCP 47 language tag');
const languageTag = /^[a-z]{2,3}(?:[-_][a-z0-9]{1,8}){0,4}$/i;
const primaryLanguage = remembered((tag) => {
  if (!languageTag.test(tag)) return notALanguage;
  try {
    return new Intl.Locale(tag.replaceAll('_', '-')).language;
  } catch {
    return notALanguage;
  }
});

/** The primary language of a BCP 47 tag: `pt-BR` is `pt`. */
export function readLanguage(value: unknown): string | Fault {
  return typeof value === 'string' ? primaryLanguage(value.trim()) : notALanguage;
}

/** A log has few countries and languages and very many rows. */
function remembered(read: (text: string) => string | Fault): (text: string) => string | Fault {
  const known = new Map<string, string | Fault>();
  return (text) => {
    const before = known.get(text);
    if (before !== undefined) return before;
    const result = read(text);
    if (known.size < 10_000) known.set(text, result);
    return result;
  };
}
