import sql from 'sql-template-tag';
import { expect, it } from 'vitest';
import { openDatabase } from '../../src/database/open-database.ts';
import { runStatement } from '../../src/measures/run-statement.ts';
import { describeOnEachDatabase, describeOnServer } from '../support/databases.ts';
import { countStatements } from '../support/statements.ts';

/** Statements of the database that run at this moment, other than the one that asks. */
const running = `
  SELECT count(*)::integer AS count FROM pg_stat_activity
  WHERE datname = current_database() AND state = 'active' AND query LIKE '/* sleep%'`;

describeOnEachDatabase('a statement', (open) => {
  it('carries its name, and its values bound', async () => {
    const database = await open();
    const { result, statements } = await countStatements(() =>
      runStatement(database, 'sample', sql`SELECT ${'O’Neil'}::text AS name`),
    );
    expect(result).toEqual([{ name: 'O’Neil' }]);
    expect(statements).toEqual(['/* sample */SELECT $1::text AS name']);
  });

  it('is not sent for a client that has gone already', async () => {
    const database = await open();
    const gone = AbortSignal.abort();
    const { statements } = await countStatements(() =>
      runStatement(database, 'sample', sql`SELECT 1`, gone).catch(() => undefined),
    );
    expect(statements).toEqual([]);
  });
});

describeOnServer('a statement', (open) => {
  it('that takes longer than is allowed is cancelled by the server', async () => {
    const { settings } = await open();
    const database = await openDatabase({ ...settings, statementTimeoutMs: 200 });
    try {
      await expect(runStatement(database, 'sleep', sql`SELECT pg_sleep(30)`)).rejects.toMatchObject({
        code: 'STATEMENT_TIMEOUT',
      });
    } finally {
      await database.close();
    }
  });

  it('is cancelled on the server when the client goes away', async () => {
    const database = await open();
    const client = new AbortController();
    const asked = runStatement(database, 'sleep', sql`SELECT pg_sleep(30)`, client.signal);
    const count = async (): Promise<number> =>
      (await database.pool.query<{ count: number }>(running)).rows[0]!.count;
    await expect.poll(count).toBe(1);
    client.abort();
    await expect(asked).rejects.toThrow();
    await expect.poll(count).toBe(0);
  });
});
