import request from 'supertest';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { errorCatalogue } from '../../src/errors.ts';
import { type RunningApp, runApp } from './running-app.ts';

let running: RunningApp;
beforeAll(async () => {
  running = await runApp();
});
afterAll(() => running.stop());

const modern = 'application/graphql-response+json';

const ask = (body: object, accept = modern) =>
  request(running.url).post('/graphql').set('Accept', accept).send(body);

const errorOf = async (query: string) => {
  const answer = await ask({ query });
  return { status: answer.status, error: answer.body.errors[0], text: answer.text, body: answer.body };
};

describe('a GraphQL answer', () => {
  it('comes as plain JSON unless the newer media type is asked for', async () => {
    const plain = await ask({ query: '{ hello }' }, '*/*');
    expect(plain.headers['content-type']).toBe('application/json; charset=utf-8');
    const newer = await ask({ query: '{ hello }' });
    expect(newer.headers['content-type']).toBe(`${modern}; charset=utf-8`);
    expect(newer.body).toEqual({ data: { hello: 'world' } });
  });

  it('answers queries by GET from clients that can not be a foreign page', async () => {
    const get = request(running.url).get('/graphql').query({ query: '{ hello }' });
    const answer = await get.set('apollo-require-preflight', 'true');
    expect(answer.body).toEqual({ data: { hello: 'world' } });
  });

  it('refuses a GET that a foreign page could have sent', async () => {
    const answer = await request(running.url).get('/graphql').query({ query: '{ hello }' });
    expect(answer.status).toBe(400);
    expect(answer.body.errors[0].extensions.code).toBe('BAD_REQUEST');
    expect(answer.body.errors[0].extensions.requestId).toBe(answer.headers['x-request-id']);
  });

  it('refuses mutations by GET and batches', async () => {
    const mutation = request(running.url).get('/graphql').query({ query: 'mutation { touch }' });
    const byGet = await mutation.set('apollo-require-preflight', 'true');
    expect([byGet.status, byGet.headers.allow]).toEqual([405, 'POST']);
    const batch = await ask([{ query: '{ hello }' }, { query: '{ hello }' }]);
    expect(batch.status).toBe(400);
    expect(batch.body.errors[0].message).toContain('batching');
  });

  it('shows the whole schema to introspection', async () => {
    const answer = await ask({ query: '{ __schema { queryType { name } } __type(name: "Node") { name } }' });
    expect(answer.body.data).toEqual({
      __schema: { queryType: { name: 'Query' } },
      __type: { name: 'Node' },
    });
  });

  it('tells a browser what the address is for, without running anything', async () => {
    const answer = await request(running.url).get('/graphql').set('Accept', 'text/html,*/*;q=0.8');
    expect(answer.headers['content-type']).toContain('text/html');
    expect(answer.text).toContain('curl https://atlas.example/graphql');
    expect(answer.text).not.toContain('<script');
  });

  it('may not be kept by caches', async () => {
    expect((await ask({ query: '{ hello }' })).headers['cache-control']).toBe('no-store');
  });
});

describe('an error of our catalogue', () => {
  it.each(['BAD_ARGUMENT', 'LIMIT_EXCEEDED', 'RELEASE_UNKNOWN', 'STATEMENT_TIMEOUT'] as const)(
    '%s keeps its message, details and status where there is no data',
    async (code) => {
      const { status, error, body } = await errorOf(`{ required(code: "${code}") }`);
      expect(body.data).toBeNull();
      expect(status).toBe(errorCatalogue[code].status);
      expect(error).toMatchObject({
        message: `about ${code}`,
        path: ['required'],
        extensions: { code, details: { limit: 7 }, requestId: expect.any(String) },
      });
    },
  );

  it('leaves the status at 200 beside any data', async () => {
    const { status, error, body } = await errorOf('{ hello atlasError(code: "BAD_ARGUMENT") }');
    expect(status).toBe(200);
    expect(body.data).toEqual({ hello: 'world', atlasError: null });
    expect(error.extensions.code).toBe('BAD_ARGUMENT');
  });

  it('tells clients the gravest status of several', async () => {
    const query = `{ a: atlasError(code: "STATEMENT_TIMEOUT") b: required(code: "BAD_ARGUMENT") }`;
    expect((await errorOf(query)).status).toBe(504);
  });

  it('keeps hosts and files of failures of the server to the log', async () => {
    const { error, text } = await errorOf('{ failUnreachable }');
    expect(error.extensions.code).toBe('DATABASE_UNAVAILABLE');
    expect(error.message).toBe(errorCatalogue.DATABASE_UNAVAILABLE.meaning);
    expect(text).not.toContain('secret');
    expect(JSON.stringify(running.log)).toContain('secret.example:5432');
  });
});

