import pg from 'pg';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openDatabase } from '../../src/database/open-database.ts';
import { describeOnEachDatabase, describeOnServer, type TestDatabase } from '../support/databases.ts';
import { seedRelease } from '../support/seed-release.ts';
import { fixtureGenerations } from '../support/serving-fixture.ts';
import { runAtlas } from './atlas-app.ts';
import { ask, expectHealthy } from './attack.ts';
import type { RunningApp } from './running-app.ts';

const query = '{ usage(groupBy: [MODEL]) { rows { totalTokens model { id } } } }';

/** Statements of the API that the database server works on, or that wait there for a lock. */
const running = `
  SELECT count(*)::integer AS count FROM pg_stat_activity
  WHERE datname = current_database() AND state = 'active' AND query LIKE '/*%'`;

describeOnServer('a query that the database can not answer', (open) => {
  let database: TestDatabase;
  let blocker: pg.Client;
  /** Of its own, since within a transaction the view never changes. */
  let observer: pg.Client;
  let app: RunningApp;

  /** Reads of usage wait until this is undone: a statement that takes as long as one likes. */
  async function block(): Promise<void> {
    const { rows } = await blocker.query<{ name: string }>(
      `SELECT tablename AS name FROM pg_tables WHERE schemaname = 'public' AND tablename LIKE 'usage\\_%'`,
    );
    await blocker.query('BEGIN');
    await blocker.query(
      `LOCK TABLE ${rows.map(({ name }) => pg.escapeIdentifier(name)).join(', ')} IN ACCESS EXCLUSIVE MODE`,
    );
  }

  const count = async (): Promise<number> =>
    (await observer.query<{ count: number }>(running)).rows[0]!.count;

  const leave = (client: AbortController) =>
    fetch(`${app.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ query }),
      signal: client.signal,
    }).then(
      () => 'answered',
      () => 'left',
    );

  beforeEach(async () => {
    database = await open();
    await seedRelease(database.pool, fixtureGenerations(50));
    blocker = new pg.Client({ connectionString: database.settings.databaseUrl });
    observer = new pg.Client({ connectionString: database.settings.databaseUrl });
    await Promise.all([blocker.connect(), observer.connect()]);
  });
  afterEach(async () => {
    await app.stop();
    await Promise.all([blocker.end(), observer.end()]);
    await database.close();
  });

  it('ends on the server as soon as its client goes away', async () => {
    app = await runAtlas(database);
    await ask(app.url, query);
    await block();
    const client = new AbortController();
    const asked = leave(client);
    await expect.poll(count).toBe(1);
    client.abort();
    expect(await asked).toBe('left');
    await expect.poll(count).toBe(0);
    await expectHealthy(app.url);
  });

  it('ends also where clients that went away hold every connection, and the next is answered', async () => {
    app = await runAtlas(database);
    await ask(app.url, query);
    await block();
    const clients = Array.from({ length: 12 }, () => new AbortController());
    const asked = clients.map((client) => leave(client));
    await expect.poll(count).toBe(database.settings.databasePoolSize);
    for (const client of clients) client.abort();
    expect(new Set(await Promise.all(asked))).toEqual(new Set(['left']));
    await expect.poll(count).toBe(0);
    await blocker.query('ROLLBACK');
    const { status, body } = await ask(app.url, query);
    expect([status, body.errors]).toEqual([200, undefined]);
  });

  it('ends after the time that a statement may take, and says so', async () => {
    const impatient = await openDatabase({ ...database.settings, statementTimeoutMs: 400 });
    app = await runAtlas(impatient);
    await ask(app.url, query);
    await block();
    const { status, code } = await ask(app.url, query);
    expect([status, code]).toEqual([504, 'STATEMENT_TIMEOUT']);
    expect(await count()).toBe(0);
    await blocker.query('ROLLBACK');
    expect((await ask(app.url, query)).status).toBe(200);
    await impatient.close();
  });

  it('is refused where too many wait before it, and may be asked again', async () => {
    const narrow = await openDatabase({
      ...database.settings,
      databasePoolSize: 1,
      statementTimeoutMs: 1_500,
    });
    app = await runAtlas(narrow);
    await ask(app.url, query);
    await block();
    const answers = await Promise.all(Array.from({ length: 6 }, () => ask(app.url, query)));
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([503, 504]));
    expect(new Set(answers.map(({ code }) => code))).toEqual(new Set(['SERVER_BUSY', 'STATEMENT_TIMEOUT']));
    await blocker.query('ROLLBACK');
    expect((await ask(app.url, query)).status).toBe(200);
    await narrow.close();
  });
});

describeOnEachDatabase('a query whose client goes away', (open) => {
  describe('before it runs', () => {
    it('leaves the server as it was', async () => {
      const database = await open();
      await seedRelease(database.pool, fixtureGenerations(50));
      const app = await runAtlas(database);
      for (let n = 0; n < 20; n += 1) {
        const client = new AbortController();
        const asked = fetch(`${app.url}/graphql`, {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify({ query }),
          signal: client.signal,
        }).catch(() => undefined);
        setTimeout(() => client.abort(), n);
        await asked;
      }
      expect((await ask(app.url, query)).status).toBe(200);
      expect(app.log.filter(({ level }) => level === 'error')).toEqual([]);
      await app.stop();
    });
  });
});
