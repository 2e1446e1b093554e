import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { parse } from 'csv-parse/sync';
import { standings, type PublishedValue, type Standing } from './figure.ts';

/** What the study says of a figure: its single numbers, then the series measured from its chart. */
export function readPublishedValues(directory: string, figure: string, panel: string): PublishedValue[] {
  return [
    ...readNumbers(path.join(directory, `${figure}.tsv`), panel),
    ...readSeries(path.join(directory, `${figure}.measured.csv`), panel),
  ];
}

type Cells = Record<string, string>;

function readRows(file: string, delimiter: string): Cells[] {
  if (!existsSync(file)) return [];
  return parse(readFileSync(file, 'utf8'), {
    delimiter,
    columns: true,
    comment: '#',
    comment_no_infix: true,
    skip_empty_lines: true,
    trim: true,
    quote: delimiter === '\t' ? null : '"',
  });
}

function readNumbers(file: string, panel: string): PublishedValue[] {
  return readRows(file, '\t').map((row) => {
    const value = row.value ?? '';
    const standing = row.standing ?? '';
    if (!isStanding(standing)) throw new Error(`${file}: there is no standing '${standing}'`);
    return {
      panel: row.panel || panel,
      reading: row.reading ?? '',
      series: row.series ?? '',
      period: row.period ?? '',
      text: value,
      ...boundsOf(value),
      standing,
      source: row.source ?? '',
      counted: row.counted !== 'no',
      note: row.note || null,
    };
  });
}

/** A column for each group, a row for each period; an empty cell could not be measured. */
function readSeries(file: string, panel: string): PublishedValue[] {
  return readRows(file, ',').flatMap(({ period = '', ...groups }) =>
    Object.entries(groups)
      .filter(([, text]) => text !== '')
      .map(([series, text]) => ({
        panel,
        reading: '',
        series,
        period,
        text,
        ...boundsOf(text),
        standing: 'MEASURED' as const,
        source: 'IMG≈',
        counted: true,
        note: null,
      })),
  );
}

function isStanding(text: string): text is Standing {
  return Object.hasOwn(standings, text);
}

const number = String.raw`(-?\d+(?:\.\d+)?)`;

const forms: readonly [RegExp, (first: number, second: number) => [number, number]][] = [
  [new RegExp(`^${number}$`), (value) => [value, value]],
  [new RegExp(`^>=${number}$`), (value) => [value, Infinity]],
  [new RegExp(`^<=${number}$`), (value) => [-Infinity, value]],
  [new RegExp(`^${number}\\.\\.${number}$`), (least, most) => [least, most]],
];

/** The numbers that agree with a published one: itself, what lies beyond a bound, or between two. */
export function boundsOf(text: string): { least: number | null; most: number | null } {
  for (const [form, boundsFor] of forms) {
    const match = form.exec(text);
    if (match === null) continue;
    const [least, most] = boundsFor(Number(match[1]), Number(match[2]));
    return { least, most };
  }
  return { least: null, most: null };
}
