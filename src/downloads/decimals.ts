import { Big } from 'big.js';

/** Decimals of binary formats: 38 digits, 18 of them behind the point. */
export const decimalPrecision = 38;
export const decimalScale = 18;

const factor = new Big(10).pow(decimalScale);

/** The number in units of the last digit; finer ones, which only estimates have, are rounded to it. */
export function unscaledDecimal(text: string): bigint {
  return BigInt(new Big(text).times(factor).round(0).toFixed());
}
