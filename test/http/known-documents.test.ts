import { createHash } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { knownDocuments, registeredDocumentLimits } from '../../src/http/known-documents.ts';
import { readTrustedDocuments, type TrustedDocumentsMode } from '../../src/http/trusted-documents.ts';
import { type AttackAnswer, expectHealthy, send } from './attack.ts';
import { type RunningApp, runApp } from './running-app.ts';
import { smallSchema } from './small-schema.ts';

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');
const extensionsOf = (hash: unknown, version: unknown = 1) => ({
  persistedQuery: { version, sha256Hash: hash },
});
const byHash = (url: string, hash: unknown, query?: string) =>
  send(url, { body: JSON.stringify({ query, extensions: extensionsOf(hash) }) });
const byGet = (url: string, query: string, parameters: Record<string, string> = {}) => {
  const search = new URLSearchParams({
    extensions: JSON.stringify(extensionsOf(sha256(query))),
    ...parameters,
  });
  return send(url, {
    path: `/graphql?${search}`,
    method: 'GET',
    headers: { 'apollo-require-preflight': '1' },
  });
};
const outcome = ({ status, code, body }: AttackAnswer) => [status, code ?? body.data];

describe('a document that a client registers', () => {
  let app: RunningApp;
  beforeAll(async () => {
    app = await runApp();
  });
  afterAll(() => app.stop());

  it('is unknown, is sent once with its hash, and answers by hash from then on', async () => {
    const query = '{ hello }';
    expect(outcome(await byGet(app.url, query))).toEqual([200, 'PERSISTED_QUERY_NOT_FOUND']);
    expect(outcome(await byHash(app.url, sha256(query), query))).toEqual([200, { hello: 'world' }]);
    for (const answer of [await byGet(app.url, query), await byHash(app.url, sha256(query))]) {
      expect(outcome(answer)).toEqual([200, { hello: 'world' }]);
      // Nothing between may keep it: the answer may depend on the key, and the next release changes it.
      expect(answer.headers.get('cache-control')).toBe('no-store');
    }
  });

  it('can not take the place of another', async () => {
    const victim = '{ color }';
    expect((await byHash(app.url, sha256(victim), '{ hello }')).status).toBe(400);
    expect(outcome(await byHash(app.url, sha256(victim)))).toEqual([200, 'PERSISTED_QUERY_NOT_FOUND']);
    await byHash(app.url, sha256(victim), victim);
    expect((await byHash(app.url, sha256(victim), '{ hello }')).status).toBe(400);
    expect(outcome(await byHash(app.url, sha256(victim)))).toEqual([200, { color: 'RED' }]);
  });

  it.each([
    ['a number', 7],
    ['an object', { $ne: null }],
    ['the name of a property', '__proto__'],
    ['a long text', 'a'.repeat(50_000)],
    ['null', null],
  ])('by a hash that is %s is unknown', async (_name, hash) => {
    expect(outcome(await byHash(app.url, hash))).toEqual([200, 'PERSISTED_QUERY_NOT_FOUND']);
    await expectHealthy(app.url);
  });

  it('is not kept where it is invalid or over a limit', async () => {
    const deep = `{ ${'node { '.repeat(30)}id${' }'.repeat(30)} }`;
    for (const query of ['{ helo }', '{ hello', deep]) {
      expect((await byHash(app.url, sha256(query), query)).status).toBe(400);
      expect(outcome(await byHash(app.url, sha256(query)))).toEqual([200, 'PERSISTED_QUERY_NOT_FOUND']);
    }
  });

  it('is answered and not kept where it is long', async () => {
    const query = `{ hello } #${'x'.repeat(registeredDocumentLimits.documentBytes)}`;
    expect(outcome(await byHash(app.url, sha256(query), query))).toEqual([200, { hello: 'world' }]);
    expect(outcome(await byHash(app.url, sha256(query)))).toEqual([200, 'PERSISTED_QUERY_NOT_FOUND']);
  });
});

