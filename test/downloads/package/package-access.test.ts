import { once } from 'node:events';
import http from 'node:http';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Scope } from '../../../src/access/scopes.ts';
import { dataScopeNames } from '../../../src/catalog/data-scopes.ts';
import type { DownloadLimits } from '../../../src/downloads/download-limits.ts';
import { describeOnEachDatabase, type TestDatabase } from '../../support/databases.ts';
import { type GuardedServer, partnerHeaders, runGuardedServer } from '../../support/guarded-server.ts';
import { canary, hidden, hiddenRelease, seedHiddenDataset } from '../../support/hidden-dataset.ts';
import { readAll } from './duck.ts';
import { unpack } from './unpack.ts';

const release = 'fixture@2024-03-07.1';

describeOnEachDatabase('who asks for a data package', (open, kind) => {
  let database: TestDatabase;
  let server: GuardedServer;
  beforeAll(async () => {
    database = await open();
    await seedHiddenDataset(database.pool);
    server = await runGuardedServer(database, { trustProxy: 1 });
  });
  afterAll(() => server?.stop());

  const get = (id: string, headers: Record<string, string> = {}, at = server) =>
    fetch(`${at.url}/download/${id}.zip`, { headers });

  const codeOf = async (answer: Response): Promise<string> => {
    const body = (await answer.json()) as { errors: { extensions: { code: string } }[] };
    return body.errors[0]!.extensions.code;
  };

  async function unpackFor(scopes: readonly Scope[]) {
    const answer = await get(hiddenRelease, await partnerHeaders(server, hidden, scopes));
    expect([answer.status, answer.headers.get('cache-control')]).toEqual([200, 'private, no-cache']);
    return unpack(new Uint8Array(await answer.arrayBuffer()));
  }

  it('finds that of a partner with a key for it, as far as the scopes of the key go', async () => {
    const unseen = await get(hiddenRelease);
    expect([unseen.status, await codeOf(unseen)]).toEqual([404, 'RELEASE_UNKNOWN']);

    const whole = await unpackFor(dataScopeNames);
    const part = await unpackFor([]);
    const tables = ({ files }: typeof whole) => [...files.keys()].filter((name) => name.endsWith('.csv'));
    const missing = tables(whole).filter((name) => !tables(part).includes(name));
    expect(missing.length).toBe(9);
    expect(missing.every((name) => /distinct_users|retention/.test(name))).toBe(true);
    const readme = part.text('README.md');
    for (const name of missing)
      expect(readme).toContain(`the table ${name.replace(/^data\/|\.csv$/g, '')}: \`users:read\``);
    expect(readme).toMatch(/spend_usd.* of usage_by_provider: `spend:read`/);
    expect(readme).toContain(
      'day of usage_by_country, with calendar months in its place: `country-detail:read`',
    );
    expect(whole.text('README.md')).not.toContain('What is left out');

    const headers = tables(part).map((name) => part.text(name).split('\r\n')[0]!);
    expect(headers.filter((header) => /spend|cost/.test(header))).toEqual([]);
    const months = await readAll(part.directory, 'usage_by_country');
    expect(new Set(months.map(({ month }) => month))).toEqual(
      new Set(['2023-12-01', '2024-01-01', '2024-02-01', '2024-03-01']),
    );
    const sum = (rows: Record<string, unknown>[]) =>
      rows.reduce((total, row) => total + BigInt(row.total_tokens as string), 0n);
    expect(sum(months)).toBe(sum(await readAll(whole.directory, 'usage_by_country')));
    expect(part.text('data/models.csv')).toContain(canary);
    await Promise.all([whole.remove(), part.remove()]);
  });

  it('may have one of a PUBLIC data set, without what it holds back, which caches are to ask for again', async () => {
    await database.pool.query(`UPDATE datasets SET restricted = '{users:read}' WHERE id = 'fixture'`);
    const narrow = await runGuardedServer(database);
    const answer = await get(release, {}, narrow);
    expect(answer.headers.get('cache-control')).toBe('public, no-cache');
    const unpacked = await unpack(new Uint8Array(await answer.arrayBuffer()));
    expect([...unpacked.files.keys()].some((name) => /distinct_users|retention/.test(name))).toBe(false);
    await unpacked.remove();
    await narrow.stop();
    await database.pool.query(`UPDATE datasets SET restricted = '{}' WHERE id = 'fixture'`);
  });

  it('pays for all its rows, before the first of them', async () => {
    const quotas = { windowSeconds: 600, points: { ANONYMOUS: 200, STANDARD: 200, LARGE: 500 } };
    const guarded = await runGuardedServer(database, { quotas, trustProxy: 1 });
    const from = { 'x-forwarded-for': '192.0.2.7' };
    const remaining = async (): Promise<number> =>
      (await guarded.ask('{ __typename }', { headers: from })).body.extensions!.cost.remaining;
    const before = await remaining();
    const answer = await get(release, from, guarded);
    const unpacked = await unpack(new Uint8Array(await answer.arrayBuffer()));
    const { resources } = JSON.parse(unpacked.text('datapackage.json')) as {
      resources: { name: string; rows: number; schema: { fields: { name: string; type: string }[] } }[];
    };
    const numbers = (name: string, fields: { name: string; type: string }[]): number => {
      if (name.startsWith('usage')) return fields.filter(({ type }) => /integer|number/.test(type)).length;
      if (name.startsWith('percentiles')) return fields.filter(({ type }) => type === 'number').length;
      return /^(distinct_users|retention)/.test(name) ? 1 : 0;
    };
    const sum = resources.reduce(
      (total, { name, rows, schema }) => total + rows * numbers(name, schema.fields),
      0,
    );
    // The request itself, the package and its numbers in thousands, and the question what is left.
    await expect.poll(remaining).toBeLessThan(before);
    const after = await remaining();
    const spent = 1 + 1 + Math.ceil(sum / 1_000);
    expect(spent).toBeGreaterThan(20);
    expect(before - after).toBeGreaterThanOrEqual(spent + 1);
    expect(before - after).toBeLessThanOrEqual(spent + 10);
    let last = await get(release, from, guarded);
    for (let count = 0; count < 10 && last.status === 200; count += 1) {
      await last.arrayBuffer();
      last = await get(release, from, guarded);
    }
    expect([last.status, await codeOf(last)]).toEqual([429, 'QUOTA_EXHAUSTED']);
    await unpacked.remove();
    await guarded.stop();
  });

  describe('with a limit of rows', () => {
    it('is refused one with a longer table, where the release says so', async () => {
      const narrow = await runGuardedServer(database, { downloadLimits: { downloadRows: 100 } });
      const answer = await get(release, {}, narrow);
      expect([answer.status, await codeOf(answer)]).toEqual([400, 'LIMIT_EXCEEDED']);
      await narrow.stop();
    });

    it('finds no address of one in the API', async () => {
      await database.pool.query(`UPDATE release_rollups SET rows = 160000 WHERE release_key = 1`);
      const other = await runGuardedServer(database);
      const { body } = await other.ask(`{ release(id: "${release}") { dataPackage } }`);
      expect(body).toMatchObject({ data: { release: { dataPackage: null } } });
      await other.stop();
      await database.pool.query(`UPDATE release_rollups SET rows = 100 WHERE release_key = 1`);
    });
  });

  const isIdle = (): boolean => database.pool.totalCount === database.pool.idleCount;

  /** Takes some of it, so that rows are being read, and then nothing until told. */
  async function start(at: GuardedServer) {
    const request = http.get(`${at.url}/download/${release}.zip`, { agent: false });
    request.on('error', () => undefined);
    const [response] = (await once(request, 'response')) as [http.IncomingMessage];
    response.on('error', () => undefined);
    const taken: Buffer[] = [];
    while (Buffer.concat(taken).length < 50_000) {
      const chunk = response.read() as Buffer | null;
      if (chunk === null) await once(response, 'readable');
      else taken.push(chunk);
    }
    return { request, response, taken };
  }

  describe('of many rows', () => {
    beforeAll(() => widen(database));

    it('leaves nothing behind when it goes away', async () => {
      for (let count = 0; count < 3; count += 1) {
        const { request } = await start(server);
        if (kind === 'server') expect(isIdle()).toBe(false);
        request.destroy();
        await expect.poll(isIdle).toBe(true);
      }
      if (kind === 'embedded') {
        await expect
          .poll(
            async () =>
              (await database.pool.query(`SELECT name FROM pg_cursors WHERE name LIKE 'download%'`)).rows,
          )
          .toEqual([]);
      }
      await expect.poll(async () => (await fetch(`${server.url}/download/usage.csv`)).status).toBe(200);
      expect(server.log.filter((line) => line.includes('download failed'))).toEqual([]);
    });

    it('is cut off when it is slow', async () => {
      const limits: Partial<DownloadLimits> = { downloadStallSeconds: 0.5 };
      const strict = await runGuardedServer(database, { downloadLimits: limits });
      const { response } = await start(strict);
      await expect.poll(() => strict.log.some((line) => line.includes('DOWNLOAD_CUT_OFF'))).toBe(true);
      expect(await isWhole(response)).toBe(false);
      await expect.poll(isIdle).toBe(true);
      await strict.stop();
    });

    if (kind === 'server') {
      it('gets the rows of one moment, or an end that is none', async () => {
        const observer = new pg.Client({ connectionString: database.settings.databaseUrl });
        await observer.connect();
        const others = 'datname = current_database() AND pid <> pg_backend_pid()';
        const whole = await start(server);
        await observer.query('DELETE FROM retention_cohorts; DELETE FROM usage_day_model_provider');
        const chunks = whole.taken;
        for await (const chunk of whole.response) chunks.push(chunk as Buffer);
        const unpacked = await unpack(Buffer.concat(chunks));
        for (const table of ['usage_by_provider', 'retention']) {
          expect((await readAll(unpacked.directory, table)).length).toBeGreaterThan(100);
        }
        await unpacked.remove();

        const broken = await start(server);
        await observer.query(
          `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE ${others} AND state LIKE 'idle in transaction%'`,
        );
        expect(await isWhole(broken.response)).toBe(false);
        await expect.poll(() => server.log.some((line) => line.includes('download failed'))).toBe(true);
        await observer.end();
      });
    }
  });
});

/** Reads to the end; whether it is one. */
async function isWhole(response: http.IncomingMessage): Promise<boolean> {
  response.resume();
  if (!response.closed) await new Promise((resolve) => response.on('close', resolve));
  return response.complete;
}

/** More than the buffers between database and client hold: numbers that do not compress. */
async function widen({ pool }: TestDatabase): Promise<void> {
  await pool.query(
    `INSERT INTO usage_day_model_language (release_key, day, model_key, language, total_tokens, prompt_tokens, completion_tokens, requests)
     SELECT 1, '2024-01-01', 1 + (number % 6), 'x-' || number,
       (random() * 1e15)::bigint, (random() * 1e15)::bigint, (random() * 1e15)::bigint, (random() * 1e15)::bigint
     FROM generate_series(1, 150000) AS number`,
  );
}
