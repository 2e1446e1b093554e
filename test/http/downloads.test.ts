import { Buffer } from 'node:buffer';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Scope } from '../../src/access/scopes.ts';
import { dataScopeNames } from '../../src/catalog/data-scopes.ts';
import type { Column } from '../../src/downloads/columns.ts';
import { type FormatName, formatNames } from '../../src/downloads/formats.ts';
import { expectedRow, readWithDuckDb, readWithPolars, type TextRow } from '../downloads/readers.ts';
import { describeOnEachDatabase, type TestDatabase } from '../support/databases.ts';
import { type GuardedServer, partnerHeaders, runGuardedServer } from '../support/guarded-server.ts';
import { canary, hidden, hiddenRelease, seedHiddenDataset } from '../support/hidden-dataset.ts';

type Json = Record<string, unknown>;

describeOnEachDatabase('a download', (open) => {
  let database: TestDatabase;
  let server: GuardedServer;
  beforeAll(async () => {
    database = await open();
    await seedHiddenDataset(database.pool);
    // Counts of one day beyond 2⁵² would not fit 53 bits in sum; beyond 2³¹ they must be exact.
    await database.pool.query(
      'UPDATE usage_day_model_country SET total_tokens = total_tokens + 4503599627 WHERE release_key = 1',
    );
    server = await runGuardedServer(database, { trustProxy: 1 });
  });
  afterAll(() => server.stop());

  const get = (path: string, headers: Record<string, string> = {}, method = 'GET') =>
    fetch(server.url + path, { headers, method });

  async function problemOf(path: string, headers: Record<string, string> = {}) {
    const answer = await get(path, headers);
    const body = (await answer.json()) as { errors: { message: string; extensions: { code: string } }[] };
    return [answer.status, body.errors[0]!.extensions.code, body.errors[0]!.message];
  }

  async function columnsOf(path: string): Promise<Column[]> {
    const answer = await get(path.replace(/\.(csv|jsonl|parquet|arrow)/, '.schema.json'));
    const { fields } = (await answer.json()) as {
      fields: { name: string; type: string; unit?: string; description: string }[];
    };
    return fields.map(({ name, unit = null, description, type }) => ({
      name,
      unit,
      description,
      type: {
        integer: 'INTEGER' as const,
        number: /usd/i.test(name) && unit === 'USD' ? ('DECIMAL' as const) : ('FLOAT' as const),
        boolean: 'BOOLEAN' as const,
        string: 'TEXT' as const,
        date: 'DATE' as const,
      }[type]!,
    }));
  }

  async function rowsOf(url: string, format: FormatName, columns: readonly Column[]): Promise<TextRow[]> {
    const answer = await get(url);
    expect(answer.status, await (answer.ok ? '' : answer.text())).toBe(200);
    const bytes = Buffer.from(await answer.arrayBuffer());
    return format === 'ARROW'
      ? readWithPolars(format, bytes, columns)
      : readWithDuckDb(format, bytes, columns);
  }

  /** Asks for a report and for its downloads in the same document. */
  async function askWithDownloads(field: string, selection: string) {
    const downloads = formatNames.map((name) => `${name}: download(format: ${name})`).join(' ');
    const { body } = await server.ask(`{ report: ${field} { ${selection} ${downloads} } }`);
    expect(body.errors).toBeUndefined();
    return (body.data as unknown as { report: Json & Record<FormatName, string> }).report;
  }

  const pathOf = (url: string): string => url.replace(/^https?:\/\/[^/]+/, '');

  /** The download in every format against what the API answered. */
  async function expectSame(report: Record<FormatName, string>, wanted: Json[]): Promise<void> {
    const columns = await columnsOf(pathOf(report.CSV));
    const expected = wanted.map((row) => {
      expect(Object.keys(row).sort()).toEqual(columns.map(({ name }) => name).sort());
      return expectedRow(
        columns,
        columns.map(({ name }) => row[name] as never),
      );
    });
    for (const format of formatNames) {
      expect(await rowsOf(pathOf(report[format]), format, columns), format).toEqual(expected);
    }
  }

  interface Period {
    start: string;
    end: string;
    complete: boolean;
  }
  const periodCells = ({ start, end, complete }: Period): Json => ({
    period_from: start,
    period_to: end,
    period_complete: complete,
  });

  it('of usage has the rows of the API, exact and with their gaps, whatever the format', async () => {
    const report = await askWithDownloads(
      'usage(groupBy: [MODEL, COUNTRY], grain: WEEK, first: 5000, where: { country: { notIn: ["DE"] } }, orderBy: [{ by: TOTAL_TOKENS }])',
      `rows { period { start end complete } model { id name } country { id code name } totalTokens requests spendUsd
        reasoningTokens effectiveCostUsd distinctModels share }`,
    );
    const rows = report.rows as (Json & {
      period: Period;
      model: { id: string; name: string } | null;
      country: { code: string; name: string } | null;
    })[];
    expect(rows.length).toBeGreaterThan(100);
    expect(rows.some(({ totalTokens }) => (totalTokens as number) > 2 ** 32)).toBe(true);
    expect(rows.some(({ country }) => country === null)).toBe(true);
    await expectSame(
      report,
      rows.map((row) => ({
        ...periodCells(row.period),
        model: row.model?.id ?? null,
        model_name: row.model?.name ?? null,
        country: row.country?.code ?? null,
        country_name: row.country?.name ?? null,
        total_tokens: row.totalTokens,
        requests: row.requests,
        spend_usd: row.spendUsd,
        reasoning_tokens: row.reasoningTokens,
        effective_cost_usd: row.effectiveCostUsd,
        distinct_models: row.distinctModels,
        total_tokens_share: row.share,
      })),
    );
  });

  it('of usage has top, others, labels, comparison and percentiles', async () => {
    const report = await askWithDownloads(
      'usage(groupBy: [MODEL], grain: MONTH, top: { count: 2 }, compareTo: PREVIOUS_PERIOD)',
      'rows { period { start end complete } model { id name } others requests base { requests } change { requests } promptLength { p50 p90 p95 p99 } }',
    );
    const rows = report.rows as (Json & {
      period: Period;
      model: { id: string; name: string } | null;
      base: { requests: number | null };
      change: { requests: number | null };
      promptLength: Record<string, number | null>;
    })[];
    expect(rows.some(({ others }) => others === true)).toBe(true);
    await expectSame(
      report,
      rows.map((row) => ({
        ...periodCells(row.period),
        model: row.model?.id ?? null,
        model_name: row.model?.name ?? null,
        others: row.others,
        requests: row.requests,
        requests_base: row.base.requests,
        requests_change: row.change.requests,
        ...Object.fromEntries(
          Object.entries(row.promptLength).map(([name, value]) => [`prompt_length_${name}`, value]),
        ),
      })),
    );
  });

  it('of usage by categories has the sampling errors', async () => {
    const report = await askWithDownloads(
      'usage(groupBy: [CATEGORY, REASONING])',
      'rows { category { slug: id name } reasoning requests share(of: REQUESTS) shareInterval(of: REQUESTS) { standardError low high } }',
    );
    const rows = report.rows as (Json & {
      category: { slug: string; name: string } | null;
      shareInterval: { standardError: number; low: number; high: number } | null;
    })[];
    expect(rows.some(({ shareInterval }) => shareInterval !== null)).toBe(true);
    await expectSame(
      report,
      rows.map((row) => ({
        category: row.category?.slug.replace('category:', '') ?? null,
        category_name: row.category?.name ?? null,
        reasoning: row.reasoning,
        requests: row.requests,
        requests_share: row.share,
        requests_share_standard_error: row.shareInterval?.standardError ?? null,
        requests_share_low: row.shareInterval?.low ?? null,
        requests_share_high: row.shareInterval?.high ?? null,
      })),
    );
  });

  it('of usage below an entity has its rows, with shares of everything', async () => {
    const { body } = await server.ask(
      `{ models(first: 3) { nodes { id name usage(grain: MONTH) { rows { period { start end complete } totalTokens share }
         ${formatNames.map((name) => `${name}: download(format: ${name})`).join(' ')} } } } }`,
    );
    const { nodes } = (
      body.data as unknown as {
        models: {
          nodes: { id: string; name: string; usage: Record<FormatName, string> & { rows: Json[] } }[];
        };
      }
    ).models;
    expect(nodes).toHaveLength(3);
    for (const { id, name, usage } of nodes) {
      await expectSame(
        usage,
        usage.rows.map((row) => ({
          ...periodCells(row.period as Period),
          model: id,
          model_name: name,
          total_tokens: row.totalTokens,
          total_tokens_share: row.share,
        })),
      );
    }
  });

  const cohortFields = `cohorts { start end size withheld complete leftCensored
    periods { age start end users stayed rate interval { low high } complete withheld } }`;

  interface Cohort extends Json {
    start: string;
    end: string;
    periods: (Json & { interval: { low: number; high: number } | null })[];
  }
  const cohortRows = (cohorts: Cohort[]): Json[] =>
    cohorts.flatMap((cohort) =>
      (cohort.periods.length === 0 ? [null] : cohort.periods).map((period) => ({
        cohort_from: cohort.start,
        cohort_to: cohort.end,
        cohort_size: cohort.size,
        cohort_withheld: cohort.withheld,
        cohort_complete: cohort.complete,
        left_censored: cohort.leftCensored,
        age: period?.age ?? null,
        period_from: period?.start ?? null,
        period_to: period?.end ?? null,
        period_complete: period?.complete ?? null,
        users: period?.users ?? null,
        stayed: period?.stayed ?? null,
        rate: period?.rate ?? null,
        rate_low: period?.interval?.low ?? null,
        rate_high: period?.interval?.high ?? null,
        withheld: period?.withheld ?? null,
      })),
    );

  it('of retention has every cohort in every period, and withheld cells as null', async () => {
    await database.pool.query(
      `UPDATE retention_cohorts SET users[2] = NULL, stayed[2] = NULL
       WHERE release_key = 1 AND "grouping" = 'ALL' AND grain = 'WEEK' AND cardinality(users) > 2`,
    );
    await database.pool.query(
      `UPDATE retention_cohorts SET users = '{}', stayed = '{}' WHERE release_key = 1 AND "grouping" = 'ALL' AND grain = 'WEEK'
         AND cohort_start = (SELECT max(cohort_start) FROM retention_cohorts WHERE release_key = 1 AND "grouping" = 'ALL' AND grain = 'WEEK')`,
    );
    const report = await askWithDownloads('retention(grain: WEEK)', cohortFields);
    const rows = cohortRows(report.cohorts as Cohort[]);
    expect(rows.some(({ withheld }) => withheld === true)).toBe(true);
    expect(rows.some((row) => row.cohort_withheld === true && row.age === null)).toBe(true);
    await expectSame(report, rows);
  });

  it('of retention of a model, at the root and below it, is the same', async () => {
    const of = { model: 'alibaba/small', model_name: 'alibaba/small' };
    const root = await askWithDownloads('retention(model: "alibaba/small", lastAge: 2)', cohortFields);
    await expectSame(
      root,
      cohortRows(root.cohorts as Cohort[]).map((row) => ({ ...of, ...row })),
    );
    const { body } = await server.ask(
      '{ model(id: "alibaba/small") { retention(lastAge: 2) { CSV: download(format: CSV) } } }',
    );
    const { model } = body.data as unknown as { model: { retention: { CSV: string } } };
    expect(model.retention.CSV).toBe(root.CSV);
  });

  it('of a ranking has all rows, not those of its page', async () => {
    const fields =
      'totalRows rows { rank model { id name } cohorts cohortsWithheld size users rate interval { low high } }';
    const whole = await askWithDownloads('retentionRanking(minimumSize: 1, first: 500)', fields);
    const page = await askWithDownloads('retentionRanking(minimumSize: 1, first: 1)', fields);
    expect(whole.totalRows).toBeGreaterThan(1);
    expect(page.CSV).toBe(whole.CSV);
    const rows = whole.rows as (Json & {
      model: { id: string; name: string };
      interval: { low: number; high: number };
    })[];
    await expectSame(
      page,
      rows.map(({ rank, model, cohorts, cohortsWithheld, size, users, rate, interval }) => ({
        rank,
        model: model.id,
        model_name: model.name,
        cohorts,
        cohorts_withheld: cohortsWithheld,
        size,
        users,
        rate,
        rate_low: interval.low,
        rate_high: interval.high,
      })),
    );
  });

  it.each(['MODEL', 'AUTHOR', 'PROVIDER', 'CATEGORY'])('of a cost map of %s has its points', async (of) => {
    const report = await askWithDownloads(
      `costMap(of: ${of}, spend: LOGGED_OR_ESTIMATED)`,
      `points { name model { id } author { slug name } provider { id } category { id } source totalTokens requests pricedTokens
         spendUsd effectiveCostUsd estimatedShare logTokens quadrant listCost { basis listUsd paidUsd cachingGap tokenShare } }`,
    );
    interface Point extends Json {
      name: string;
      model: { id: string };
      author: { slug: string; name: string } | null;
      listCost: Json | null;
    }
    const points = report.points as Point[];
    expect(points.length).toBeGreaterThan(1);
    const kind = of.toLowerCase();
    await expectSame(
      report,
      points.map((point) => ({
        [kind]:
          of === 'MODEL'
            ? point.model.id
            : ((point[kind] as { id?: string; slug?: string }).slug ??
              String((point[kind] as { id: string }).id).replace(`${kind}:`, '')),
        [`${kind}_name`]: point.name,
        ...(of === 'MODEL' && {
          author: point.author?.slug ?? null,
          author_name: point.author?.name ?? null,
          source: point.source,
        }),
        total_tokens: point.totalTokens,
        requests: point.requests,
        priced_tokens: point.pricedTokens,
        spend_usd: point.spendUsd,
        effective_cost_usd: point.effectiveCostUsd,
        estimated_share: point.estimatedShare,
        log_tokens: point.logTokens,
        quadrant: point.quadrant,
        list_basis: point.listCost?.basis ?? null,
        list_usd: point.listCost?.listUsd ?? null,
        paid_usd: point.listCost?.paidUsd ?? null,
        caching_gap: point.listCost?.cachingGap ?? null,
        list_token_share: point.listCost?.tokenShare ?? null,
      })),
    );
  });

  it('says in its head what it is, how to cite it, and for how long it may be kept', async () => {
    const pinned = await get('/download/usage.csv?release=fixture@2024-03-07.1&groupBy=MODEL');
    const { headers } = pinned;
    await pinned.text();
    expect(headers.get('content-type')).toBe('text/csv; charset=utf-8; header=present');
    expect(headers.get('content-disposition')).toBe('attachment; filename="fixture_2024-03-07.1_usage.csv"');
    expect(headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
    expect(headers.get('link')).toMatch(
      /^<http[^>]*\/releases\/fixture@2024-03-07\.1>; rel="cite-as", <[^>]*\/download\/usage\.schema\.json\?[^>]*>; rel="describedby"/,
    );
    const latest = await get('/download/usage.csv?groupBy=MODEL');
    await latest.text();
    expect(latest.headers.get('cache-control')).toBe('public, no-cache');
    expect(latest.headers.get('etag')).toBe(headers.get('etag'));
    // `fetch` would ask caches to be passed over, as a forced reload does.
    const asks = { 'if-none-match': headers.get('etag')!, 'cache-control': 'max-age=0' };
    const known = await get('/download/usage.csv?groupBy=MODEL', asks);
    expect([known.status, await known.text()]).toEqual([304, '']);
    const head = await get('/download/usage.csv?groupBy=MODEL', {}, 'HEAD');
    expect([head.status, head.headers.get('etag'), await head.text()]).toEqual([
      200,
      headers.get('etag'),
      '',
    ]);
  });

  it('is described at an address of its own, with units, definitions, release and citation', async () => {
    const answer = await get('/download/usage.schema.json?grain=MONTH&columns=totalTokens,totalTokensShare');
    expect(await answer.json()).toMatchObject({
      release: 'fixture@2024-03-07.1',
      licence: 'CC0-1.0',
      citation: expect.stringContaining('release fixture@2024-03-07.1 [data set]'),
      url: expect.stringContaining('release=fixture@2024-03-07.1'),
      report: { shareOf: 'Of the rows of the period.' },
      fields: [
        { name: 'period_from', type: 'date' },
        { name: 'period_to', type: 'date' },
        { name: 'period_complete', type: 'boolean' },
        {
          name: 'total_tokens',
          type: 'integer',
          unit: 'tokens',
          description: expect.stringContaining('Prompt plus completion'),
        },
        { name: 'total_tokens_share', type: 'number', unit: 'share, 0 to 1' },
      ],
    });
  });

  it('has tokens and requests where no columns are named', async () => {
    expect((await (await get('/download/usage.csv?groupBy=SOURCE')).text()).split('\r\n')[0]).toBe(
      'source,total_tokens,requests',
    );
  });

  it.each([
    ['usage.csv?first=10', 'BAD_ARGUMENT', /no 'first'/],
    ['usage.csv?group=MODEL', 'BAD_ARGUMENT', /no 'group': it takes groupBy/],
    ['usage.csv?grain=DAY&grain=WEEK', 'BAD_ARGUMENT', /Give `grain` once/],
    ['usage.csv?grain=YEAR', 'BAD_ARGUMENT', /`grain`.*YEAR/],
    ['usage.csv?groupBy=MODEL,PLANET', 'BAD_ARGUMENT', /`groupBy\[1\]`.*PLANET/],
    ['usage.csv?from=2024-02-30', 'BAD_ARGUMENT', /`from`.*2024-02-30/],
    ['usage.csv?emptyPeriods=perhaps', 'BAD_ARGUMENT', /`emptyPeriods`/],
    ['usage.csv?where={', 'BAD_ARGUMENT', /`where` takes JSON/],
    ['usage.csv?where={"planet":{"eq":"x"}}', 'BAD_ARGUMENT', /`where`.*planet/],
    [`usage.csv?where=${'{"and":['.repeat(40)}{}${']}'.repeat(40)}`, 'LIMIT_EXCEEDED', /nest at most/],
    ['usage.csv?top={"count":101}&groupBy=MODEL', 'LIMIT_EXCEEDED', /top.count/],
    ['usage.csv?columns=money', 'BAD_ARGUMENT', /`columns` has no 'money'/],
    ['usage.csv?columns=requests,requests', 'BAD_ARGUMENT', /twice/],
    ['usage.csv?columns=meanPromptTokensShare', 'BAD_ARGUMENT', /`columns`/],
    ['usage.csv?only=nobody/nothing', 'BAD_ARGUMENT', /knows no model/],
    ['usage.csv?groupBy=COUNTRY,CATEGORY', 'NO_ROLLUP', /together/],
    ['usage.csv?release=fixture@2024-03-07.9', 'RELEASE_UNKNOWN', /no release/],
    ['usage.csv?release=fixture@%00', 'RELEASE_UNKNOWN', /no release/],
    ["usage.csv?dataset=x'%20OR%201=1", 'DATASET_UNKNOWN', /no data set/],
    ['usage.xlsx', 'NOT_FOUND', /csv, jsonl, parquet, arrow/],
    ['models.csv', 'NOT_FOUND', /usage, retention/],
    ['usage', 'NOT_FOUND', /csv, jsonl/],
    ['costMap.csv', 'BAD_ARGUMENT', /Give `of`/],
    ['retention.csv?model=a&author=b', 'BAD_ARGUMENT', /not both/],
    ['retentionRanking.csv?age=0', 'LIMIT_EXCEEDED', /`age` is 0/],
    ['retentionRanking.csv?age=one', 'BAD_ARGUMENT', /`age`/],
  ])('at %s is refused', async (path, code, message) => {
    const [status, found, text] = await problemOf(`/download/${path}`);
    expect([status, found]).toEqual([/UNKNOWN|FOUND/.test(code) ? 404 : 400, code]);
    expect(text).toMatch(message);
  });

  it('takes no other method', async () => {
    const answer = await get('/download/usage.csv', {}, 'POST');
    expect([answer.status, answer.headers.get('allow')]).toEqual([405, 'GET, HEAD']);
  });

  describe('of a data set for partners', () => {
    const path = `/download/usage.csv?dataset=${hidden}&groupBy=MODEL`;
    const key = (scopes: readonly Scope[]) => partnerHeaders(server, hidden, scopes);

    it('is not there without a key, in the words of one that does not exist', async () => {
      const [, code, message] = await problemOf(path);
      const [, other, elsewhere] = await problemOf(path.replace(hidden, 'nowhere'));
      expect([code, message]).toEqual([other, String(elsewhere).replaceAll('nowhere', hidden)]);
      expect((await problemOf(`/download/usage.csv?release=${hiddenRelease}`))[1]).toBe('RELEASE_UNKNOWN');
    });

    it('is there with a key in a header, kept by nobody else, and asked for anew', async () => {
      const answer = await get(`${path}&release=${hiddenRelease}`, await key([]));
      expect([answer.status, answer.headers.get('cache-control')]).toEqual([200, 'private, no-cache']);
      expect(await answer.text()).toContain(canary);
    });

    it('refuses a key in its address', async () => {
      const { authorization } = await key([]);
      const text = authorization!.replace('Bearer ', '');
      for (const name of ['key', 'api_key', 'note']) {
        expect((await problemOf(`${path}&${name}=${text}`))[1]).toBe('KEY_INVALID');
      }
    });

    it.each([
      `usage.csv?dataset=${hidden}&columns=spendUsd`,
      `usage.csv?dataset=${hidden}&columns=spendUsdShare&groupBy=MODEL`,
      `usage.csv?dataset=${hidden}&orderBy=[{"by":"SPEND_USD"}]`,
      `usage.csv?dataset=${hidden}&groupBy=MODEL&top={"count":1,"by":"SPEND_USD"}`,
      `usage.csv?dataset=${hidden}&grain=MONTH&columns=distinctUsers`,
      `usage.csv?dataset=${hidden}&grain=DAY&groupBy=COUNTRY`,
      `usage.csv?dataset=${hidden}&grain=DAY&only=country:DE`,
      `usage.schema.json?dataset=${hidden}&columns=spendUsd`,
      `retention.csv?dataset=${hidden}`,
      `retentionRanking.csv?dataset=${hidden}`,
      `costMap.csv?dataset=${hidden}&of=MODEL`,
    ])('asks for a scope for %s', async (restricted) => {
      const without = await key([]);
      expect((await problemOf(`/download/${restricted}`, without)).slice(0, 2)).toEqual([
        403,
        'SCOPE_MISSING',
      ]);
      const head = await get(`/download/${restricted}`, without, 'HEAD');
      expect(head.status).toBe(403);
      const answer = await get(`/download/${restricted}`, await key(dataScopeNames));
      expect(answer.status).toBe(200);
      await answer.text();
    });
  });

  describe('with a quota', () => {
    const quotas = { windowSeconds: 600, points: { ANONYMOUS: 50, STANDARD: 200, LARGE: 500 } };
    const left = async (guarded: GuardedServer, address: string) =>
      (await guarded.ask('{ __typename }', { headers: { 'x-forwarded-for': address } })).body.extensions!.cost
        .remaining;

    it('costs what its rows took, and is refused before a row where too little is left', async () => {
      const guarded = await runGuardedServer(database, { quotas, trustProxy: 1 });
      const from = { 'x-forwarded-for': '192.0.2.1' };
      const url = `${guarded.url}/download/usage.csv?groupBy=MODEL,COUNTRY&grain=DAY`;
      const answer = await fetch(url, { headers: from });
      expect(answer.headers.get('ratelimit')).toMatch(/^"anonymous";r=\d+;t=/);
      const rows = (await answer.text()).trim().split('\r\n').length - 1;
      expect(rows).toBeGreaterThan(500);
      // The request, the query, and a point for each thousand of two numbers a row.
      const points = 1 + 1 + Math.ceil((2 * rows) / 1_000);
      let asked = 0;
      const spent = async (): Promise<number> => {
        asked += 1;
        return quotas.points.ANONYMOUS - (await left(guarded, '192.0.2.1')) - asked;
      };
      // What was not needed is given back when the last row is out, which its reader may know first.
      await expect.poll(spent).toBe(points);
      for (;;) {
        const next = await fetch(url, { headers: from });
        const text = await next.text();
        if (next.status === 200) continue;
        expect(next.status).toBe(429);
        expect((JSON.parse(text) as Json).errors).toMatchObject([
          { extensions: { code: 'QUOTA_EXHAUSTED' } },
        ]);
        break;
      }
      await guarded.stop();
    });
  });

  it('over its limit of rows is refused', async () => {
    const narrow = await runGuardedServer(database, { downloadLimits: { downloadRows: 10 } });
    const refused = await fetch(`${narrow.url}/download/usage.csv?groupBy=MODEL&grain=DAY`);
    const body = (await refused.json()) as { errors: { message: string; extensions: { code: string } }[] };
    expect([refused.status, body.errors[0]!.extensions.code]).toEqual([400, 'LIMIT_EXCEEDED']);
    expect(body.errors[0]!.message).toMatch(/at most 10 are allowed/);
    await narrow.stop();
  });
});
