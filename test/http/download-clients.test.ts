import { once } from 'node:events';
import http from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { DownloadLimits } from '../../src/downloads/download-limits.ts';
import { describeOnEachDatabase, describeOnServer, type TestDatabase } from '../support/databases.ts';
import { type GuardedServer, runGuardedServer } from '../support/guarded-server.ts';
import { seedRelease } from '../support/seed-release.ts';
import { fixtureGenerations } from '../support/serving-fixture.ts';

/** Rows without end for who reads slowly: days on which nothing was used are rows too. Some tens of megabytes. */
const long =
  '/download/usage.jsonl?groupBy=MODEL,COUNTRY&grain=DAY&from=2020-06-01&to=2024-03-07&emptyPeriods=true' +
  '&columns=totalTokens,requests,promptTokens,completionTokens,reasoningTokens,cachedTokens,spendUsd,toolCallTokens,toolCallRequests,streamedRequests,cancelledRequests,byokRequests,byokTokens';

interface Started {
  readonly response: http.IncomingMessage;
  /** Reads until it ends; what came, and whether that is all. */
  rest(): Promise<{ text: string; whole: boolean }>;
  leave(): void;
}

/** Takes the head and the first bytes, and then nothing until told. */
async function start(url: string): Promise<Started> {
  const request = http.get(url, { agent: false });
  request.on('error', () => undefined);
  const [response] = (await once(request, 'response')) as [http.IncomingMessage];
  response.on('error', () => undefined);
  await once(response, 'readable');
  return {
    response,
    leave: () => request.destroy(),
    rest: async () => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      if (!response.closed) await new Promise((resolve) => response.once('close', resolve));
      return { text: Buffer.concat(chunks).toString(), whole: response.complete };
    },
  };
}

describeOnEachDatabase('a download whose client is slow', (open, kind) => {
  let database: TestDatabase;
  let server: GuardedServer;
  const run = async (downloadLimits: Partial<DownloadLimits> = {}): Promise<void> => {
    database = await open();
    await seedRelease(database.pool, fixtureGenerations(300));
    server = await runGuardedServer(database, { downloadLimits });
  };
  afterEach(async () => {
    await server.stop();
    await database.close();
  });

  const isIdle = (): boolean => database.pool.totalCount === database.pool.idleCount;
  const status = async (): Promise<number> => {
    const answer = await fetch(`${server.url}/download/usage.csv`);
    await answer.text();
    return answer.status;
  };

  it('gives all rows to who takes them in the end, and answers others meanwhile', async () => {
    await run();
    const slow = await start(server.url + long);
    const { body } = await server.ask('{ usage(groupBy: [MODEL]) { rows { totalTokens } } }');
    expect(body.errors).toBeUndefined();
    await sleep(300);
    expect(await slow.rest()).toMatchObject({ whole: true });
    await expect.poll(isIdle).toBe(true);
  });

  it('is cut off after the time in which a client must take some, and its connection comes back', async () => {
    await run({ downloadStallSeconds: 0.4 });
    const slow = await start(server.url + long);
    await expect.poll(() => server.log.some((line) => line.includes('DOWNLOAD_CUT_OFF'))).toBe(true);
    expect(await slow.rest()).toMatchObject({ whole: false });
    await expect.poll(isIdle).toBe(true);
    expect([await status(), await status(), await status()]).toEqual([200, 200, 200]);
  });

  it('is cut off when all of it takes too long', async () => {
    await run({ downloadSeconds: 4 });
    const slow = await start(server.url + long);
    await expect.poll(() => server.log.some((line) => line.includes('DOWNLOAD_CUT_OFF'))).toBe(true);
    expect(await slow.rest()).toMatchObject({ whole: false });
    await expect.poll(isIdle).toBe(true);
  });

  it('frees its connection when it goes away', async () => {
    await run();
    for (let count = 0; count < 5; count += 1) {
      const client = await start(server.url + long);
      client.leave();
      await expect.poll(isIdle).toBe(true);
      await expect.poll(status).toBe(200);
    }
    if (kind === 'embedded') {
      const { rows } = await database.pool.query<{ name: string }>('SELECT name FROM pg_cursors');
      expect(rows.filter(({ name }) => name.startsWith('download'))).toEqual([]);
    }
    expect(server.log.filter((line) => /"level":(50|"error")/.test(line))).toEqual([]);
  });

  it('is refused while as many others run as there may be', async () => {
    await run();
    const others = [await start(server.url + long), await start(server.url + long)];
    const answer = await fetch(`${server.url}/download/usage.csv`);
    const body = (await answer.json()) as { errors: { extensions: { code: string } }[] };
    expect([answer.status, body.errors[0]!.extensions.code]).toEqual([503, 'SERVER_BUSY']);
    for (const other of others) other.leave();
    await expect.poll(status).toBe(200);
  });
});

