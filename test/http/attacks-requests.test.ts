import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { requestLimits } from '../../src/graphql/shared/request-limits.ts';
import { ask, type Attack, expectHealthy, send } from './attack.ts';
import { type RunningApp, runApp } from './running-app.ts';

let app: RunningApp;
beforeAll(async () => {
  app = await runApp();
});
afterAll(() => app.stop());

const hello = '{"query":"{ hello }"}';
const get = (search: string, headers: Record<string, string> = {}) => ({
  path: `/graphql?${search}`,
  method: 'GET',
  headers,
});
const typed = (type: string, body: Attack['body'] = hello) => ({ headers: { 'content-type': type }, body });
const packed = (encoding: string, body: Uint8Array) => ({
  headers: { 'content-encoding': encoding },
  body: new Uint8Array(body),
});
const bomb = JSON.stringify({ query: `#${' '.repeat(50_000_000)}` });

type Row = Attack & { readonly answer: readonly [status: number, code: string] };
const refused: readonly Row[] = [
  // Requests that a foreign page can have a browser send without asking first.
  { name: 'a form', ...typed('application/x-www-form-urlencoded'), answer: [415, 'UNSUPPORTED_MEDIA_TYPE'] },
  { name: 'plain text', ...typed('text/plain'), answer: [415, 'UNSUPPORTED_MEDIA_TYPE'] },
  {
    name: 'plain text that says it is JSON too',
    ...typed('text/plain; application/json'),
    answer: [415, 'UNSUPPORTED_MEDIA_TYPE'],
  },
  {
    name: 'multipart, as file uploads have it',
    ...typed(
      'multipart/form-data; boundary=x',
      '--x\r\nContent-Disposition: form-data; name="operations"\r\n\r\n{}',
    ),
    answer: [415, 'UNSUPPORTED_MEDIA_TYPE'],
  },
  { name: 'a type that is none', ...typed('json'), answer: [415, 'UNSUPPORTED_MEDIA_TYPE'] },
  {
    name: 'GET without a header that browsers ask for',
    ...get('query={hello}'),
    answer: [400, 'BAD_REQUEST'],
  },
  {
    name: 'GET with a form type',
    ...get('query={hello}', { 'content-type': 'application/x-www-form-urlencoded' }),
    answer: [415, 'UNSUPPORTED_MEDIA_TYPE'],
  },
  // Types that pass for none (GHSA-9q82-xgwf-vj6h): neither safelisted by browsers nor JSON.
  ...['application/json-', 'text/plain;', 'x/y', 'application', 'text/plain; charset=""', ';'].map(
    (type) => ({
      name: `GET with the content type '${type}'`,
      ...get('query={hello}', { 'content-type': type, 'apollo-require-preflight': '1' }),
      answer: [415, 'UNSUPPORTED_MEDIA_TYPE'] as const,
    }),
  ),
  {
    name: 'a mutation by GET',
    ...get('query=mutation{touch}', { 'apollo-require-preflight': '1' }),
    answer: [405, 'BAD_REQUEST'],
  },
  {
    name: 'a parameter that is given twice',
    ...get('query={hello}&query={color}', { 'apollo-require-preflight': '1' }),
    answer: [400, 'BAD_REQUEST'],
  },
  // Bodies.
  {
    name: 'a gzip bomb',
    ...packed('gzip', gzipSync(bomb)),
    answer: [413, 'REQUEST_TOO_LARGE'],
  },
  { name: 'a deflate bomb', ...packed('deflate', deflateSync(bomb)), answer: [413, 'REQUEST_TOO_LARGE'] },
  { name: 'a brotli bomb', ...packed('br', brotliCompressSync(bomb)), answer: [413, 'REQUEST_TOO_LARGE'] },
  {
    name: 'a bomb in a bomb',
    ...packed('gzip, gzip', gzipSync(gzipSync(bomb))),
    answer: [415, 'UNSUPPORTED_MEDIA_TYPE'],
  },
  {
    name: 'what is not the gzip it says',
    ...packed('gzip', Buffer.from(hello)),
    answer: [400, 'REQUEST_MALFORMED'],
  },
  {
    name: 'a gzip cut short',
    ...packed('gzip', gzipSync(hello).subarray(0, 20)),
    answer: [400, 'REQUEST_MALFORMED'],
  },
  {
    name: 'a body over the limit',
    body: JSON.stringify({ query: '{ hello }', variables: { a: 'x'.repeat(requestLimits.bodyBytes) } }),
    answer: [413, 'REQUEST_TOO_LARGE'],
  },
  // Charsets in which harmless bytes mean something else.
  ...['utf-7', 'utf-16', 'utf-16le', 'utf-32', 'latin1', 'ibm037', 'utf-8; charset=utf-7'].map((charset) => ({
    name: `the charset ${charset}`,
    ...typed(`application/json; charset=${charset}`, Buffer.from(hello, 'utf16le')),
    answer: [415, 'UNSUPPORTED_MEDIA_TYPE'] as const,
  })),
  { name: 'JSON cut short', body: '{"query":"{ hello }"', answer: [400, 'REQUEST_MALFORMED'] },
  { name: 'no JSON object', body: '"{ hello }"', answer: [400, 'REQUEST_MALFORMED'] },
  { name: 'fifty thousand brackets', body: '['.repeat(50_000), answer: [400, 'REQUEST_MALFORMED'] },
  {
    name: 'an array fifty thousand deep',
    body: `${'['.repeat(50_000)}${']'.repeat(50_000)}`,
    answer: [400, 'BAD_REQUEST'],
  },
  {
    name: 'variables fifty thousand deep',
    body: `{"query":"{ hello }","variables":{"a":${'['.repeat(50_000)}${']'.repeat(50_000)}}}`,
    answer: [400, 'VARIABLES_TOO_DEEP'],
  },
  {
    name: 'deep variables by GET',
    ...get(`query={hello}&variables={"a":${'['.repeat(4_000)}${']'.repeat(4_000)}}`, {
      'apollo-require-preflight': '1',
    }),
    answer: [400, 'VARIABLES_TOO_DEEP'],
  },
  { name: 'batches', body: `[${hello},${hello}]`, answer: [400, 'BAD_REQUEST'] },
  { name: 'a document as JSON', body: '{"query":{"kind":"Document"}}', answer: [400, 'BAD_REQUEST'] },
  {
    name: 'variables that are no object',
    body: '{"query":"{ hello }","variables":[1]}',
    answer: [400, 'BAD_REQUEST'],
  },
  {
    name: 'an operation that is not there',
    body: '{"query":"{ hello }","operationName":"__proto__"}',
    answer: [400, 'OPERATION_RESOLUTION_FAILURE'],
  },
  // Documents.
  ...['@defer', '@stream(initialCount: 1)'].map((directive) => ({
    name: `${directive}, which would hold the connection`,
    body: JSON.stringify({ query: `{ ... ${directive} { hello } }` }),
    headers: { accept: 'multipart/mixed; deferSpec=20220824, application/graphql-response+json' },
    answer: [400, 'GRAPHQL_VALIDATION_FAILED'] as const,
  })),
  {
    name: 'a subscription',
    body: '{"query":"subscription { hello }"}',
    answer: [400, 'OPERATION_RESOLUTION_FAILURE'],
  },
  // Methods and addresses.
  { name: 'another method', method: 'DELETE', answer: [405, 'METHOD_NOT_ALLOWED'] },
  { name: 'a path that climbs', path: '/..%2f..%2fetc/passwd', method: 'GET', answer: [404, 'NOT_FOUND'] },
  {
    name: 'a path that is no text',
    path: '/releases/%E0%A4%A',
    method: 'GET',
    answer: [400, 'REQUEST_MALFORMED'],
  },
];

