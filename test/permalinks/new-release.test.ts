import { afterAll, beforeAll, expect, it } from 'vitest';
import { prune } from '../../src/releases/prune.ts';
import { publish } from '../../src/releases/publish.ts';
import { useCountingSide } from '../releases/counting-side.ts';
import { gateway, requests } from '../releases/gateway-log.ts';
import { describeOnEachDatabase, type TestDatabase } from '../support/databases.ts';
import { type GuardedServer, runGuardedServer } from '../support/guarded-server.ts';

const side = useCountingSide();

interface Report {
  readonly rows: readonly { readonly totalTokens: number }[];
  readonly meta: { readonly release: { readonly id: string } };
  readonly citation: { readonly permalink: string };
}

interface Moved {
  readonly from: { readonly totalTokens: number };
  readonly to: { readonly totalTokens: number };
  readonly totals: readonly { readonly field: string; readonly change: number }[];
  readonly rows: { readonly rows: readonly { before: number | null; after: number | null }[] };
  readonly revisedDays: { readonly totalRows: number };
}

describeOnEachDatabase('a query that is cited', (open, kind) => {
  const declaration = gateway(`cited-${kind}`);
  let database: TestDatabase;
  let server: GuardedServer;
  let first: string;
  let second: string;
  let cited: Report;

  const usage = `query Cited($dataset: ID!) { usage(dataset: $dataset, groupBy: [MODEL], grain: MONTH) {
    rows { period { start } model { id } totalTokens requests } meta { release { id } } citation { permalink } } }`;
  const ask = async (query: string, variables: object): Promise<Record<string, unknown>> => {
    const answer = await fetch(`${server.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ query, variables }),
    });
    const { data, errors } = (await answer.json()) as { data: Record<string, unknown>; errors?: unknown };
    expect(errors).toBeUndefined();
    return data;
  };
  const follow = (address: string): Promise<Response> => {
    const { pathname, search } = new URL(address);
    return fetch(server.url + pathname + search);
  };
  const release = async (): Promise<string> =>
    (await publish({ engine: side.engine, database, declaration })).releaseId;

  beforeAll(async () => {
    database = await open();
    const all = requests(900);
    await side.load(declaration.id, 'first', all.slice(0, 500));
    first = await release();
    server = await runGuardedServer(database);
    cited = (await ask(usage, { dataset: declaration.id })).usage as Report;
    await side.load(declaration.id, 'second', all.slice(500));
    second = await release();
    // Which release is the latest is asked again by a server that has just started.
    await server.stop();
    server = await runGuardedServer(database);
  });
  afterAll(() => server.stop());

  it('gets its numbers again where the same query gets those of a new release', async () => {
    const latest = (await ask(usage, { dataset: declaration.id })).usage as Report;
    expect([cited.meta.release.id, latest.meta.release.id]).toEqual([first, second]);
    expect(latest.rows).not.toEqual(cited.rows);
    expect(await (await follow(cited.citation.permalink)).json()).toEqual({ data: { usage: cited } });
  });

  it('is told what moved since', async () => {
    const { releaseDifference } = await ask(
      `query($from: ID!, $to: ID!) { releaseDifference(from: $from, to: $to) {
         from { totalTokens } to { totalTokens } totals(measures: [TOTAL_TOKENS, REQUESTS]) { field change }
         rows(groupBy: MODEL, first: 100) { rows { before after } } revisedDays { totalRows } } }`,
      { from: first, to: second },
    );
    const { from, to, totals, rows, revisedDays } = releaseDifference as Moved;
    expect(totals).toEqual([
      { field: 'totalTokens', change: to.totalTokens - from.totalTokens },
      { field: 'requests', change: 400 },
    ]);
    const moved = rows.rows.reduce((sum, { before, after }) => sum + (after ?? 0) - (before ?? 0), 0);
    expect(moved).toBe(to.totalTokens - from.totalTokens);
    expect(revisedDays.totalRows).toBeGreaterThan(0);
  });

  it('is told with 410 when its numbers are kept no longer', async () => {
    expect(await prune({ database, dataset: declaration.id, keep: 1 })).toEqual([first]);
    const gone = await follow(cited.citation.permalink);
    expect(gone.status).toBe(410);
    expect(await gone.text()).toContain(`The release '${first}' was pruned on`);
  });
});
