import { parseXml, type XmlElement } from '@rgrove/parse-xml';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { CreatedKey } from '../../src/access/key-store.ts';
import { describeOnEachDatabase, type TestDatabase } from '../support/databases.ts';
import { type GuardedServer, runGuardedServer } from '../support/guarded-server.ts';
import { canary, hidden, hiddenRelease, seedHiddenDataset } from '../support/hidden-dataset.ts';
import { seedRelease } from '../support/seed-release.ts';
import { fixtureGenerations, fixtureRange } from '../support/serving-fixture.ts';

const hostile = '<script>alert(1)</script> & ]]> "quoted" \u0008 Ü';

describeOnEachDatabase('a feed', (open) => {
  let database: TestDatabase;
  let server: GuardedServer;
  let partner: CreatedKey;
  beforeAll(async () => {
    database = await open();
    await seedHiddenDataset(database.pool);
    const key = await seedRelease(database.pool, fixtureGenerations(900), { number: 2 });
    await database.pool.query(
      `UPDATE releases SET published_at = '2024-04-01T10:00:00Z', total_tokens = 2000, period_to = '2024-03-10' WHERE key = $1`,
      [key],
    );
    await database.pool.query(
      `UPDATE releases SET total_tokens = 1600 WHERE key < $1 AND dataset_id = 'fixture'`,
      [key],
    );
    await database.pool.query(
      `UPDATE release_rollups SET sha256 = repeat('1', 64), version = 2 WHERE release_key = $1`,
      [key],
    );
    await database.pool.query(
      `UPDATE datasets SET title = $1, next_update = '2024-05-01' WHERE id = 'fixture'`,
      [hostile],
    );
    server = await runGuardedServer(database);
    const wanted = {
      name: 'Example Inc.',
      scopes: [],
      datasets: [hidden],
      quotaClass: 'STANDARD' as const,
      expiresAt: null,
    };
    partner = await server.access.keys.create(wanted, 'cli:tester');
  });
  afterAll(() => server.stop());

  const get = (path: string, headers: Record<string, string> = {}): Promise<Response> =>
    fetch(server.url + path, { headers });
  const children = (element: XmlElement, name: string): XmlElement[] =>
    element.children.filter((child): child is XmlElement => (child as XmlElement).name === name);
  const textOf = (element: XmlElement, name: string): string => children(element, name)[0]?.text ?? '';
  const read = async (path: string, headers = {}): Promise<XmlElement> => {
    const answer = await get(path, headers);
    expect([answer.status, answer.headers.get('content-type')]).toEqual([
      200,
      'application/atom+xml; charset=utf-8',
    ]);
    return parseXml(await answer.text()).root!;
  };

  it('has what RFC 4287 asks of a feed and of each entry', async () => {
    const feed = await read('/feeds/fixture.atom');
    expect([feed.name, feed.attributes.xmlns]).toEqual(['feed', 'http://www.w3.org/2005/Atom']);
    expect(textOf(feed, 'updated')).toBe('2024-04-01T10:00:00.000Z');
    const links = children(feed, 'link').map(({ attributes }) => [attributes.rel, attributes.href]);
    expect(Object.fromEntries(links)).toEqual({
      self: 'http://localhost:4000/feeds/fixture.atom',
      alternate: 'http://localhost:4000/',
    });
    const entries = children(feed, 'entry');
    expect(entries.map((entry) => textOf(entry, 'id'))).toEqual([
      `http://localhost:4000/releases/fixture@${fixtureRange.to}.2`,
      `http://localhost:4000/releases/fixture@${fixtureRange.to}.1`,
    ]);
    for (const element of [feed, ...entries]) {
      for (const name of ['id', 'title', 'updated']) expect(children(element, name)).toHaveLength(1);
    }
    expect(children(feed, 'author')).toHaveLength(1);
  });

  it('says of each release what changed, in numbers, and when the next is expected', async () => {
    const [latest, first] = children(await read('/feeds/fixture.atom'), 'entry');
    expect(textOf(latest!, 'content')).toBe(
      '<ul><li>Data from 2023-12-20 until before 2024-03-10, 81 days.</li>' +
        '<li>2,000 tokens; 900 rows read, 0 of them refused.</li>' +
        `<li>Against fixture@${fixtureRange.to}.1: +400 tokens (+25%), the last day +3 days later.</li>` +
        '<li>Counted by another definition: retention_cohorts 2.</li>' +
        '<li>The next release is expected on 2024-05-01.</li></ul>',
    );
    expect(textOf(first!, 'content')).toContain('No earlier release is kept.');
    expect(textOf(first!, 'content')).not.toContain('expected');
  });

  it('holds whatever an operator writes, as text', async () => {
    const feed = await read('/feeds/fixture.atom');
    const shown = hostile.replace('\u0008', '\uFFFD');
    expect(textOf(feed, 'title')).toBe(`${shown}: releases`);
    const title = textOf(children(feed, 'entry')[0]!, 'title');
    expect(title).not.toContain('<');
    const decoded = title.replace(/&#(\d+);/g, (_, code) => String.fromCharCode(Number(code)));
    expect(decoded).toBe(`${shown}: fixture@${fixtureRange.to}.2`);
  });

  it('is answered once, then 304 by tag or by date', async () => {
    const answer = await get('/feeds/releases.atom');
    expect(answer.headers.get('cache-control')).toBe('public, max-age=300');
    expect(answer.headers.get('last-modified')).toBe('Mon, 01 Apr 2024 10:00:00 GMT');
    const again = { 'cache-control': 'max-age=0' };
    const byTag = { ...again, 'if-none-match': answer.headers.get('etag')! };
    expect((await get('/feeds/releases.atom', byTag)).status).toBe(304);
    const byDate = { ...again, 'if-modified-since': 'Mon, 01 Apr 2024 10:00:00 GMT' };
    expect((await get('/feeds/releases.atom', byDate)).status).toBe(304);
    const earlier = { ...again, 'if-modified-since': 'Sun, 31 Mar 2024 10:00:00 GMT' };
    expect((await get('/feeds/releases.atom', earlier)).status).toBe(200);
  });

  it('of a data set for partners is there with a key for it alone', async () => {
    const key = { authorization: `Bearer ${partner.text}` };
    const all = await get('/feeds/releases.atom');
    expect(await all.text()).not.toMatch(new RegExp(`${hidden}|${canary}`));
    const own = await get('/feeds/releases.atom', key);
    expect(own.headers.get('cache-control')).toBe('private, max-age=300');
    expect(await own.text()).toContain(hiddenRelease);
    expect((await get(`/feeds/${hidden}.atom`)).status).toBe(404);
    expect((await get(`/feeds/${hidden}.atom`, key)).status).toBe(200);
  });

  it.each(['/feeds/nothing.atom', '/feeds/releases.rss', '/feeds/.atom', '/feeds/%00.atom'])(
    'is not at %s',
    async (path) => {
      expect((await get(path)).status).toBe(404);
    },
  );

  it('is named by its data set', async () => {
    const { body } = await server.ask('{ dataset(id: "fixture") { feedUrl nextUpdate } }');
    expect(body.data).toEqual({
      dataset: { feedUrl: 'http://localhost:4000/feeds/fixture.atom', nextUpdate: '2024-05-01' },
    });
  });
});