describe('refused, in JSON, with a code, and the next request is answered:', () => {
  it.each(refused)('$name', async ({ answer, ...attack }) => {
    const { status, code, headers, body } = await send(app.url, attack);
    expect([status, code]).toEqual(answer);
    expect(headers.get('content-type')).toMatch(/^application\/(graphql-response\+)?json/);
    expect(body.data ?? null).toBeNull();
    expect(JSON.stringify(body)).not.toMatch(/\.ts:|node_modules|at [a-z]+ \(/i);
    await expectHealthy(app.url);
  });
});

describe('harmless:', () => {
  it.each([
    ['UTF-8 by its other names', 'application/json; charset="UTF-8"'],
    ['a parameter that means nothing', 'application/json; version=1'],
  ])('%s', async (_name, type) => {
    expect((await send(app.url, typed(type))).body).toEqual({ data: { hello: 'world' } });
  });

  it('a key that is given twice: the last one counts, for what runs and for what is logged', async () => {
    const body = '{"query":"query First { hello }","query":"query Last { color }"}';
    expect((await send(app.url, { body })).body).toEqual({ data: { color: 'RED' } });
    await expect.poll(() => app.log.findLast(({ msg }) => msg === 'request')?.operation).toBe('Last');
  });

  it.each([
    '{"__proto__":{"n":5},"n":3}',
    '{"constructor":{"prototype":{"n":5}},"n":3}',
    '{"n":3,"toString":1,"hasOwnProperty":1}',
  ])('the variables %s', async (variables) => {
    const body = `{"query":"query ($n: Int!) { double(n: $n) }","variables":${variables},"__proto__":{"x":1}}`;
    expect((await send(app.url, { body })).body).toEqual({ data: { double: 6 } });
    expect(({} as { n?: unknown; x?: unknown }).n ?? ({} as { x?: unknown }).x).toBeUndefined();
  });

  it('a variable that only the prototype has is missing', async () => {
    const body = '{"query":"query ($n: Int!) { double(n: $n) }","variables":{"__proto__":{"n":5}}}';
    expect((await send(app.url, { body })).code).toBe('BAD_USER_INPUT');
  });
});

describe('headers of answers', () => {
  const paths = ['/graphql', '/healthz', '/readyz', '/releases/known@2026-01-01.1', '/nothing'];

  it.each(paths)('%s: nothing to sniff, frame, run or learn the software from', async (path) => {
    const { headers } = await fetch(`${app.url}${path}`, { headers: { accept: 'text/html' } });
    expect(Object.fromEntries(headers)).toMatchObject({
      'x-content-type-options': 'nosniff',
      'x-frame-options': 'SAMEORIGIN',
      'content-security-policy': "default-src 'none';frame-ancestors 'none'",
      'referrer-policy': 'no-referrer',
      'strict-transport-security': expect.stringContaining('max-age='),
    });
    expect(headers.get('x-powered-by') ?? headers.get('server')).toBeNull();
  });

  it.each([
    ['by POST', { body: hello }],
    ['by GET', get('query={hello}', { 'apollo-require-preflight': '1' })],
    ['refused', { body: '{' }],
  ])('an answer of GraphQL %s is never kept, since it may depend on who asks', async (_name, request) => {
    const { headers } = await send(app.url, request);
    expect(headers.get('cache-control')).toBe('no-store');
  });
});

describe('health', () => {
  it('leaks neither versions, addresses nor names', async () => {
    app.readiness = { database: 'failed', migrations: 'unknown', release: 'unknown' };
    const texts = await Promise.all(
      ['/healthz', '/readyz'].map(async (path) => (await fetch(`${app.url}${path}`)).text()),
    );
    expect(texts.map((text) => JSON.parse(text))).toEqual([
      { status: 'ok' },
      { ready: false, checks: { database: 'failed', migrations: 'unknown', release: 'unknown' } },
    ]);
  });
});

describe('pages of other origins', () => {
  const preflight = (url: string, origin: string) =>
    fetch(`${url}/graphql`, {
      method: 'OPTIONS',
      headers: {
        origin,
        'access-control-request-method': 'POST',
        'access-control-request-headers': 'content-type',
      },
    });

  it('may ask from everywhere, but never with cookies', async () => {
    for (const answer of [
      await preflight(app.url, 'https://evil.example'),
      await fetch(`${app.url}/graphql`, { headers: { origin: 'https://evil.example' } }),
    ]) {
      expect(answer.headers.get('access-control-allow-origin')).toBe('*');
      expect(answer.headers.get('access-control-allow-credentials')).toBeNull();
    }
  });

  it('never get credentials with every origin, also where a setting should ask for it', async () => {
    const other = await runApp({ crossOrigin: { origins: '*', credentials: true } });
    const answer = await preflight(other.url, 'https://evil.example');
    expect(answer.headers.get('access-control-allow-origin')).toBe('*');
    expect(answer.headers.get('access-control-allow-credentials')).toBeNull();
    await other.stop();
  });

  it('may ask from named origins alone, where these are set', async () => {
    const origins = ['https://a.example', 'https://b.example'];
    const named = await runApp({ crossOrigin: { origins, credentials: true } });
    for (const origin of origins) {
      const { headers } = await preflight(named.url, origin);
      expect(headers.get('access-control-allow-origin')).toBe(origin);
      expect(headers.get('access-control-allow-credentials')).toBe('true');
      expect(headers.get('vary')).toContain('Origin');
    }
    for (const origin of [
      'https://evil.example',
      'https://a.example.evil.example',
      'http://a.example',
      'null',
    ]) {
      expect((await preflight(named.url, origin)).headers.get('access-control-allow-origin')).toBeNull();
    }
    await named.stop();
  });
});

describe('an answer over the limit', () => {
  it('is not sent, and says so', async () => {
    const most = requestLimits.answerBytes;
    // The quotes, the field's name and the braces around the text.
    const overhead = '{"data":{"text":""}}\n'.length;
    const whole = await ask(app.url, `{ text(length: ${most - overhead}) }`);
    expect(whole.status).toBe(200);
    const over = await ask(app.url, `{ text(length: ${most - overhead + 1}) }`);
    expect([over.status, over.code]).toEqual([400, 'ANSWER_TOO_LARGE']);
    expect(over.body.errors![0]!.message).toContain(String(most));
    await expectHealthy(app.url);
  });
});
