import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeKey } from '../../src/access/key-format.ts';
import type { CreatedKey } from '../../src/access/key-store.ts';
import { describeOnEachDatabase, type TestDatabase } from '../support/databases.ts';
import { codeOf, type GuardedServer, runGuardedServer } from '../support/guarded-server.ts';
import { hidden, hiddenRelease, seedHiddenDataset } from '../support/hidden-dataset.ts';

const quotas = { windowSeconds: 600, points: { ANONYMOUS: 40, STANDARD: 200, LARGE: 500 } };
const weeks = '{ usage(groupBy: [MODEL], grain: WEEK) { rows { totalTokens requests } } }';
const newKey = {
  name: 'Example Inc.',
  scopes: [],
  datasets: [hidden],
  quotaClass: 'STANDARD' as const,
  expiresAt: null,
};

describeOnEachDatabase('a server with access control', (open) => {
  let database: TestDatabase;
  let server: GuardedServer;
  let partner: CreatedKey;
  beforeAll(async () => {
    database = await open();
    await seedHiddenDataset(database.pool);
    // One proxy in front, so that each test can come from an address of its own.
    server = await runGuardedServer(database, { quotas, trustProxy: 1 });
    partner = await server.access.keys.create(newKey, 'cli:tester');
  });
  afterAll(() => server.stop());

  const from = (address: string) => ({ headers: { 'x-forwarded-for': address } });

  it('says in every answer what is left, in headers and in the extensions', async () => {
    const answer = await server.ask(weeks, from('192.0.2.1'));
    const { cost } = answer.body.extensions!;
    // 12 weeks of 7 groups with two numbers each: one point and one for the first thousand.
    expect(cost).toMatchObject({ requested: 3, actual: 3, remaining: 37 });
    expect(cost.why).toEqual(['the request: 1 of 1', 'usage by MODEL: 12 × 7 rows at most: 2 of 2']);
    expect(new Date(cost.resetAt).getTime() - Date.now()).toBeGreaterThan(500_000);
    expect(answer.headers.get('ratelimit-policy')).toBe('"anonymous";q=40;w=600');
    expect(answer.headers.get('ratelimit')).toMatch(/^"anonymous";r=37;t=\d{3}$/);
    expect(answer.headers.get('vary')).toMatch(/Authorization.*X-API-Key/);
    const broken = await server.ask('{ nothing }', from('192.0.2.1'));
    expect(broken.body.extensions!.cost.remaining).toBe(36);
    expect(broken.headers.get('ratelimit')).toMatch(/r=36/);
    const nowhere = await server.ask('{ nothing }', { ...from('192.0.2.1'), path: '/nowhere' });
    expect([nowhere.status, nowhere.headers.get('ratelimit')]).toEqual([
      404,
      expect.stringContaining('r=35'),
    ]);
  });

  it('charges what `plan` said at most', async () => {
    const fine = 'groupBy: [MODEL, PROVIDER], grain: DAY';
    const plan = await server.ask(`{ plan(${fine}) { cost { points } } }`, from('192.0.2.2'));
    const said = (plan.body.data as unknown as { plan: { cost: { points: number } } }).plan.cost.points;
    const { cost } = (await server.ask(`{ usage(${fine}) { rows { totalTokens } } }`, from('192.0.2.2'))).body
      .extensions!;
    expect(cost.requested).toBe(1 + said);
    expect(cost.actual).toBeLessThanOrEqual(cost.requested);
    expect(plan.body.extensions!.cost.remaining - cost.remaining).toBe(cost.actual);
  });

  it('sees through variables and aliases', async () => {
    const aliases = Array.from(
      { length: 5 },
      (_, index) => `u${index}: usage(groupBy: [MODEL]) { totalRows }`,
    );
    const { cost } = (await server.ask(`{ ${aliases.join(' ')} }`, from('192.0.2.3'))).body.extensions!;
    expect(cost.requested).toBe(1 + 5 * 2);
  });

  it('refuses with 429 and the time to wait once the quota is gone, by address', async () => {
    const answers = [];
    for (let count = 0; count < 30; count += 1) answers.push(await server.ask(weeks, from('192.0.2.4')));
    const answered = answers.filter(({ status }) => status === 200);
    expect(answered).toHaveLength(13);
    const refused = answers.at(-1)!;
    expect([refused.status, codeOf(refused)]).toEqual([429, 'QUOTA_EXHAUSTED']);
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(500);
    expect(refused.headers.get('ratelimit')).toMatch(/^"anonymous";r=0;/);
    expect(refused.body.extensions!.cost).toMatchObject({ actual: 0, remaining: 0 });
    expect((await server.ask(weeks, from('192.0.2.5'))).status).toBe(200);
    expect((await server.ask(weeks, { ...from('192.0.2.4'), key: partner.text })).status).toBe(200);
  });

  it('counts a /64 of IPv6 as one', async () => {
    await server.ask(weeks, from('2001:db8:1:2::1'));
    const { cost } = (await server.ask(weeks, from('2001:db8:1:2:ffff::9'))).body.extensions!;
    expect(cost.remaining).toBe(34);
    expect((await server.ask(weeks, from('2001:db8:1:3::1'))).body.extensions!.cost.remaining).toBe(37);
  });

  it('lets nobody choose their own address where no proxy is trusted', async () => {
    const plain = await runGuardedServer(database, { quotas });
    await plain.ask(weeks, from('192.0.2.1'));
    const { cost } = (await plain.ask(weeks, from('192.0.2.2'))).body.extensions!;
    await plain.stop();
    expect(cost.remaining).toBe(34);
  });

  it('shows the viewer key, scopes, data sets and quota', async () => {
    const query =
      '{ viewer { key { id name quotaClass } scopes datasets quota { quotaClass points used remaining windowSeconds } } }';
    expect((await server.ask(query, from('192.0.2.6'))).body.data).toEqual({
      viewer: {
        key: null,
        scopes: [],
        datasets: ['fixture'],
        quota: { quotaClass: 'ANONYMOUS', points: 40, used: 1, remaining: 39, windowSeconds: 600 },
      },
    });
    const { viewer } = (await server.ask(query, { key: partner.text })).body.data as unknown as {
      viewer: { datasets: string[]; quota: { points: number }; key: object };
    };
    expect(viewer.key).toEqual({ id: partner.key.id, name: 'Example Inc.', quotaClass: 'STANDARD' });
    expect([viewer.datasets, viewer.quota.points]).toEqual([['fixture', hidden], 200]);
  });

  it('charges wrong keys to the network that they come from, until it may guess no more', async () => {
    const codes = [];
    for (let count = 0; count < 42; count += 1) {
      codes.push(codeOf(await server.ask(weeks, { ...from('192.0.2.7'), key: makeKey('live').text })));
    }
    expect(codes.slice(0, 40).every((code) => code === 'KEY_INVALID')).toBe(true);
    expect(codes.slice(40)).toEqual(['QUOTA_EXHAUSTED', 'QUOTA_EXHAUSTED']);
  });

  it('guards the page of a release as it guards the API, and lets no cache share it', async () => {
    const page = (headers: Record<string, string>) =>
      fetch(`${server.url}/releases/${hiddenRelease}`, {
        headers: { 'x-forwarded-for': '192.0.2.8', ...headers },
      });
    expect((await page({})).status).toBe(404);
    const seen = await page({ 'x-api-key': partner.text });
    expect([seen.status, seen.headers.get('cache-control')]).toEqual([200, 'private, max-age=3600']);
    expect(seen.headers.get('vary')).toContain('X-API-Key');
  });

  it('is never out of reach of probes', async () => {
    for (let count = 0; count < 45; count += 1) {
      expect(
        (await fetch(`${server.url}/healthz`, { headers: { 'x-forwarded-for': '192.0.2.9' } })).status,
      ).toBe(200);
    }
  });

  describe('whose log', () => {
    it('holds no key, wherever in a request it was', async () => {
      const secret = partner.text;
      const wrong = makeKey('live').text;
      const other = { 'x-forwarded-for': '192.0.2.10' };
      await server.ask('{ datasets { id } }', { key: secret });
      await server.ask('{ datasets { id } }', { headers: { ...other, 'x-api-key': wrong } });
      await server.ask('{ datasets { id } }', { headers: { ...other, authorization: `Basic ${wrong}` } });
      await server.ask('{ datasets { id } }', { headers: { ...other, 'x-request-id': wrong } });
      await server.ask(`query ${wrong} { datasets { id } }`, { headers: other });
      await server.ask(`{ ${wrong}: dataset(id: "${wrong}") { id } }`, { headers: other });
      for (const path of [
        `/graphql?api_key=${wrong}`,
        `/graphql/${wrong}`,
        `/${wrong}`,
        `/releases/${wrong}`,
      ]) {
        const refused = await server.ask('{ datasets { id } }', { headers: other, path });
        expect([refused.status, codeOf(refused)], path).toEqual([401, 'KEY_INVALID']);
        expect(JSON.stringify(refused.body)).not.toContain(wrong);
      }
      const written = server.log.join('');
      expect(written).toContain('"path":"/graphql"');
      // The parts that are secret, and what of them a cut could leave.
      for (const text of [secret, wrong]) {
        expect(written).not.toContain(text);
        expect(written).not.toContain(text.slice(23, 40));
      }
    });
  });
});