describe('the store of registered documents', () => {
  it('stays within its bytes however many are sent, and keeps those in use', async () => {
    const { totalBytes, documentBytes, ttlSeconds: ttl } = registeredDocumentLimits;
    const { cache } = knownDocuments();
    const used = 'apq:used';
    await cache!.set(used, '{ hello }', { ttl });
    const document = 'x'.repeat(documentBytes / 2);
    const count = (2 * totalBytes) / document.length;
    for (let n = 0; n < count; n += 1) {
      await cache!.set(`apq:${n}`, document, { ttl });
      expect(await cache!.get(used)).toBe('{ hello }');
    }
    const kept = await Promise.all(Array.from({ length: count }, (_, n) => cache!.get(`apq:${n}`)));
    const bytes = kept.reduce((sum, each) => sum + (each?.length ?? 0), 0);
    expect(bytes).toBeLessThanOrEqual(totalBytes);
    expect(bytes).toBeGreaterThan(totalBytes / 2);
    expect(kept.at(-1)).toBe(document);
    expect(kept[0]).toBeUndefined();
  });

  it('forgets a document after its time', async () => {
    const { cache, ttl } = knownDocuments();
    expect(ttl).toBe(registeredDocumentLimits.ttlSeconds);
    await cache!.set('apq:a', '{ hello }', { ttl: ttl! });
    await cache!.set('apq:b', '{ hello }', { ttl: 0.02 });
    await expect.poll(() => cache!.get('apq:b')).toBeUndefined();
    expect(await cache!.get('apq:a')).toBe('{ hello }');
  });
});

describe('trusted documents', () => {
  const trusted = 'query Hello { hello }';
  const operation = (body: string, id = sha256(body)) => ({ id, name: 'Hello', type: 'query', body });
  const manifest = (...operations: object[]) =>
    JSON.stringify({ format: 'apollo-persisted-query-manifest', version: 1, operations });

  let directory: string;
  beforeAll(async () => {
    directory = await mkdtemp(path.join(tmpdir(), 'atlas-manifest-'));
  });
  afterAll(() => rm(directory, { recursive: true }));

  async function read(text: string, mode: TrustedDocumentsMode = 'only') {
    const file = path.join(directory, 'manifest.json');
    await writeFile(file, text);
    return readTrustedDocuments(file, mode, smallSchema);
  }

  async function withApp(mode: TrustedDocumentsMode, body: (url: string) => Promise<void>): Promise<void> {
    const app = await runApp({ trustedDocuments: await read(manifest(operation(trusted)), mode) });
    try {
      await body(app.url);
    } finally {
      await app.stop();
    }
  }

  it('are answered by hash from the start, beside others', () =>
    withApp('allow', async (url) => {
      expect(outcome(await byGet(url, trusted))).toEqual([200, { hello: 'world' }]);
      expect(outcome(await byHash(url, sha256(trusted)))).toEqual([200, { hello: 'world' }]);
      expect(outcome(await byHash(url, sha256('{ color }'), '{ color }'))).toEqual([200, { color: 'RED' }]);
      expect(outcome(await byHash(url, sha256('{ color }')))).toEqual([200, { color: 'RED' }]);
    }));

  it('are answered alone, by hash or whole, and nothing else can be registered', () =>
    withApp('only', async (url) => {
      expect(outcome(await byGet(url, trusted))).toEqual([200, { hello: 'world' }]);
      expect(outcome(await byHash(url, sha256(trusted)))).toEqual([200, { hello: 'world' }]);
      const whole = await send(url, { body: JSON.stringify({ query: trusted }) });
      expect(outcome(whole)).toEqual([200, { hello: 'world' }]);

      const other = '{ color }';
      for (const answer of [
        await send(url, { body: JSON.stringify({ query: other }) }),
        await send(url, { body: JSON.stringify({ query: `${trusted} ` }) }),
        await send(url, { body: JSON.stringify({ query: '{ __schema { queryType { name } } }' }) }),
        await byHash(url, sha256(other), other),
        await byGet(url, other, { query: other }),
      ]) {
        expect(outcome(answer)).toEqual([403, 'DOCUMENT_NOT_TRUSTED']);
      }
      expect(outcome(await byHash(url, sha256(other)))).toEqual([200, 'PERSISTED_QUERY_NOT_FOUND']);
      expect((await byHash(url, sha256(trusted), other)).status).toBe(400);
      expect(outcome(await byHash(url, sha256(trusted)))).toEqual([200, { hello: 'world' }]);
    }));

  it.each([
    ['that is no JSON', '{', 'is no manifest'],
    ['of another format', '{"format":"relay","version":1,"operations":[]}', 'is no manifest'],
    [
      'whose id is not the hash of the body',
      manifest(operation(trusted, 'a')),
      'Hello: its id is not the SHA-256',
    ],
    [
      'with a document that the schema does not know',
      manifest(operation('{ helo }')),
      'Hello: Cannot query field',
    ],
    ['with a document that is no GraphQL', manifest(operation('{')), 'Hello: Syntax Error'],
  ])('a manifest %s stops the start, and says why', async (_name, text, message) => {
    await expect(read(text)).rejects.toMatchObject({
      code: 'CONFIG_INVALID',
      message: expect.stringContaining(message),
    });
  });

  it('a manifest that is not there stops the start', async () => {
    await expect(readTrustedDocuments('/nowhere/manifest.json', 'only', smallSchema)).rejects.toMatchObject({
      code: 'CONFIG_INVALID',
    });
  });
});