describe("the driver's errors", () => {
  it.each(['failInDriver', 'failInPrisma'])('%s: a cancelled statement is a timeout', async (field) => {
    const { error, text } = await errorOf(`{ ${field} }`);
    expect(error.extensions.code).toBe('STATEMENT_TIMEOUT');
    expect(text).not.toMatch(/secret|SELECT|P2010/);
  });
});

describe('an unexpected error', () => {
  it.each(['failUnexpectedly', 'failInGraphQL', 'unwritable'])(
    '%s is masked, and logged under its id',
    async (field) => {
      const { error, text } = await errorOf(`{ ${field} }`);
      expect(error.extensions).toEqual({ code: 'INTERNAL', requestId: expect.any(String) });
      expect(text).not.toMatch(/secret|stack|\.ts/);
      const logged = running.log.find(
        ({ requestId, level }) => requestId === error.extensions.requestId && level === 'error',
      );
      expect(logged).toMatchObject({
        field,
        err: { message: expect.stringContaining('secret'), stack: expect.stringMatching(/\n +at /) },
      });
    },
  );
});

describe("GraphQL's own errors", () => {
  it.each([
    ['{ hello', 'GRAPHQL_PARSE_FAILED'],
    ['{ helo }', 'GRAPHQL_VALIDATION_FAILED'],
    ['query ($n: Int!) { double(n: $n) }', 'BAD_USER_INPUT'],
  ])('%s keep their code, and are 400 or, as plain JSON, 200', async (query, code) => {
    const newer = await ask({ query });
    expect([newer.status, newer.body.errors[0].extensions.code]).toEqual([400, code]);
    const plain = await ask({ query }, 'application/json');
    expect([plain.status, plain.body.errors[0].extensions.code]).toEqual([200, code]);
  });

  it('say what is wrong with a null for an argument that forbids it, which is not our failure', async () => {
    const answer = await ask({ query: 'query ($n: Int) { double(n: $n) }', variables: { n: null } });
    expect(answer.body.errors[0].message).toContain('must not be null');
    expect(answer.body.errors[0].extensions.code).toBe('BAD_USER_INPUT');
  });

  it('keep the code that a resolver gave them', async () => {
    const { error } = await errorOf('{ failAsBadUserInput }');
    expect(error).toMatchObject({ message: 'x is odd', extensions: { code: 'BAD_USER_INPUT' } });
  });
});

describe('documents made to be costly', () => {
  it('of too many tokens are refused while parsing', async () => {
    const aliases = Array.from({ length: 1_000 }, (_, n) => `a${n}: hello`).join(' ');
    const { status, error } = await errorOf(`{ ${aliases} }`);
    expect([status, error.extensions.code]).toEqual([400, 'QUERY_TOO_LONG']);
    expect(error.message).toContain('2000 tokens');
  });

  it('whose fragments grow exponentially are refused before they run', async () => {
    const fragments = Array.from(
      { length: 30 },
      (_, n) => `fragment f${n} on Node { a: child { ...f${n + 1} } b: child { ...f${n + 1} } }`,
    );
    // Spread out they would be 2³⁰ fields, which nothing answers in time.
    const { status } = await errorOf(`{ node { ...f0 } } ${fragments.join(' ')} fragment f30 on Node { id }`);
    expect(status).toBe(400);
  });

  it('with many mistakes get a few of them back', async () => {
    const unknown = Array.from({ length: 200 }, (_, n) => `x${n}`).join(' ');
    const answer = await ask({ query: `{ ${unknown} }` });
    expect(answer.body.errors.length).toBeLessThanOrEqual(11);
  });

  it('with a circle of fragments are refused', async () => {
    const query =
      '{ node { ...a } } fragment a on Node { child { ...b } } fragment b on Node { child { ...a } }';
    expect((await errorOf(query)).status).toBe(400);
  });
});
