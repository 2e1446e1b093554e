import { buildClientSchema, getIntrospectionQuery, type IntrospectionQuery, parse, validate } from 'graphql';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { requestLimits } from '../../src/graphql/shared/request-limits.ts';
import { buildAtlasSchema } from '../../src/graphql/schema.ts';
import { measureDocument } from '../../src/http/measure-document.ts';
import { figureDocuments } from '../support/figures.ts';
import { ask, expectHealthy, send } from './attack.ts';
import { bodyOf, costlyRequests } from './costly-documents.ts';
import { type RunningApp, runApp } from './running-app.ts';

const schema = buildAtlasSchema();
let real: RunningApp;
let small: RunningApp;
beforeAll(async () => {
  real = await runApp({ schema });
  small = await runApp();
});
afterAll(async () => {
  await real.stop();
  await small.stop();
});

describe('a document made to be costly is refused before it runs:', () => {
  it.each(costlyRequests)('$name', async (request) => {
    const body = bodyOf(request);
    const answer = await send(real.url, { body });
    expect(answer.status).toBe(400);
    expect([request.code, request.or]).toContain(answer.code);
    expect(answer.body.data).toBeUndefined();
    expect(answer.body.errors!.length).toBeLessThanOrEqual(11);
    // The message of a limit names it.
    const { limit } = (answer.body.errors![0]!.extensions as { details?: { limit?: number } }).details ?? {};
    if (limit !== undefined) expect(answer.body.errors![0]!.message).toContain(String(limit));
    // Clients of the older media type get the same code, and never a 500.
    const older = await send(real.url, { body, headers: { accept: 'application/json' } });
    expect([request.code, request.or]).toContain(older.code);
    expect(older.status).toBeLessThan(500);
    await expectHealthy(real.url);
  });
});

const times = (count: number, textOf: (n: number) => string): string =>
  Array.from({ length: count }, (_, n) => textOf(n)).join(' ');
const chain = (levels: number): string => `${'node { '.repeat(levels - 1)}id${' }'.repeat(levels - 1)}`;

/** Documents for the small schema, of a size that is asked for. */
const sized: readonly [string, number, string, (size: number) => string][] = [
  [
    'fields inside each other',
    requestLimits.queryDepth,
    'QUERY_TOO_DEEP',
    (n) => `{ ${chain(n).replace(/(?<=.)node/g, 'child')} }`,
  ],
  [
    'levels by way of a fragment',
    requestLimits.queryDepth,
    'QUERY_TOO_DEEP',
    (n) => `{ node { ...f } } fragment f on Node { ${chain(n - 1).replaceAll('node', 'child')} }`,
  ],
  [
    'fields at the top',
    requestLimits.rootFields,
    'TOO_MANY_ROOT_FIELDS',
    (n) => `{ ${times(n, () => 'hello')} }`,
  ],
  [
    'fields at the top of a fragment',
    requestLimits.rootFields,
    'TOO_MANY_ROOT_FIELDS',
    (n) => `{ hello ... { ...f } } fragment f on Query { ${times(n - 1, () => 'hello')} }`,
  ],
  [
    'aliases',
    requestLimits.aliases,
    'TOO_MANY_ALIASES',
    (n) => `{ node { ${times(n, (i) => `a${i}: id`)} } }`,
  ],
  [
    'aliases of a fragment that is spread twice',
    requestLimits.aliases,
    'TOO_MANY_ALIASES',
    (n) =>
      `{ node { ...f child { ...f ${n % 2 === 0 ? '' : 'one: id'} } } } fragment f on Node { ${times(Math.floor(n / 2), (i) => `a${i}: id`)} }`,
  ],
  [
    'directives',
    requestLimits.directives,
    'TOO_MANY_DIRECTIVES',
    (n) =>
      `{ node { ${times(n, (i) => `... @include(if: true) { ${i % 2 === 0 ? 'id' : '__typename'} }`)} } }`,
  ],
  [
    'fields of a repeated name',
    requestLimits.repeatedFields,
    'TOO_MANY_FIELDS',
    (n) => `{ node { id ${times(n, () => 'id')} } }`,
  ],
  [
    'fields',
    requestLimits.queryFields,
    'TOO_MANY_FIELDS',
    (n) =>
      `{ node { ${times(Math.floor((n - 1) / 4), () => '...f')} ${times((n - 1) % 4, () => 'id')} } } fragment f on Node { id __typename child { id } }`,
  ],
];

describe('a limit', () => {
  it.each(sized)('of %s admits %i and refuses one more', async (_name, most, code, documentOf) => {
    const within = await ask(small.url, documentOf(most));
    expect(within.body.errors).toBeUndefined();
    const beyond = await ask(small.url, documentOf(most + 1));
    expect([beyond.status, beyond.code]).toEqual([400, code]);
  });

  it('of tokens admits as many as it says and refuses one more', async () => {
    // Braces, and pairs of a directive's sign and name, which count against another limit.
    const within = await ask(
      small.url,
      `query (${times((requestLimits.queryTokens - 8) / 2, () => '@x')}) {`,
    );
    expect(within.code).toBe('GRAPHQL_PARSE_FAILED');
    const fields = times(requestLimits.queryTokens - 2, () => 'hello');
    expect((await ask(small.url, `{ ${fields} }`)).code).toBe('TOO_MANY_ROOT_FIELDS');
    expect((await ask(small.url, `{ ${fields} hello }`)).code).toBe('QUERY_TOO_LONG');
  });

  it('holds for each operation of a document, whichever is asked for', async () => {
    const query = `query small { hello } query large { ${times(21, () => 'hello')} }`;
    const answer = await send(small.url, { body: JSON.stringify({ query, operationName: 'small' }) });
    expect(answer.code).toBe('TOO_MANY_ROOT_FIELDS');
  });
});

describe('documents that people send', () => {
  it.each([
    ['every figure', figureDocuments()],
    [
      'what GraphiQL, graphql-codegen and others ask of the schema',
      Promise.resolve(
        [{}, { descriptions: true, schemaDescription: true, specifiedByUrl: true, oneOf: true }].map(
          (options) => ({
            name: JSON.stringify(options),
            text: getIntrospectionQuery({
              ...options,
              inputValueDeprecation: true,
              directiveIsRepeatable: true,
            }),
          }),
        ),
      ),
    ],
  ])('%s: within the limits, with room', async (_name, documents) => {
    for (const { name, text } of await documents) {
      const document = parse(text, { maxTokens: requestLimits.queryTokens / 4 });
      expect([name, validate(schema, document)]).toEqual([name, []]);
      for (const size of measureDocument(document)) {
        expect(size.depth).toBeLessThanOrEqual(requestLimits.queryDepth * 0.75);
        expect(size.fields).toBeLessThanOrEqual(requestLimits.queryFields / 4);
        expect(size.rootFields).toBeLessThanOrEqual(requestLimits.rootFields / 4);
        expect(size.aliases).toBeLessThanOrEqual(requestLimits.aliases / 4);
      }
    }
  });

  it('introspection answers whole', async () => {
    const { status, body } = await ask(real.url, getIntrospectionQuery());
    expect(status).toBe(200);
    const built = buildClientSchema(body.data as unknown as IntrospectionQuery);
    expect(Object.keys(built.getTypeMap()).sort()).toEqual(Object.keys(schema.getTypeMap()).sort());
  });
});
