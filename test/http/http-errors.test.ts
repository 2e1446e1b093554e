import { gzipSync } from 'node:zlib';
import request, { type Test } from 'supertest';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type RunningApp, runApp } from './running-app.ts';

let running: RunningApp;
beforeAll(async () => {
  running = await runApp();
});
afterAll(() => running.stop());

const post = (type = 'application/json') => request(running.url).post('/graphql').set('Content-Type', type);

/** Checks the form that every error has, and returns what tells them apart. */
async function refusal(test: Test) {
  const { status, headers, body } = await test;
  expect(body).toEqual({
    errors: [
      { message: expect.any(String), extensions: expect.objectContaining({ code: expect.any(String) }) },
    ],
  });
  const [{ message, extensions }] = body.errors;
  expect(extensions.requestId).toBe(headers['x-request-id']);
  return { status, code: extensions.code, message, type: headers['content-type'], headers };
}

const json = 'application/json; charset=utf-8';

describe('a request that is not GraphQL is refused in JSON', () => {
  it('malformed JSON, without an echo of the body', async () => {
    const { status, code, message, type } = await refusal(post().send('{"query": secret'));
    expect({ status, code, type }).toEqual({ status: 400, code: 'REQUEST_MALFORMED', type: json });
    expect(message).not.toContain('secret');
  });

  it('in the media type that was asked for', async () => {
    const newer = 'application/graphql-response+json';
    const { type } = await refusal(post().set('Accept', newer).send('{'));
    expect(type).toBe(`${newer}; charset=utf-8`);
  });

  it('in plain JSON where the accepted types are of neither kind', async () => {
    expect((await refusal(post().set('Accept', 'text/csv').send('{'))).type).toBe(json);
    const wellFormed = await refusal(post().set('Accept', 'text/csv').send('{"query":"{ hello }"}'));
    expect(wellFormed).toMatchObject({ status: 406, type: json });
  });

  it('a body over the limit', async () => {
    const { status, code, message } = await refusal(post().send({ query: ' '.repeat(102_400) }));
    expect({ status, code }).toEqual({ status: 413, code: 'REQUEST_TOO_LARGE' });
    expect(message).toContain('102400 bytes');
  });

  it('a small body that inflates over the limit', async () => {
    const bomb = gzipSync(JSON.stringify({ query: ' '.repeat(5_000_000) }));
    expect(bomb.length).toBeLessThan(10_000);
    const test = post().set('Content-Encoding', 'gzip');
    test.write(bomb as unknown as string);
    expect(await refusal(test)).toMatchObject({ status: 413, code: 'REQUEST_TOO_LARGE' });
  });

  it.each([
    ['another character set', 'application/json; charset=latin1', {}],
    ['another content encoding', 'application/json', { 'Content-Encoding': 'rot13' }],
    ['XML', 'application/xml', {}],
    ['a form', 'application/x-www-form-urlencoded', {}],
    ['plain text', 'text/plain', {}],
    ['plain text with the header against foreign pages', 'text/plain', { 'apollo-require-preflight': '1' }],
  ])('%s', async (_name, type, headers) => {
    const { status, code } = await refusal(post(type).set(headers).send('{"query":"{ hello }"}'));
    expect({ status, code }).toEqual({ status: 415, code: 'UNSUPPORTED_MEDIA_TYPE' });
  });

  it('no body at all', async () => {
    expect((await refusal(post().send())).status).toBe(400);
  });

  it.each(['null', '"text"', '[]', '{}', '{"query":7}', '{"query":"{ hello }","variables":"{}"}'])(
    'the JSON %s',
    async (body) => {
      expect((await refusal(post().send(body))).status).toBe(400);
    },
  );

  it('variables named after the prototype change nothing', async () => {
    const body = '{"query":"{ hello }","variables":{"__proto__":{"polluted":1}},"__proto__":{"polluted":1}}';
    expect((await post().send(body)).body).toEqual({ data: { hello: 'world' } });
    expect(({} as { polluted?: unknown }).polluted).toBeUndefined();
  });

  it.each(['put', 'delete', 'patch', 'head'] as const)('the method %s', async (method) => {
    const test = request(running.url)[method]('/graphql');
    if (method === 'head') {
      expect((await test).status).toBe(405);
      return;
    }
    const { status, code, headers } = await refusal(test);
    expect({ status, code }).toEqual({ status: 405, code: 'METHOD_NOT_ALLOWED' });
    expect(headers.allow).toBe('GET, POST');
  });
});

describe('an unknown address', () => {
  it.each(['/graphq', '/graphql/more', '/%E0%A4%A', '/constructor'])('%s is not found', async (path) => {
    expect(await refusal(request(running.url).get(path))).toMatchObject({ status: 404, code: 'NOT_FOUND' });
  });
});

describe('headers', () => {
  it('name no software and forbid rendering', async () => {
    const { headers } = await request(running.url).get('/healthz');
    expect(headers['x-powered-by']).toBeUndefined();
    expect(headers['x-content-type-options']).toBe('nosniff');
    expect(headers['content-security-policy']).toBe("default-src 'none';frame-ancestors 'none'");
  });

  it('let pages of any origin ask, without credentials', async () => {
    const preflight = await request(running.url)
      .options('/graphql')
      .set({ Origin: 'https://charts.example', 'Access-Control-Request-Method': 'POST' })
      .set('Access-Control-Request-Headers', 'content-type');
    expect(preflight.status).toBe(204);
    expect(preflight.headers).toMatchObject({
      'access-control-allow-origin': '*',
      'access-control-allow-methods': 'GET,POST',
      'access-control-allow-headers': 'content-type',
    });
    expect(preflight.headers['access-control-allow-credentials']).toBeUndefined();
  });
});
