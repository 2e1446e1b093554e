const millisecondsPerDay = 86_400_000;
const daysPerWeek = 7;

/** The study's last day and its months. */
export const lastDay = '2025-11-30';
export const longestMonths = 13;

/** First Monday of the weeks of the world: that of figure 1. */
export const firstWeek = '2024-10-28';
export const weekCount = 57;

/** The first day whose prompts were classified. */
export const firstLabelledDay = '2025-05-18';

export function addDays(day: string, days: number): string {
  return new Date(Date.parse(day) + days * millisecondsPerDay).toISOString().slice(0, 10);
}

export function daysBetween(from: string, to: string): number {
  return Math.round((Date.parse(to) - Date.parse(from)) / millisecondsPerDay);
}

/** Mondays of all weeks of the world. */
export const weeks: readonly string[] = Array.from({ length: weekCount }, (_, week) =>
  addDays(firstWeek, week * daysPerWeek),
);

/** Number of the week that holds a day; the study's series of Sunday weeks go to the Monday after. */
export function weekOf(day: string): number {
  return Math.floor(daysBetween(firstWeek, day) / daysPerWeek);
}

/** The Monday week that shares six days with a week that begins on this Sunday. */
export function weekOfSunday(day: string): number {
  return weekOf(addDays(day, 1));
}

export function monthOf(day: string): string {
  return day.slice(0, 7);
}

/** Months from the first to the last of the world, `YYYY-MM`. */
export const months: readonly string[] = Array.from({ length: longestMonths }, (_, index) => {
  const date = new Date(Date.UTC(2024, 10 + index, 1));
  return date.toISOString().slice(0, 7);
});

/** The last `count` months, day by day. */
export function daysOf(count: number): string[] {
  const first = `${months[longestMonths - count]}-01`;
  return Array.from({ length: daysBetween(first, lastDay) + 1 }, (_, index) => addDays(first, index));
}

/** Interpolates so that the logarithm is linear between points, and is flat outside them. */
export function interpolateLog(points: readonly { day: string; value: number }[], day: string): number {
  const after = points.findIndex((point) => point.day > day);
  const next = points[after];
  const last = points[after - 1];
  if (next === undefined) return points.at(-1)?.value ?? Number.NaN;
  if (last === undefined) return next.value;
  const part = daysBetween(last.day, day) / daysBetween(last.day, next.day);
  return Math.exp(Math.log(last.value) * (1 - part) + Math.log(next.value) * part);
}
