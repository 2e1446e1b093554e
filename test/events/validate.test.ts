import { describe, expect, it } from 'vitest';
import { pseudonymise, digestPseudonym } from '../../src/events/pseudonym.ts';
import { atlasRow, csvOf, ndjsonOf, pseudonymKey, readAll, temporaryFile } from './support.ts';

describe('readEvents', () => {
  it('yields every line of a file once, in order, accepted or refused', async () => {
    const rows = Array.from({ length: 2_500 }, (_, index) => ({
      ...atlasRow,
      id: `gen-${index}`,
      prompt_tokens: index % 7 === 0 ? 'x' : 5_000,
    }));
    const read = await readAll(await temporaryFile('a.csv', csvOf(rows)));
    expect(read.rows.map((row) => row.line)).toEqual(rows.map((_, index) => index + 2));
    expect(read.refused.map((row) => row.line)).toEqual(
      rows.flatMap((row, index) => (row.prompt_tokens === 'x' ? [index + 2] : [])),
    );
    expect(read.generations).toHaveLength(2_500 - read.refused.length);
  });

  it('keeps repeats of an id: which of them count is not decided at the door', async () => {
    const { rows } = await readAll(await temporaryFile('a.csv', csvOf([atlasRow, atlasRow])));
    expect(rows).toHaveLength(2);
    expect(rows[1]).toEqual({ ...rows[0], line: 3 });
  });

  it('stores users as pseudonyms, and pseudonyms as digests', async () => {
    const file = await temporaryFile('a.csv', csvOf([atlasRow]));
    const [hidden] = (await readAll(file)).generations;
    const [known] = (await readAll(file, { usersArePseudonymous: true })).generations;
    expect(hidden?.user).toBe(pseudonymise(pseudonymKey, 'ada@example.org'));
    expect(known?.user).toBe(digestPseudonym('ada@example.org'));
  });

  it('says which columns it does not read', async () => {
    const rows = [{ ...atlasRow, promt_tokens: 1, nested: { a: 1 } }];
    expect((await readAll(await temporaryFile('a.ndjson', ndjsonOf(rows)))).ignoredColumns).toEqual([
      'promt_tokens',
      'nested',
      'nested.a',
    ]);
  });

  it('reads a named format without asking the columns for another', async () => {
    // Both formats fit.
    const row = { ...atlasRow, request_id: 'r', startTime: '2026-01-01' };
    const file = await temporaryFile('a.csv', csvOf([row]));
    await expect(readAll(file)).rejects.toMatchObject({ code: 'FORMAT_UNKNOWN' });
    expect((await readAll(file, { format: 'atlas' })).generations[0]).toMatchObject({
      createdAt: '2026-09-15 02:50:11.806',
    });
  });
});

describe('columns given for the whole file', () => {
  const { country: _, app: __, ...row } = atlasRow;

  it('are read as if the file had them', async () => {
    const constants = { country: 'fr', app: 'editor' };
    for (const [name, content] of [
      ['a.csv', csvOf([row, row])],
      ['a.ndjson', ndjsonOf([row, row])],
    ] as const) {
      const { generations } = await readAll(await temporaryFile(name, content), { constants });
      expect(generations).toMatchObject([
        { country: 'FR', app: 'editor' },
        { country: 'FR', app: 'editor' },
      ]);
    }
  });

  it('are refused row by row where they are no values of their column', async () => {
    const { refused } = await readAll(await temporaryFile('a.csv', csvOf([row])), {
      constants: { country: 'Atlantis' },
    });
    expect(refused).toMatchObject([{ field: 'country', code: 'NOT_ALLOWED' }]);
  });

  it('may not be columns that the format does not know, nor such as the file has', async () => {
    const file = await temporaryFile('a.csv', csvOf([row]));
    await expect(readAll(file, { constants: { contry: 'FR' } })).rejects.toMatchObject({
      code: 'BAD_ARGUMENT',
      message: expect.stringMatching(/--set contry: .*no such column.*country/),
    });
    await expect(readAll(file, { constants: { model: 'm' } })).rejects.toMatchObject({
      code: 'BAD_ARGUMENT',
      message: expect.stringContaining('has this column itself'),
    });
  });
});
