import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type pg from 'pg';
import { copyRows } from '../../src/releases/copy-rows.ts';
import { tabSeparated } from '../../src/releases/tab-separated.ts';
import { describeOnEachDatabase } from '../support/databases.ts';

describeOnEachDatabase('copyRows', (open) => {
  let client: pg.PoolClient;
  beforeAll(async () => {
    client = await (await open()).pool.connect();
    await client.query('CREATE TABLE sample (number bigint, "the text" text, flag boolean)');
  });
  afterAll(() => client.release());

  const columns = ['number', 'the text', 'flag'];

  async function stored() {
    return (await client.query('SELECT * FROM sample ORDER BY number NULLS LAST')).rows;
  }

  it('brings back any text, null and truth value as it was', async () => {
    const row = fc.tuple(
      fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }),
      fc.option(fc.string({ unit: fc.constantFrom('a', '\\', '\t', '\n', '\r', '.', 'N', 'ü', '😀', ' ') })),
      fc.option(fc.boolean()),
    );
    await fc.assert(
      fc.asyncProperty(fc.uniqueArray(row, { selector: ([number]) => number }), async (rows) => {
        await client.query('TRUNCATE sample');
        expect(await copyRows(client, 'sample', columns, tabSeparated(rows))).toBe(rows.length);
        const sorted = rows.sort((a, b) => (a[0] < b[0] ? -1 : 1));
        expect(await stored()).toEqual(
          sorted.map(([number, text, flag]) => ({ number: `${number}`, 'the text': text, flag })),
        );
      }),
      { numRuns: 40 },
    );
  });

  it('takes rows cut anywhere and more than one batch of them', async () => {
    await client.query('TRUNCATE sample');
    const rows = Array.from({ length: 60_000 }, (_, i) => `${i}\t${'x'.repeat(40)}\tt\n`).join('');
    async function* chunks() {
      for (let at = 0; at < rows.length; at += 10_007) yield Buffer.from(rows.slice(at, at + 10_007));
    }

    expect(await copyRows(client, 'sample', columns, chunks())).toBe(60_000);
    expect((await client.query('SELECT count(*), sum(number) FROM sample')).rows).toEqual([
      { count: '60000', sum: '1799970000' },
    ]);
  });

  it('fails with what PostgreSQL says of a bad row, and the transaction can be rolled back', async () => {
    await client.query('TRUNCATE sample');
    await client.query('BEGIN');
    await copyRows(client, 'sample', columns, tabSeparated([[1, 'kept until then', true]]));
    await expect(copyRows(client, 'sample', columns, tabSeparated([['x', '', true]]))).rejects.toThrow(
      'invalid input syntax for type bigint: "x"',
    );
    await client.query('ROLLBACK');
    expect(await stored()).toEqual([]);
  });

  it('fails with the error of a source that breaks off', async () => {
    async function* broken() {
      yield Buffer.from('1\ta\tt\n');
      throw new Error('the source broke');
    }
    await expect(copyRows(client, 'sample', columns, broken())).rejects.toThrow('the source broke');
  });
});
