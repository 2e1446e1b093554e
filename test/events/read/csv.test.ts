import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CsvRows } from '../../../src/events/read/csv-rows.ts';
import { maximumRecordLength, type ReadRow } from '../../../src/events/read/record-source.ts';
import { csvOf } from '../support.ts';

/** Reads CSV text without its header, all columns wanted, taking a batch every few lines. */
function rowsOf(columns: string[], text: string, linesPerBatch = 1_000): ReadRow[] {
  const rows = new CsvRows(columns, columns);
  const taken: ReadRow[] = [];
  text.split('\n').forEach((line, index) => {
    rows.add(line, index + 1);
    if ((index + 1) % linesPerBatch === 0) taken.push(...rows.take());
  });
  rows.finish();
  return [...taken, ...rows.take()];
}

const columns = ['a', 'b', 'c'];
const good = (line: number, a: string, b: string, c: string) => ({ line, values: { a, b, c } });
const bad = (line: number, words: string) => ({ line, malformed: expect.stringContaining(words) });

describe('CSV rows', () => {
  it('are read with and without quotes, in the order of their lines', () => {
    const text = ['1,2,3', '"x, y",2,"say ""hi"""', '', '4,,', '"",2,3'].join('\n');
    expect(rowsOf(columns, text)).toEqual([
      good(1, '1', '2', '3'),
      good(2, 'x, y', '2', 'say "hi"'),
      good(4, '4', '', ''),
      good(5, '', '2', '3'),
    ]);
  });

  it('may span lines inside quotes, and are numbered by the first', () => {
    const text = ['1,"two\n\nlines, ""quoted""\nand more",3', '4,5,6'].join('\n');
    expect(rowsOf(columns, text, 2)).toEqual([
      good(1, '1', 'two\n\nlines, "quoted"\nand more', '3'),
      good(5, '4', '5', '6'),
    ]);
  });

  it('cost nothing but themselves when malformed', () => {
    const text = ['1,2', '1,2,3,4', 'a "b" c,2,3', '"x"y,2,3', '1,2,3'].join('\n');
    expect(rowsOf(columns, text)).toEqual([
      bad(1, '2 fields where the header has 3'),
      bad(2, '4 fields'),
      bad(3, 'quotes'),
      bad(4, 'quotes'),
      good(5, '1', '2', '3'),
    ]);
  });

  it('are found again after a quote that is never closed', () => {
    const text = ['1,"2,3', '4,5,6', '7,"8",9', '10,11,12'].join('\n');
    expect(rowsOf(columns, text)).toEqual([
      bad(1, 'never closes'),
      good(2, '4', '5', '6'),
      good(3, '7', '8', '9'),
      good(4, '10', '11', '12'),
    ]);
  });

  it('are found again after a quote that swallows lines up to another stray one', () => {
    const text = ['1,"2,3', '4,5,6', '7,8,9"', '10,11,12'].join('\n');
    expect(rowsOf(columns, text)).toEqual([
      bad(1, '2 fields'),
      good(2, '4', '5', '6'),
      bad(3, 'never closes'),
      good(4, '10', '11', '12'),
    ]);
  });

  it('are found again after a quote that is not closed within the length of a record', () => {
    const filler = 'x'.repeat(1_000);
    const count = Math.ceil(maximumRecordLength / (filler.length + 4)) + 10;
    const lines = Array.from({ length: count }, () => `${filler},1,2`);
    const rows = rowsOf(columns, ['1,"2,3', ...lines].join('\n'));
    expect(rows).toHaveLength(count + 1);
    expect(rows[0]).toEqual(bad(1, 'not closed within'));
    expect(rows.slice(1)).toEqual(lines.map((_, index) => good(index + 2, filler, '1', '2')));
  });

  it('lose no line, whatever quotes a file holds', () => {
    const line = fc.stringMatching(/^[a",\n]{0,12}$/);
    fc.assert(
      fc.property(
        fc.array(line, { maxLength: 12 }),
        fc.integer({ min: 1, max: 5 }),
        (lines, linesPerBatch) => {
          const text = lines.join('\n');
          const rows = rowsOf(columns, text, linesPerBatch);
          const covered = new Set<number>();
          for (const row of rows) {
            const breaks = 'values' in row ? Object.values(row.values).join('').split('\n').length : 1;
            for (let offset = 0; offset < breaks; offset += 1) {
              expect(covered.has(row.line + offset)).toBe(false);
              covered.add(row.line + offset);
            }
          }
          const filled = text.split('\n').flatMap((content, index) => (content === '' ? [] : [index + 1]));
          expect(filled.filter((number) => !covered.has(number))).toEqual([]);
        },
      ),
      { numRuns: 500 },
    );
  });

  it('give back what was written, and do not depend on how it is batched', () => {
    const cell = fc.stringMatching(/^[ -~\n]{0,8}$/);
    const row = fc.record({ a: cell.filter((text) => text !== ''), b: cell, c: cell });
    fc.assert(
      fc.property(
        fc.array(row, { minLength: 1, maxLength: 8 }),
        fc.integer({ min: 1, max: 9 }),
        (rows, batch) => {
          const text = csvOf(rows).split('\n').slice(1).join('\n');
          const read = rowsOf(columns, text, batch);
          expect(read.map((entry) => 'values' in entry && entry.values)).toEqual(rows);
        },
      ),
    );
  });

  it('hold the wanted columns only', () => {
    const rows = new CsvRows(columns, ['c', 'a', 'absent']);
    rows.add('1,2,3', 1);
    expect(rows.take()).toEqual([{ line: 1, values: { c: '3', a: '1' } }]);
  });
});
