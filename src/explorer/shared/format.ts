import { valueAt } from './columns.ts';

/** What stands where the data have no value: missing is never 0. */
export const notCovered = 'not covered';

const whole = new Intl.NumberFormat('en');
const fine = new Intl.NumberFormat('en', { maximumSignificantDigits: 4 });
const money = new Intl.NumberFormat('en', { maximumFractionDigits: 2 });
const percent = new Intl.NumberFormat('en', { style: 'percent', maximumFractionDigits: 2 });
const compact = new Intl.NumberFormat('en', { notation: 'compact', maximumSignificantDigits: 3 });

/** What a table shows of a row. A group without a value is unknown, or what a top left out; a number is not covered. */
export function formatCell(row: unknown, path: string, numeric: boolean): string {
  const value = valueAt(row, path);
  if (numeric || (value !== null && value !== undefined)) return formatValue(value, path);
  return valueAt(row, 'others') === true ? 'others' : 'unknown';
}

/** A value as a table shows it, by the name of its field. */
export function formatValue(value: unknown, path: string): string {
  if (value === null || value === undefined) return notCovered;
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  if (typeof value === 'number') return formatNumber(value, path);
  if (typeof value === 'string') return formatText(value, path);
  return JSON.stringify(value);
}

function formatNumber(value: number, path: string): string {
  if (isShare(path)) return percent.format(value);
  if (/usd$/i.test(path))
    return value !== 0 && Math.abs(value) < 1 ? fine.format(value) : money.format(value);
  if (Number.isInteger(value)) return whole.format(value);
  return Math.abs(value) >= 1000 ? whole.format(Math.round(value)) : fine.format(value);
}

/** Money comes as decimal text, so that no cent is lost. */
function formatText(value: string, path: string): string {
  const isMoney = /(spend|usd|cost|amount)/i.test(path) && /^-?\d+(\.\d+)?$/.test(value);
  if (isMoney) return money.format(Number(value));
  return /^[A-Z]{4,}(_[A-Z]+)*$|^[A-Z]+(_[A-Z]+)+$/.test(value) ? inWords(value) : value;
}

/** `CHINESE_OPEN` as words. */
function inWords(label: string): string {
  const words = label.toLowerCase().replaceAll('_', ' ');
  return words.charAt(0).toUpperCase() + words.slice(1);
}

function isShare(path: string): boolean {
  return (
    /(^|\.|[a-z])(share|rate|laterRate|rateBefore|relativeChange)$/i.test(path) ||
    /^shareInterval\./.test(path)
  );
}

/** 12.3T: for prose and tight places. */
export function formatCompact(value: number): string {
  return compact.format(value);
}
