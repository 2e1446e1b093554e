import { createHash } from 'node:crypto';
import path from 'node:path';
import { Big } from 'big.js';
import datapackage from 'datapackage';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { coarsen } from '../../../src/releases/coarsen.ts';
import { describeOnEachDatabase, type TestDatabase } from '../../support/databases.ts';
import { type GuardedServer, runGuardedServer } from '../../support/guarded-server.ts';
import { seedRelease } from '../../support/seed-release.ts';
import { fixtureGenerations } from '../../support/serving-fixture.ts';
import { askDuck, type Json, readAll } from './duck.ts';
import { type Unpacked, unpack } from './unpack.ts';

const release = 'fixture@2024-03-07.1';

describeOnEachDatabase('a data package', (open) => {
  let database: TestDatabase;
  let server: GuardedServer;
  let zip: Buffer;
  let unpacked: Unpacked;
  beforeAll(async () => {
    database = await open();
    await seedRelease(database.pool, fixtureGenerations(300));
    await makeRemarkable(database);
    server = await runGuardedServer(database);
    zip = await take();
    unpacked = await unpack(zip);
  });
  afterAll(async () => {
    await unpacked?.remove();
    await server?.stop();
  });

  async function take(): Promise<Buffer> {
    const answer = await fetch(`${server.url}/download/${release}.zip`);
    const bytes = Buffer.from(await answer.arrayBuffer());
    if (answer.status !== 200) throw new Error(bytes.toString());
    return bytes;
  }

  async function ask<Answer>(query: string): Promise<Answer> {
    const { body } = await server.ask(query);
    expect(body.errors).toBeUndefined();
    return body.data as unknown as Answer;
  }

  const descriptor = () =>
    JSON.parse(unpacked.text('datapackage.json')) as Json & {
      resources: (Json & { name: string; path: string; schema: { fields: Json[] } })[];
    };

  it('is valid for an independent reader, with every cell, key and reference', async () => {
    const { directory } = unpacked;
    const read = await datapackage.Package.load(path.join(directory, 'datapackage.json'), {
      basePath: directory,
      strict: false,
    });
    expect(read.errors).toEqual([]);
    expect(read.valid).toBe(true);
    const rows = new Map<string, Json[]>();
    for (const resource of read.resources) {
      expect(resource.tabular).toBe(true);
      rows.set(resource.name, await resource.read({ keyed: true, relations: true }));
    }
    const referring = rows
      .get('usage_by_country')!
      .find(({ model, country }) => model !== null && country !== null);
    expect(referring).toMatchObject({
      model: { id: expect.any(String), source: expect.anything() },
      country: { id: expect.stringMatching(/^[A-Z]{2}$/), continent: expect.any(String) },
    });
  });

  it('says of every file how long it is, its hash and its rows', async () => {
    const { resources } = descriptor();
    expect([...unpacked.files.keys()].filter((name) => name.startsWith('data/'))).toEqual(
      resources.map((resource) => resource.path),
    );
    for (const { path: file, bytes, hash, rows } of resources) {
      const content = unpacked.files.get(file)!;
      expect([bytes, hash]).toEqual([
        content.length,
        `sha256:${createHash('sha256').update(content).digest('hex')}`,
      ]);
      expect(content.toString().trimEnd().split('\r\n').length - 1, file).toBe(rows);
    }
  });

  it('has units and definitions, licence and citation', () => {
    const { resources, ...described } = descriptor();
    expect(described).toMatchObject({
      name: 'fixture',
      version: release,
      licenses: [{ name: 'CC0-1.0' }],
      citation: expect.stringContaining(`release ${release} [data set]`),
      period: { from: '2023-12-20', to: '2024-03-07' },
    });
    for (const { name, schema } of resources) {
      for (const field of schema.fields)
        expect(field.description, `${name}.${field.name as string}`).toBeTruthy();
    }
    const usage = resources.find(({ name }) => name === 'usage_by_provider')!;
    expect(usage.schema.fields).toContainEqual(
      expect.objectContaining({ name: 'total_tokens', type: 'integer', unit: 'tokens' }),
    );
    expect(usage.schema.fields).toContainEqual(
      expect.objectContaining({ name: 'spend_usd', type: 'number', unit: 'USD' }),
    );
    expect(unpacked.text('README.md')).toMatch(/How to cite[^]*Token Atlas \(2024\)\. Fixture, release/);
    expect(unpacked.text('README.md')).not.toContain('What is left out');
    expect(unpacked.text('LICENCE.txt')).toContain('CC0-1.0');
    expect(unpacked.text('citation.bib')).toMatch(/^@misc\{fixture_2024_03_07_1,/);
    expect(JSON.parse(unpacked.text('citation.csl.json'))).toMatchObject([
      { type: 'dataset', version: release },
    ]);
  });

  it('is the same, byte for byte, every time', async () => {
    expect((await take()).equals(zip)).toBe(true);
  });

  const sums = [
    'total_tokens',
    'requests',
    'prompt_tokens',
    'reasoning_tokens',
    'cached_tokens',
    'spend_usd',
  ];
  const sumFields =
    'totalTokens requests promptTokens reasoningTokens cachedTokens spendUsd effectiveCostUsd';

  interface UsageRow {
    period: { start: string };
    model: { id: string } | null;
    totalTokens: number;
    requests: number;
    promptTokens: number;
    reasoningTokens: number | null;
    cachedTokens: number | null;
    spendUsd: string | null;
    effectiveCostUsd: number | null;
  }

  it.each([
    ['provider', 'PROVIDER', null],
    ['country', 'COUNTRY', null],
    ['language', 'LANGUAGE', null],
    ['category', 'CATEGORY', 'EACH'],
    ['category', 'CATEGORY', 'SPLIT'],
    ['tag', 'TAG', 'EACH'],
    ['tag', 'TAG', 'SPLIT'],
  ])(
    'has days whose sums by month and %s are those of the API (%s, %s)',
    async (key, dimension, weighting) => {
      const field = key === 'language' ? key : `${key} { id }`;
      const { usage } = await ask<{ usage: { rows: (UsageRow & Record<string, unknown>)[] } }>(
        `{ usage(groupBy: [MODEL, ${dimension}], grain: MONTH, first: 5000 ${weighting === null ? '' : `labelWeighting: ${weighting}`}) {
          rows { period { start } model { id } ${field} ${sumFields} } } }`,
      );
      const rate = weighting === null ? 1 : 0.25;
      const rows = await askDuck(
        unpacked.directory,
        `SELECT date_trunc('month', day)::date::varchar AS month, model, ${key},
         ${sums.map((name) => `sum(${name}::decimal(38, 12))::varchar AS ${name}`).join(', ')},
         (sum(billed_spend_usd::decimal(38, 12)) / nullif(sum(billed_tokens::decimal(38, 12)), 0) * 1e6)::double AS cost
       FROM read_csv('data/usage_by_${key}.csv', header = true, all_varchar = true, types = { 'day': 'DATE' })
       ${weighting === null ? '' : `WHERE weighting = '${weighting}'`} GROUP BY ALL`,
      );
      const keyed = (of: string | null, ...rest: (string | null)[]) => [of, ...rest].join('|');
      const found = new Map(
        rows.map((row) => [keyed(row.month as string, row.model as string, row[key] as string), row]),
      );
      expect(usage.rows.length).toBeGreaterThan(10);
      expect(found.size).toBe(usage.rows.length);
      const whole = (value: unknown) =>
        value === null ? null : Math.round(Number(new Big(value as string).div(rate)));
      for (const row of usage.rows) {
        const group = row[key] as { id: string } | string | null;
        const id = group === null || typeof group === 'string' ? group : group.id.replace(/^\w+:/, '');
        const own = found.get(keyed(row.period.start, row.model?.id ?? null, id));
        expect(own, `${row.period.start} ${row.model?.id} ${id}`).toBeDefined();
        expect(sums.slice(0, 5).map((name) => whole(own![name]))).toEqual([
          row.totalTokens,
          row.requests,
          row.promptTokens,
          row.reasoningTokens,
          row.cachedTokens,
        ]);
        const spend = own!.spend_usd as string | null;
        if (row.spendUsd === null) expect(spend).toBeNull();
        else expect(Number(new Big(spend!).div(rate).minus(row.spendUsd).abs())).toBeLessThan(1e-9);
        if (row.effectiveCostUsd === null) expect(own!.cost).toBeNull();
        else expect(Number(own!.cost)).toBeCloseTo(row.effectiveCostUsd, 6);
      }
    },
  );

  it('has counts beyond 2³¹ exactly, and gaps as gaps', async () => {
    const rows = await readAll(unpacked.directory, 'usage_by_country');
    expect(rows.some(({ total_tokens: tokens }) => BigInt(tokens as string) > 2n ** 32n)).toBe(true);
    expect(rows.map(({ cached_tokens: tokens }) => tokens)).toContain('4503599627370497');
    expect(rows.map(({ reasoning_tokens: tokens }) => tokens)).toEqual(expect.arrayContaining([null, '0']));
    expect(rows.some(({ country }) => country === null)).toBe(true);
    const { rows: stored } = await database.pool.query<{ count: string; nulls: string }>(
      `SELECT count(*)::text AS count, count(*) FILTER (WHERE spend_usd IS NULL)::text AS nulls FROM usage_day_model_country
       WHERE release_key = 1 AND level = 'BOTH' AND grain = 'DAY'`,
    );
    expect([
      String(rows.length),
      String(rows.filter(({ spend_usd: spend }) => spend === null).length),
    ]).toEqual([stored[0]!.count, stored[0]!.nulls]);
  });

  it('joins in DuckDB by its keys', async () => {
    const joined = await askDuck(
      unpacked.directory,
      `SELECT models.source AS source, sum(usage.total_tokens)::varchar AS tokens
       FROM 'data/usage_by_provider.csv' AS usage JOIN 'data/models.csv' AS models ON models.id = usage.model GROUP BY ALL`,
    );
    const { usage } = await ask<{ usage: { rows: { source: string | null; totalTokens: number }[] } }>(
      '{ usage(groupBy: [SOURCE]) { rows { source totalTokens } } }',
    );
    expect(new Map(joined.map(({ source, tokens }) => [source, Number(tokens)]))).toEqual(
      new Map(usage.rows.map(({ source, totalTokens }) => [source, totalTokens])),
    );
  });

  it.each(['DAY', 'WEEK', 'MONTH'])(
    'has distinct users and percentiles by %s as the API has them',
    async (grain) => {
      interface Row {
        period: { start: string; end: string; complete: boolean };
        model: { id: string } | null;
        distinctUsers: number | null;
        promptLength: Record<string, number | null>;
      }
      const { usage } = await ask<{ usage: { rows: Row[] } }>(
        `{ usage(groupBy: [MODEL], grain: ${grain}, first: 5000) {
           rows { period { start end complete } model { id } distinctUsers promptLength { p50 p90 p95 p99 } } } }`,
      );
      const text = (value: unknown) => (value === null ? null : String(value));
      const periodOf = ({ period, model }: Row) => ({
        grain,
        period_from: period.start,
        period_to: period.end,
        period_complete: String(period.complete),
        model: model?.id ?? null,
      });
      const ofGrain = async (table: string) =>
        (await readAll(unpacked.directory, table)).filter((row) => row.grain === grain);
      expect(await ofGrain('distinct_users_by_model')).toEqual(
        usage.rows.map((row) => ({ ...periodOf(row), distinct_users: text(row.distinctUsers) })),
      );
      expect(
        (await ofGrain('percentiles_by_model')).map((row) =>
          Object.fromEntries(
            Object.entries(row).filter(([name]) => !/^(completion|sequence|latency|time)/.test(name)),
          ),
        ),
      ).toEqual(
        usage.rows.map((row) => ({
          ...periodOf(row),
          ...Object.fromEntries(
            Object.entries(row.promptLength).map(([name, value]) => [`prompt_length_${name}`, text(value)]),
          ),
        })),
      );
    },
  );

  it.each(['DAY', 'WEEK', 'MONTH'])(
    'has cohorts by %s as the API has them, withheld ones too',
    async (grain) => {
      interface Cohort {
        start: string;
        size: number | null;
        withheld: boolean;
        leftCensored: boolean;
        periods: {
          age: number;
          users: number | null;
          stayed: number | null;
          rate: number | null;
          withheld: boolean;
        }[];
      }
      const fields = `retention(grain: ${grain}) { cohorts { start size withheld leftCensored periods { age users stayed rate withheld } } }`;
      const whole = await ask<{ retention: { cohorts: Cohort[] } }>(`{ ${fields} }`);
      const { models } = await ask<{ models: { nodes: { id: string; retention: { cohorts: Cohort[] } }[] } }>(
        `{ models(orderBy: ID) { nodes { id ${fields} } } }`,
      );
      const text = (value: unknown) => (value === null ? null : String(value));
      const rowsOf = ({ cohorts }: { cohorts: Cohort[] }) =>
        cohorts.flatMap((cohort) =>
          (cohort.periods.length === 0 ? [null] : cohort.periods).map((period) => ({
            cohort_from: cohort.start,
            cohort_size: text(cohort.size),
            cohort_withheld: String(cohort.withheld),
            left_censored: String(cohort.leftCensored),
            age: text(period?.age ?? null),
            users: text(period?.users ?? null),
            stayed: text(period?.stayed ?? null),
            rate: text(period?.rate ?? null),
            withheld: text(period?.withheld ?? null),
          })),
        );
      const names = Object.keys(rowsOf(whole.retention)[0]!);
      const only = (row: Json, more: string[] = []) =>
        Object.fromEntries([...more, ...names].map((name) => [name, row[name]]));
      const ofGrain = async (table: string) =>
        (await readAll(unpacked.directory, table)).filter((row) => row.grain === grain);
      const all = (await ofGrain('retention')).map((row) => only(row));
      expect(all).toEqual(rowsOf(whole.retention));
      if (grain === 'WEEK') {
        expect(all.some(({ withheld, users }) => withheld === 'true' && users === null)).toBe(true);
        expect(all.some((row) => row.cohort_withheld === 'true' && row.age === null)).toBe(true);
      }
      const byModel = new Map<string, Json[]>();
      for (const row of await ofGrain('retention_by_model')) {
        const id = row.model as string;
        byModel.set(id, [...(byModel.get(id) ?? []), only(row)]);
      }
      expect(byModel).toEqual(
        new Map(
          models.nodes
            .map((node) => [node.id, rowsOf(node.retention)] as const)
            .filter(([, rows]) => rows.length > 0),
        ),
      );
    },
  );

  it('has an address in the API, which takes no parameters', async () => {
    const { release: asked } = await ask<{ release: { dataPackage: string } }>(
      `{ release(id: "${release}") { dataPackage } }`,
    );
    expect(new URL(asked.dataPackage).pathname).toBe(`/download/${release}.zip`);
    const codeAt = async (address: string) => {
      const answer = await fetch(`${server.url}/download/${address}`);
      const body = (await answer.json()) as { errors: { extensions: { code: string } }[] };
      return [answer.status, body.errors[0]!.extensions.code];
    };
    expect(await codeAt(`${release}.zip?grain=DAY`)).toEqual([400, 'BAD_ARGUMENT']);
    expect(await codeAt('fixture@2024-03-07.9.zip')).toEqual([404, 'RELEASE_UNKNOWN']);
    expect(await codeAt('usage.zip')).toEqual([404, 'RELEASE_UNKNOWN']);
  });

  it('says in its head what it is, and is known again', async () => {
    const head = await fetch(`${server.url}/download/${release}.zip`, { method: 'HEAD' });
    expect(Object.fromEntries(head.headers)).toMatchObject({
      'content-type': 'application/zip',
      'content-disposition': 'attachment; filename="fixture_2024-03-07.1_datapackage.zip"',
      'cache-control': 'public, max-age=31536000, immutable',
      link: expect.stringMatching(/\/releases\/fixture@2024-03-07\.1>; rel="cite-as"/),
    });
    const again = await fetch(`${server.url}/download/${release}.zip`, {
      // This client asks for no answer from caches unless told otherwise.
      headers: { 'if-none-match': head.headers.get('etag')!, 'cache-control': 'max-age=0' },
    });
    expect(again.status).toBe(304);
  });
});

/** Counts that neither 32 bits nor 32-bit fractions hold, and cohorts that are withheld in part and as a whole. */
async function makeRemarkable({ pool }: TestDatabase): Promise<void> {
  await pool.query(`DELETE FROM usage_day_model_country WHERE level <> 'BOTH' OR grain <> 'DAY'`);
  await pool.query('UPDATE usage_day_model_country SET total_tokens = total_tokens + 4503599627');
  await pool.query(
    `UPDATE usage_day_model_country SET cached_tokens = 4503599627370497
     WHERE ctid = (SELECT min(ctid) FROM usage_day_model_country WHERE cached_tokens IS NOT NULL)`,
  );
  const others = [
    'usage_day_model_provider',
    'usage_day_model_language',
    'usage_day_model_category',
    'usage_day_model_tag',
  ];
  for (const table of others)
    await pool.query(`DELETE FROM ${table} WHERE level <> 'BOTH' OR grain <> 'DAY'`);
  await coarsen(pool, 1);
  const weeks = `release_key = 1 AND "grouping" = 'ALL' AND grain = 'WEEK'`;
  await pool.query(
    `UPDATE retention_cohorts SET users[2] = NULL, stayed[2] = NULL WHERE ${weeks} AND cardinality(users) > 2`,
  );
  await pool.query(
    `UPDATE retention_cohorts SET users = '{}', stayed = '{}' WHERE ${weeks}
       AND cohort_start = (SELECT max(cohort_start) FROM retention_cohorts WHERE ${weeks})`,
  );
}