describeOnServer('a download on a database server', (open) => {
  let database: TestDatabase;
  let observer: pg.Client;
  let server: GuardedServer;
  beforeEach(async () => {
    database = await open();
    await seedRelease(database.pool, fixtureGenerations(300));
    observer = new pg.Client({ connectionString: database.settings.databaseUrl });
    await observer.connect();
    server = await runGuardedServer(database);
  });
  afterEach(async () => {
    await server.stop();
    await observer.end();
    await database.close();
  });

  const others = `datname = current_database() AND pid <> pg_backend_pid()`;
  const count = async (condition: string): Promise<number> => {
    const { rows } = await observer.query<{ count: number }>(
      `SELECT count(*)::integer AS count FROM pg_stat_activity WHERE ${others} AND ${condition}`,
    );
    return rows[0]!.count;
  };

  it('holds one transaction, which ends when its client leaves', async () => {
    const client = await start(server.url + long);
    expect(await count(`state LIKE 'idle in transaction%'`)).toBe(1);
    client.leave();
    await expect.poll(() => count(`state LIKE 'idle in transaction%'`)).toBe(0);
  });

  it('cancels the statement that its client did not wait for', async () => {
    const blocker = new pg.Client({ connectionString: database.settings.databaseUrl });
    await blocker.connect();
    await (await fetch(`${server.url}/download/usage.csv`)).text();
    await blocker.query(
      'BEGIN; LOCK TABLE usage_day_model_provider, usage_day_model_country IN ACCESS EXCLUSIVE MODE',
    );
    const client = new AbortController();
    const asked = fetch(server.url + long, { signal: client.signal }).catch(() => 'left');
    await expect.poll(() => count(`state = 'active' AND wait_event_type = 'Lock'`)).toBe(1);
    client.abort();
    expect(await asked).toBe('left');
    await expect.poll(() => count(`state = 'active'`)).toBe(0);
    await expect.poll(() => database.pool.totalCount === database.pool.idleCount).toBe(true);
    await blocker.end();
    expect(server.log.filter((line) => line.includes('download failed'))).toEqual([]);
  });

  it('tells so where not even the first row came in time', async () => {
    const impatient = await runGuardedServer(database, { downloadLimits: { downloadSeconds: 0.001 } });
    const answer = await fetch(impatient.url + long);
    const body = (await answer.json()) as { errors: { extensions: { code: string } }[] };
    expect([answer.status, body.errors[0]!.extensions.code]).toEqual([408, 'DOWNLOAD_CUT_OFF']);
    await expect.poll(() => database.pool.totalCount === database.pool.idleCount).toBe(true);
    await impatient.stop();
  });

  it('that fails amid its rows ends without an end, and says so in the log', async () => {
    const client = await start(server.url + long);
    await observer.query(
      `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE ${others} AND state LIKE 'idle in transaction%'`,
    );
    expect(await client.rest()).toMatchObject({ whole: false });
    await expect.poll(() => server.log.some((line) => line.includes('download failed'))).toBe(true);
    const next = await fetch(`${server.url}/download/usage.csv`);
    expect([next.status, (await next.text()).includes('total_tokens')]).toEqual([200, true]);
  });

  it('has the rows of one moment, whatever is written while it runs', async () => {
    const wanted = long.replace('jsonl', 'csv').replace(/&columns=.*/, '&columns=requests');
    const before = await (await fetch(server.url + wanted)).text();
    const client = await start(server.url + wanted);
    await observer.query('UPDATE usage_day_model_country SET requests = requests + 1');
    const { text, whole } = await client.rest();
    expect(whole).toBe(true);
    expect(text === before).toBe(true);
  });
});
