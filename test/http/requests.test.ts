import { once } from 'node:events';
import fc from 'fast-check';
import request from 'supertest';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { allOk } from './readiness-samples.ts';
import { type RunningApp, runApp } from './running-app.ts';

let running: RunningApp;
beforeAll(async () => {
  running = await runApp();
});
afterAll(() => running.stop());
beforeEach(() => running.log.splice(0));

const ask = (query: string) => request(running.url).post('/graphql').send({ query });
const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

/** The line is written once the answer has left. */
async function requestLine(): Promise<Record<string, unknown>> {
  for (let tries = 0; tries < 100; tries += 1) {
    const line = running.log.find(({ msg }) => msg === 'request');
    if (line !== undefined) return line;
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  throw new Error('The request was not logged.');
}

describe('the request id', () => {
  it("is the caller's own where it is safe, and the resolvers' too", async () => {
    const answer = await ask('{ requestId }').set('X-Request-Id', 'trace-7:a.b_c');
    expect(answer.headers['x-request-id']).toBe('trace-7:a.b_c');
    expect(answer.body.data.requestId).toBe('trace-7:a.b_c');
    expect((await requestLine()).requestId).toBe('trace-7:a.b_c');
  });

  it('is a new random one otherwise', async () => {
    const [one, other] = [await ask('{ requestId }'), await ask('{ requestId }')];
    expect(one.headers['x-request-id']).toMatch(uuid);
    expect(one.headers['x-request-id']).not.toBe(other.headers['x-request-id']);
  });

  it('never takes over what could forge a header or a log line', async () => {
    const printable = fc.string({
      unit: fc.integer({ min: 0x20, max: 0x7e }).map((c) => String.fromCharCode(c)),
    });
    const unsafe = printable.filter((id) => !/^[A-Za-z0-9._:-]{1,100}$/.test(id.trim()));
    await fc.assert(
      fc.asyncProperty(unsafe, async (id) => {
        const answer = await request(running.url).get('/healthz').set('X-Request-Id', id);
        expect(answer.headers['x-request-id']).toMatch(uuid);
      }),
      { numRuns: 30 },
    );
    const long = await request(running.url).get('/healthz').set('X-Request-Id', 'a'.repeat(101));
    expect(long.headers['x-request-id']).toMatch(uuid);
  });
});

describe('the request log', () => {
  it('has one line with method, path, status, time and operation, and nothing the client wrote', async () => {
    const body = {
      query: 'query Doubled($n: Int!) { confidential: double(n: $n) }',
      variables: { n: 424242 },
    };
    await request(running.url)
      .post('/graphql?token=confidential')
      .set('Authorization', 'Bearer confidential')
      .send(body);
    const line = await requestLine();
    expect(line).toEqual({
      level: 'info',
      time: expect.any(String),
      requestId: expect.stringMatching(uuid),
      method: 'POST',
      path: '/graphql',
      status: 200,
      ms: expect.any(Number),
      operation: 'Doubled',
      msg: 'request',
    });
    expect(JSON.stringify(running.log)).not.toMatch(/confidential|424242/);
    expect(running.log.filter(({ msg }) => msg === 'request')).toHaveLength(1);
  });

  it('names the errors of an answer by their codes', async () => {
    await ask('{ failUnexpectedly atlasError(code: "BAD_ARGUMENT") }');
    expect((await requestLine()).errors).toEqual(['INTERNAL', 'BAD_ARGUMENT']);
  });

  it('keeps a long operation name short', async () => {
    await ask(`query ${'a'.repeat(5_000)} { hello }`);
    expect((await requestLine()).operation).toHaveLength(100);
  });

  it('has probes at the level of debugging only', async () => {
    await request(running.url).get('/healthz');
    expect((await requestLine()).level).toBe('debug');
  });
});

describe('a client that goes away', () => {
  it('aborts its resolvers, which is logged as such and not as a failure', async () => {
    const client = new AbortController();
    const started = once(running.resolvers, 'started');
    const aborted = once(running.resolvers, 'aborted');
    const answer = fetch(`${running.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ query: '{ wait(ms: 30000) }' }),
      signal: client.signal,
    });
    await started;
    client.abort();
    await expect(answer).rejects.toThrow();
    await aborted;
    const line = await requestLine();
    expect(line).toMatchObject({ path: '/graphql', aborted: true });
    expect(line).not.toHaveProperty('status');
    expect(running.log.filter(({ level }) => level === 'error')).toEqual([]);
  });

  it('is told apart from one that waits for its answer', async () => {
    const answer = await ask('{ wait(ms: 20) }');
    expect(answer.body).toEqual({ data: { wait: 'waited' } });
    expect(await requestLine()).not.toHaveProperty('aborted');
  });
});

describe('health', () => {
  it('/healthz says that the process is up, whatever the database does', async () => {
    running.readiness = { database: 'failed', migrations: 'unknown', release: 'unknown' };
    const answer = await request(running.url).get('/healthz');
    expect([answer.status, answer.body]).toEqual([200, { status: 'ok' }]);
  });

  it('/readyz says which check fails', async () => {
    running.readiness = { ...allOk, release: 'failed' };
    const before = await request(running.url).get('/readyz');
    expect(before.status).toBe(503);
    expect(before.body).toEqual({
      ready: false,
      checks: { database: 'ok', migrations: 'ok', release: 'failed' },
    });
    running.readiness = allOk;
    const after = await request(running.url).get('/readyz');
    expect([after.status, after.body.ready]).toEqual([200, true]);
  });

  it('takes no other method than GET and HEAD', async () => {
    expect((await request(running.url).post('/healthz')).status).toBe(405);
    expect((await request(running.url).head('/readyz')).status).toBe(200);
  });
});
