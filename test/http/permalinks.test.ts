import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { CreatedKey } from '../../src/access/key-store.ts';
import { describeOnEachDatabase, type TestDatabase } from '../support/databases.ts';
import { type GuardedServer, runGuardedServer } from '../support/guarded-server.ts';
import { hidden, hiddenRelease, seedHiddenDataset } from '../support/hidden-dataset.ts';
import { seedRelease } from '../support/seed-release.ts';
import { fixtureGenerations, fixtureRange } from '../support/serving-fixture.ts';

const firstRelease = `fixture@${fixtureRange.to}.1`;
const byModel = `
  # Layout and comments are no part of the address.
  query ByModel { usage(groupBy: [MODEL], grain: MONTH) { ...rows citation { permalink } } }
  fragment rows on UsageReport { rows { model { id } period { start } totalTokens } meta { release { id } } }
`;

interface Report {
  readonly rows: readonly { totalTokens: number }[];
  readonly meta: { readonly release: { readonly id: string } };
  readonly citation: { readonly permalink: string };
}

describeOnEachDatabase('permanent addresses', (open) => {
  let database: TestDatabase;
  let server: GuardedServer;
  let partner: CreatedKey;
  beforeAll(async () => {
    database = await open();
    await seedHiddenDataset(database.pool);
    server = await runGuardedServer(database);
    const key = {
      name: 'Example Inc.',
      scopes: [],
      datasets: [hidden],
      quotaClass: 'STANDARD' as const,
      expiresAt: null,
    };
    partner = await server.access.keys.create(key, 'cli:tester');
  });
  afterAll(() => server.stop());

  const askFor = async (query: string, key?: string): Promise<Report> => {
    const { body } = await server.ask(query, key === undefined ? {} : { key });
    expect(body.errors).toBeUndefined();
    return (body.data as unknown as { usage: Report }).usage;
  };
  const get = (address: string, headers: Record<string, string> = {}): Promise<Response> => {
    const { pathname, search } = new URL(address, server.url);
    return fetch(server.url + pathname + search, { headers, redirect: 'manual' });
  };
  const codeOf = async (answer: Response): Promise<unknown> =>
    ((await answer.json()) as { errors: { extensions: { code: string } }[] }).errors[0]?.extensions.code;

  it('give the same numbers after another release was published', async () => {
    const before = await askFor(byModel);
    const address = before.citation.permalink;
    expect(address).toMatch(new RegExp(`/q/[0-9a-f]{64}\\?release=${firstRelease}$`));
    const next = await seedRelease(database.pool, fixtureGenerations(900, 7), { number: 2 });
    await server.stop();
    server = await runGuardedServer(database);
    const latest = await askFor(byModel);
    expect(latest.meta.release.id).toBe(`fixture@${fixtureRange.to}.2`);
    expect(latest.rows).not.toEqual(before.rows);
    const kept = await get(address);
    expect(kept.status).toBe(200);
    expect(await kept.json()).toEqual({ data: { usage: before } });
    await database.pool.query('DELETE FROM releases WHERE key = $1', [next]);
    // Servers remember for seconds which release is the latest.
    await server.stop();
    server = await runGuardedServer(database);
  });

  it('may be kept by caches where they are public, and name what they answer by a tag', async () => {
    const { citation } = await askFor(byModel);
    const answer = await get(citation.permalink);
    expect(answer.headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
    expect(answer.headers.get('vary')).toMatch(/Accept.*Authorization/);
    const tag = answer.headers.get('etag');
    expect(tag).toMatch(/^W\/"/);
    expect(
      (await get(citation.permalink, { 'if-none-match': tag!, 'cache-control': 'max-age=0' })).status,
    ).toBe(304);
  });

  it('hold the hash of the document, which can be read', async () => {
    const { citation } = await askFor(byModel);
    const { pathname } = new URL(citation.permalink);
    const document = await get(`${pathname}/document`);
    const text = await document.text();
    expect(document.headers.get('content-type')).toBe('application/graphql; charset=utf-8');
    expect(pathname).toBe(`/q/${createHash('sha256').update(text).digest('hex')}`);
    expect(text).not.toContain('#');
    const rewritten = byModel.replaceAll('\n', ' ').replace(/#.*address\./, '');
    expect((await askFor(rewritten)).citation).toEqual(citation);
  });

  it('send people with a browser to the page', async () => {
    const { citation } = await askFor(byModel);
    const { pathname, search } = new URL(citation.permalink);
    const shown = await get(citation.permalink, { accept: 'text/html,application/xhtml+xml,*/*;q=0.8' });
    expect([shown.status, shown.headers.get('location')]).toEqual([
      303,
      `/query?permalink=${pathname.slice(3)}&${search.slice(1)}`,
    ]);
  });

  it('hold the variables of the query, defaults included', async () => {
    const query = `query($grain: TimeGrain!, $filter: UsageFilter, $count: Int = 3) {
      usage(groupBy: [MODEL], grain: $grain, where: $filter, top: { count: $count }) { rows { totalTokens } citation { permalink } } }`;
    const variables = { grain: 'WEEK', filter: { source: { eq: 'OPEN' } } };
    const answer = await fetch(`${server.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ query, variables }),
    });
    const { data } = (await answer.json()) as { data: { usage: Report } };
    const address = new URL(data.usage.citation.permalink);
    expect(JSON.parse(address.searchParams.get('variables')!)).toEqual({ ...variables, count: 3 });
    expect(await (await get(address.href)).json()).toEqual({ data });
  });

  it('are private, and asked for again, where a key opens them', async () => {
    const query = `{ usage(dataset: "${hidden}") { rows { totalTokens } citation { permalink } } }`;
    const { citation, rows } = await askFor(query, partner.text);
    expect(citation.permalink).toContain(`?release=${hiddenRelease}`);
    const own = await get(citation.permalink, { authorization: `Bearer ${partner.text}` });
    expect(own.headers.get('cache-control')).toBe('private, no-cache');
    expect(((await own.json()) as { data: { usage: Report } }).data.usage.rows).toEqual(rows);
    const other = await get(citation.permalink);
    expect([other.status, other.headers.get('cache-control'), await codeOf(other)]).toEqual([
      404,
      'no-store',
      'RELEASE_UNKNOWN',
    ]);
  });

  it('read no release that they do not name', async () => {
    const both = `{ a: usage { rows { totalTokens } citation { permalink } } b: usage(dataset: "${hidden}") { rows { totalTokens } } }`;
    const { body } = await server.ask(both, { key: partner.text });
    const { a } = body.data as unknown as { a: Report };
    const address = new URL(a.citation.permalink);
    expect(address.searchParams.getAll('release')).toEqual([firstRelease, hiddenRelease]);
    const key = { authorization: `Bearer ${partner.text}` };
    const whole = await get(address.href, key);
    expect(await whole.json()).toEqual({ data: body.data });
    const cut = await get(`${address.pathname}?release=${firstRelease}`, key);
    expect(await codeOf(cut)).toBe('RELEASE_NOT_PINNED');
    // The first one named is the default of the day on which the address was made.
    const { pathname } = new URL((await askFor(byModel)).citation.permalink);
    const other = await get(`${pathname}?release=${hiddenRelease}`, key);
    expect(JSON.stringify(await other.json())).toContain(`"release":{"id":"${hiddenRelease}"}`);
  });

  it('say so with 410 where their release was pruned', async () => {
    const { citation } = await askFor(byModel);
    const gone = `fixture@${fixtureRange.to}.9`;
    await database.pool.query(
      `INSERT INTO pruned_releases (id, dataset_id, period_to, published_at, pruned_at)
       VALUES ($1, 'fixture', '2024-03-07', now(), '2024-05-01T00:00:00Z'), ($2, $3, '2024-03-07', now(), now())
       ON CONFLICT DO NOTHING`,
      [gone, `${hidden}@${fixtureRange.to}.9`, hidden],
    );
    const answer = await get(citation.permalink.replace(firstRelease, gone));
    expect([answer.status, answer.headers.get('cache-control')]).toEqual([410, 'no-store']);
    const { errors } = (await answer.json()) as {
      errors: { message: string; extensions: { code: string } }[];
    };
    expect(errors[0]!.extensions.code).toBe('RELEASE_PRUNED');
    expect(errors[0]!.message).toContain('was pruned on 2024-05-01');
    expect((await get(`/releases/${gone}`)).status).toBe(410);
    // What a caller may not see was never there.
    const unseen = await get(
      citation.permalink.replace(firstRelease, gone).replace('fixture@', `${hidden}@`),
    );
    expect([unseen.status, await codeOf(unseen)]).toEqual([404, 'RELEASE_UNKNOWN']);
  });

  it.each([
    ['/q/nothing', 404, 'PERMALINK_UNKNOWN'],
    [`/q/${'0'.repeat(64)}`, 404, 'PERMALINK_UNKNOWN'],
    [`/q/${'0'.repeat(64)}/document`, 404, 'PERMALINK_UNKNOWN'],
    ["/q/'%20OR%201=1--", 404, 'PERMALINK_UNKNOWN'],
    ['/q/%00', 404, 'PERMALINK_UNKNOWN'],
    [`/q/KNOWN?release=${firstRelease}&release=${firstRelease}`, 400, 'BAD_ARGUMENT'],
    ['/q/KNOWN?release=%00', 404, 'RELEASE_UNKNOWN'],
    ['/q/KNOWN?release=nothing@2024-01-01.1', 404, 'RELEASE_UNKNOWN'],
    ['/q/KNOWN', 400, 'RELEASE_NOT_PINNED'],
    [`/q/KNOWN?${'release=a&'.repeat(21)}`, 400, 'LIMIT_EXCEEDED'],
    ['/q/KNOWN?variables=[', 400, 'BAD_ARGUMENT'],
    ['/q/KNOWN?variables=[]', 400, 'BAD_ARGUMENT'],
    ['/q/KNOWN?variables=null', 400, 'BAD_ARGUMENT'],
    ['/q/KNOWN?variables={}&variables={}', 400, 'BAD_ARGUMENT'],
    [
      `/q/KNOWN?release=${firstRelease}&variables={"a":${'['.repeat(50)}${']'.repeat(50)}}`,
      400,
      'VARIABLES_TOO_DEEP',
    ],
  ])('refuse %s', async (path, status, code) => {
    const { pathname } = new URL((await askFor(byModel)).citation.permalink);
    const answer = await get(path.replace('/q/KNOWN', pathname));
    expect([answer.status, answer.headers.get('cache-control'), await codeOf(answer)]).toEqual([
      status,
      'no-store',
      code,
    ]);
  });

  it('take no other method', async () => {
    const answer = await fetch(`${server.url}/q/${'0'.repeat(64)}`, { method: 'POST' });
    expect([answer.status, answer.headers.get('allow')]).toEqual([405, 'GET, HEAD']);
  });

  describe('cost', () => {
    const costOf = async (query: string): Promise<number> =>
      (await server.ask(query)).body.extensions!.cost.actual;

    it('points for the document when it is new, and one when it is known', async () => {
      const query =
        'query Fresh { usage { totalRows citation { a: permalink b: permalink text(of: QUERY) } } }';
      const first = await costOf(query);
      expect([first > 100, await costOf(query)]).toEqual([true, first - 101]);
    });

    it('nothing where nobody asks for one', async () => {
      const kept = async (): Promise<number> =>
        (await database.pool.query('SELECT 1 FROM permanent_documents')).rowCount ?? 0;
      const before = await kept();
      await server.ask('query Other { usage { totalRows citation { text bibtex csl url } } }');
      expect(await kept()).toBe(before);
    });
  });

  it.each([
    ['{ usage { totalRows citation { permalink } } viewer { scopes } }', 'BAD_ARGUMENT'],
    [
      `{ usage { totalRows citation { permalink } } x: authors(search: "${'x'.repeat(40_000)}") { totalCount } }`,
      'LIMIT_EXCEEDED',
    ],
  ])('leave the answer whole where they are refused: %#', async (query, code) => {
    const { body } = await server.ask(query);
    expect(body.errors?.map(({ extensions }) => extensions.code)).toEqual([code]);
    expect(body.data).toMatchObject({ usage: { totalRows: 1, citation: { permalink: null } } });
  });
});
