const MILLISECONDS = 86_400_000;

/** Days since 1970-01-01, as binary formats count them. */
export function dayNumber(day: string): number {
  return Date.parse(day) / MILLISECONDS;
}
