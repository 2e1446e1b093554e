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

  it('is cancelled also where every connection is taken by others that are', async () => {
    const database = await open();
    const count = async (): Promise<number> => {
      const { rows } = await other.pool.query<{ count: number }>(running);
      return rows[0]!.count;
    };
    const other = await openDatabase(database.settings);
    try {
      const clients = Array.from({ length: 8 }, () => new AbortController());
      const asked = clients.map(({ signal }) =>
        runStatement(database, 'sleep', sql`SELECT pg_sleep(30)`, signal).catch(() => 'ended'),
      );
      await expect.poll(count).toBe(database.settings.databasePoolSize);
      for (const client of clients) client.abort();
      expect(await Promise.all(asked)).toEqual(clients.map(() => 'ended'));
      expect(await count()).toBe(0);
      // None of the cancellations meets a statement of somebody else.
      const later = Array.from({ length: 50 }, () => runStatement(database, 'sample', sql`SELECT 1 AS one`));
      expect(new Set((await Promise.all(later)).map(([row]) => Number(row!.one)))).toEqual(new Set([1]));
    } finally {
      await other.close();
    }
  });

  it('that waits too long for a connection is refused, and says that it may be asked again', async () => {
    const { settings } = await open();
    const database = await openDatabase({ ...settings, databasePoolSize: 1, statementTimeoutMs: 300 });
    const held = await database.pool.connect();
    try {
      await expect(runStatement(database, 'sample', sql`SELECT 1`)).rejects.toMatchObject({
        code: 'SERVER_BUSY',
      });
    } finally {
      held.release();
      await database.close();
    }
  });
});
