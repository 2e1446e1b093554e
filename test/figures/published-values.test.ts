import fc from 'fast-check';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { readFigures } from '../../src/figures/catalogue.ts';
import { boundsOf, readPublishedValues } from '../../src/figures/published-values.ts';

describe('the numbers that agree with a published one', () => {
  it('are itself, what is beyond a bound, and what is within a range', () => {
    const decimal = fc.integer({ min: -99_999, max: 99_999 }).map((value) => value / 100);
    fc.assert(
      fc.property(decimal, decimal, (one, other) => {
        const [least, most] = one < other ? [one, other] : [other, one];
        expect(boundsOf(String(one))).toEqual({ least: one, most: one });
        expect(boundsOf(`>=${one}`)).toEqual({ least: one, most: Infinity });
        expect(boundsOf(`<=${one}`)).toEqual({ least: -Infinity, most: one });
        expect(boundsOf(`${least}..${most}`)).toEqual({ least, most });
      }),
    );
  });

  it.each(['none', 'PREMIUM_LEADERS', '2025-06-01', '1.2.3', '40..', '>=', '4O', ''])(
    'are none of the word "%s"',
    (word) => expect(boundsOf(word)).toEqual({ least: null, most: null }),
  );
});

describe('the published values that ship', () => {
  it.each(readFigures())(
    'of $id are numbers where numbers are read, in a range that is not empty',
    ({ published }) => {
      for (const { least, most } of published) {
        if (least === null || most === null) continue;
        expect(least).toBeLessThanOrEqual(most);
      }
    },
  );

  it('are called published only where no chart was measured for them', () => {
    for (const { published } of readFigures())
      for (const { standing, source } of published)
        if (source.includes('≈')) expect(standing).toBe('MEASURED');
  });
});

function withTable<T>(file: string, text: string, work: (directory: string) => T): T {
  const directory = mkdtempSync(path.join(tmpdir(), 'published-'));
  try {
    writeFileSync(path.join(directory, file), text);
    return work(directory);
  } finally {
    rmSync(directory, { recursive: true });
  }
}

const header = 'panel\treading\tseries\tperiod\tvalue\tstanding\tsource\tcounted\tnote\n';

it('refuses a standing that there is not', () => {
  const text = `${header}\t\ta\t\t1\tCERTAIN\tS1\tyes\t\n`;
  expect(() => withTable('fig-01.tsv', text, (from) => readPublishedValues(from, 'fig-01', 'all'))).toThrow(
    "there is no standing 'CERTAIN'",
  );
});

it('leaves out the cells of a series that could not be measured', () => {
  const text = '# A series.\nperiod,a,b\n2025-01-06,1,\n2025-01-13,,2\n';
  const values = withTable('fig-01.measured.csv', text, (from) => readPublishedValues(from, 'fig-01', 'all'));
  expect(values.map(({ series, period, least }) => [series, period, least])).toEqual([
    ['a', '2025-01-06', 1],
    ['b', '2025-01-13', 2],
  ]);
});

it('refuses a word where a number is read', () => {
  const text = `${header}\tshare\tCHINESE_OPEN\tmean\tmany\tPUBLISHED\tS1\tyes\t\n`;
  expect(() => withTable('fig-01.tsv', text, (from) => readFigures(from))).toThrow(
    "fig-01: 'many' is not what 'share' reads",
  );
});
