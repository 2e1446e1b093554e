import type { Figure, PublishedValue, Reading } from './figure.ts';
import { findValue } from './find-value.ts';
import { metaOf } from './panel-meta.ts';
import { readPoints } from './read-points.ts';

/** A published value with what the data have in its place. */
export interface ComparedValue extends PublishedValue {
  readonly unit: string;
  readonly computed: number | null;
  readonly computedWord: string | null;
  /** Computed − the nearest number that agrees with the published one; null where there is nothing to compare. */
  readonly difference: number | null;
  /** Of words: whether they are the same. */
  readonly agrees: boolean | null;
}

export interface ErrorOfReading {
  readonly reading: string;
  readonly title: string;
  readonly unit: string;
  /** Values compared: counted, and found in the data. */
  readonly compared: number;
  readonly meanAbsoluteError: number | null;
  /** Mean of the absolute differences ÷ published numbers; null for percentages, which are compared in points. */
  readonly meanRelativeError: number | null;
  readonly greatestError: number | null;
}

export interface Fidelity {
  readonly values: readonly ComparedValue[];
  readonly errors: readonly ErrorOfReading[];
  /** Words compared, and how many of them agree. */
  readonly words: number;
  readonly agreeing: number;
}

/** Holds results, by panel, against the published values; a panel that could not be answered has none. */
export function compareWithStudy(figure: Figure, results: ReadonlyMap<string, unknown>): Fidelity {
  const values = figure.panels.flatMap(({ key }) =>
    Object.entries(figure.readings).flatMap(([name, reading]) => {
      const published = figure.published.filter((value) => value.panel === key && value.reading === name);
      return published.length === 0 ? [] : compareReading(published, reading, results.get(key));
    }),
  );
  const words = values.filter(({ agrees, counted }) => agrees !== null && counted);
  return {
    values,
    errors: Object.entries(figure.readings).flatMap(([name, reading]) => {
      const own = values.filter((value) => value.reading === name && value.least !== null);
      return own.length === 0 ? [] : [errorOf(name, reading, own)];
    }),
    words: words.length,
    agreeing: words.filter(({ agrees }) => agrees).length,
  };
}

function compareReading(
  published: readonly PublishedValue[],
  reading: Reading,
  result: unknown,
): ComparedValue[] {
  const listed = new Set(published.flatMap(({ series }) => series.split('+')));
  const points = result === undefined ? [] : readPoints(result, reading, listed);
  // A group without a row was not used, unless what was withheld may be it.
  const { absent, ...withoutAbsent } = reading;
  const known = (metaOf(result).withheld?.cells ?? 0) > 0 ? withoutAbsent : reading;
  const found = published.map((value) => findValue(points, value, known));
  const offset = reading.centred === true ? offsetOf(published, found) : 0;
  return published.map((value, index) => compare(value, found[index] ?? null, reading, offset));
}

/** Mean difference, of those that count: what the scale of the data adds to every logarithm. */
function offsetOf(published: readonly PublishedValue[], found: readonly (number | string | null)[]): number {
  const differences = published.flatMap(({ least, counted }, index) => {
    const value = found[index];
    return counted && least !== null && typeof value === 'number' ? [value - least] : [];
  });
  return differences.length === 0 ? 0 : differences.reduce((sum, each) => sum + each, 0) / differences.length;
}

function compare(
  published: PublishedValue,
  found: number | string | null,
  { unit }: Reading,
  offset: number,
): ComparedValue {
  const { least, most, text } = published;
  if (least === null || most === null) {
    const word = found === null ? null : String(found);
    const agrees = word === null ? null : text.split('|').includes(word);
    return { ...published, unit, computed: null, computedWord: word, difference: null, agrees };
  }
  const computed = typeof found === 'number' ? found - offset : null;
  const nearest = computed === null ? null : Math.min(Math.max(computed, least), most);
  const difference = computed === null || nearest === null ? null : computed - nearest;
  return { ...published, unit, computed, computedWord: null, difference, agrees: null };
}

function errorOf(
  reading: string,
  { title, unit }: Reading,
  values: readonly ComparedValue[],
): ErrorOfReading {
  const compared = values.flatMap(({ counted, difference, least, most }) =>
    counted && difference !== null
      ? [{ error: Math.abs(difference), of: Math.abs(Number.isFinite(least) ? Number(least) : Number(most)) }]
      : [],
  );
  const relative = compared.filter(({ of }) => of > 0);
  return {
    reading,
    title,
    unit,
    compared: compared.length,
    meanAbsoluteError: meanOf(compared.map(({ error }) => error)),
    meanRelativeError: unit.startsWith('%') ? null : meanOf(relative.map(({ error, of }) => error / of)),
    greatestError: compared.length === 0 ? null : Math.max(...compared.map(({ error }) => error)),
  };
}

function meanOf(values: readonly number[]): number | null {
  return values.length === 0 ? null : values.reduce((sum, value) => sum + value, 0) / values.length;
}
