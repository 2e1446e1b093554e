import { Fault } from './fault.ts';

export const decimalPlaces = 12;

// 10^6 USD and more for one generation is no price; it also keeps the value inside a 64-bit decimal.
const wholeDigits = 6;

const plain = /^(?:0|[1-9]\d{0,5})(?:\.\d{0,11}[1-9])?$/;
const number = /^([+-]?)(\d*)(?:\.(\d*))?(?:e([+-]?\d{1,4}))?$/i;

const notANumber = new Fault('NOT_A_NUMBER', 'is not a decimal number');
const negative = new Fault('OUT_OF_RANGE', 'is negative');
const tooLarge = new Fault('OUT_OF_RANGE', 'is 1,000,000 or more');

/**
 * A non-negative amount in its one written form: no exponent, sign or needless zeros, at most 12 decimals,
 * a thirteenth rounding half up. Works on the digits, since a binary float can not hold most prices.
 */
export function normaliseDecimal(text: string): string | Fault {
  if (plain.test(text)) return text;
  const match = number.exec(text);
  if (match === null) return notANumber;
  const [, sign, whole = '', fraction = '', exponent = '0'] = match;
  const digits = whole + fraction;
  if (digits === '') return notANumber;

  const significant = digits.replace(/^0+/, '');
  if (significant === '') return '0';
  if (sign === '-') return negative;

  // The value is 0.<significant> × 10^magnitude.
  const magnitude = whole.length + Number(exponent) - (digits.length - significant.length);
  if (magnitude > wholeDigits) return tooLarge;
  const scaled = roundHalfUp(significant, magnitude + decimalPlaces);
  return scaled >= 10n ** BigInt(wholeDigits + decimalPlaces) ? tooLarge : written(scaled);
}

/** The first `count` digits of the fraction 0.<digits> as a whole number, rounded by the next one. */
function roundHalfUp(digits: string, count: number): bigint {
  if (count < 0) return 0n;
  const kept = BigInt(digits.slice(0, count).padEnd(count, '0') || '0');
  return (digits[count] ?? '0') >= '5' ? kept + 1n : kept;
}

function written(scaled: bigint): string {
  const text = scaled.toString().padStart(decimalPlaces + 1, '0');
  const fraction = text.slice(-decimalPlaces).replace(/0+$/, '');
  const whole = text.slice(0, -decimalPlaces);
  return fraction === '' ? whole : `${whole}.${fraction}`;
}
