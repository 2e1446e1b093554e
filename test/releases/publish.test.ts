import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Database } from '../../src/database/open-database.ts';
import { findDeclaration } from '../../src/releases/declarations.ts';
import { loadFile } from '../../src/releases/load-files.ts';
import { publish } from '../../src/releases/publish.ts';
import { listRollups } from '../../src/rollups/rollup.ts';
import { describeOnEachDatabase } from '../support/databases.ts';
import {
  activeUsersByHand,
  histogramsByHand,
  providerOf,
  sorted,
  tokensOf,
  usageByHand,
} from './count-by-hand.ts';
import { useCountingSide } from './counting-side.ts';
import { continents, gateway, requests } from './gateway-log.ts';
import { digestOf, publishedHistograms, publishedUsage, publishedUsers, rowsOfRollup } from './published.ts';

const side = useCountingSide();

describeOnEachDatabase('publish', (open, kind) => {
  let database: Database;
  beforeAll(async () => {
    database = await open();
  });

  /** A data set of this test alone. */
  const named = (name: string, minimumUsers: number | null = null) =>
    gateway(`${name}-${kind}`, minimumUsers);
  const publishNow = (declaration: ReturnType<typeof gateway>, options = {}) =>
    publish({ engine: side.engine, database, declaration, ...options });

  describe('a release', () => {
    const logged = requests(3_000);
    const declaration = named('counted');
    let releaseId: string;
    const steps: [string, number | undefined][] = [];
    beforeAll(async () => {
      await side.load(declaration.id, 'log', logged);
      const onStep = (step: string, rows?: number) => steps.push([step, rows]);
      ({ releaseId } = await publishNow(declaration, { onStep }));
    });

    it('holds what a count by hand gives: usage by a second key, users, and histograms', async () => {
      for (const dimension of ['provider', 'country', 'language'] as const) {
        const published = await publishedUsage(database.pool, releaseId, dimension);
        expect(sorted(published)).toEqual(sorted(usageByHand(logged, dimension)));
      }
      const users = await publishedUsers(database.pool, releaseId);
      expect(sorted(users)).toEqual(sorted(activeUsersByHand(logged)));
      const histograms = await publishedHistograms(database.pool, releaseId);
      expect(sorted(histograms)).toEqual(sorted(histogramsByHand(logged)));
    });

    it('is named after the day that follows its data, and carries what it was made from', async () => {
      const lastDay = logged
        .map(({ created_at }) => created_at.slice(0, 10))
        .sort()
        .at(-1);
      expect(lastDay).toBe('2024-03-02');
      expect(releaseId).toBe(`${declaration.id}@2024-03-03.1`);

      const release = await database.prisma.release.findUniqueOrThrow({
        where: { id: releaseId },
        include: { rollups: { orderBy: { name: 'asc' } }, dataset: true },
      });
      expect(release).toMatchObject({
        periodFrom: new Date('2023-12-28'),
        periodTo: new Date('2024-03-03'),
        licence: 'CC0-1.0',
        citation: 'A gateway, made up.',
        rowsRead: 3_000n,
        rowsQuarantined: 0n,
        totalTokens: BigInt(logged.reduce((sum, request) => sum + tokensOf(request), 0)),
        dataset: { id: declaration.id, kind: 'GENERATIONS', minimumUsers: null, synthetic: false },
      });
      const rollups = [...(await listRollups('generations')), ...(await listRollups('active_days'))].sort(
        (a, b) => (a.name < b.name ? -1 : 1),
      );
      for (const [index, { name, version, sha256, target }] of rollups.entries()) {
        const rows = await rowsOfRollup(database.pool, releaseId, target);
        expect(release.rollups[index]).toMatchObject({ name, version, sha256, table: target, rows });
      }
      expect(release.rollups).toHaveLength(rollups.length);
      expect(release.withheld).toBeNull();
    });

    it('tells entities and what each was used for', async () => {
      const tokens = (models: string[]) =>
        BigInt(
          logged.filter(({ model }) => models.includes(model)).reduce((sum, each) => sum + tokensOf(each), 0),
        );
      const model = (id: string) =>
        database.prisma.model.findFirstOrThrow({ where: { id, release: { id: releaseId } } });

      expect(await model('openai/gpt-4o')).toMatchObject({
        source: 'PROPRIETARY',
        sourceGroup: 'PROPRIETARY',
        labelled: true,
        totalTokens: tokens(['openai/gpt-4o', 'openai/gpt-4o-2024-08-06', 'openai/gpt-4o:free']),
      });
      expect(await model('deepseek/deepseek-v4-flash')).toMatchObject({
        sourceGroup: 'CHINESE_OPEN',
        totalTokens: tokens(['deepseek/deepseek-v4-flash-20260423']),
      });
      expect(await model('meta-llama/llama-3.1-8b-instruct')).toMatchObject({
        sourceGroup: 'REST_OF_WORLD_OPEN',
        sizeClass: 'SMALL',
      });
      expect(await model('unlabelled/my own\\model')).toMatchObject({
        authorKey: null,
        sourceGroup: null,
        labelled: false,
        totalTokens: tokens(['My Own\\Model']),
      });
      expect((await model('anthropic/claude-3.7-sonnet')).totalTokens).toBeNull();

      const author = await database.prisma.author.findFirstOrThrow({
        where: { id: 'openai', release: { id: releaseId } },
      });
      expect(author.totalTokens).toBe((await model('openai/gpt-4o')).totalTokens);
      expect(author.key).toBe((await model('openai/gpt-4o')).authorKey);
      const provider = await database.prisma.provider.findFirstOrThrow({
        where: { id: 'deepinfra', release: { id: releaseId } },
      });
      const hosted = logged.filter((request) => providerOf(request) === 'deepinfra');
      expect(provider.totalTokens).toBe(BigInt(hosted.reduce((sum, each) => sum + tokensOf(each), 0)));
    });

    it('says which share of its tokens carries each measure and dimension', async () => {
      const { coverage } = await database.prisma.release.findUniqueOrThrow({ where: { id: releaseId } });
      const total = logged.reduce((sum, request) => sum + tokensOf(request), 0);
      const share = (carries: (request: (typeof logged)[number]) => boolean) =>
        expect.closeTo(logged.filter(carries).reduce((sum, each) => sum + tokensOf(each), 0) / total, 9);
      const labelled = share(({ model }) => !model.startsWith('My Own'));
      expect(coverage).toEqual({
        measures: {
          requests: 1,
          promptTokens: 1,
          completionTokens: 1,
          reasoningTokens: share((request) => request.reasoning_tokens !== null),
          cachedTokens: share((request) => request.cached_tokens !== null),
          totalTokens: 1,
          spend: share((request) => request.spend_usd !== null),
          distinctUsers: share((request) => request.user !== null),
          toolCalls: share((request) => request.finish_reason !== null || request.tools_called !== null),
          toolsOffered: share((request) => request.tools_offered !== null),
          streamed: share((request) => request.streamed !== null),
          cancelled: share((request) => request.cancelled !== null),
          byok: share((request) => request.byok !== null),
          latency: share((request) => request.latency_ms !== null),
          timeToFirstToken: share((request) => request.time_to_first_token_ms !== null),
        },
        dimensions: {
          MODEL: 1,
          AUTHOR: labelled,
          SOURCE: labelled,
          ORIGIN: labelled,
          SOURCE_GROUP: labelled,
          SIZE: share(({ model }) => /deepseek|llama-/.test(model)),
          REASONING: labelled,
          CATEGORY: 0,
          TAG: 0,
          PROVIDER: share((request) => providerOf(request) !== null),
          COUNTRY: share((request) => request.country !== null),
          CONTINENT: share((request) => request.country !== null),
          LANGUAGE: share((request) => request.language !== null),
        },
      });
    });

    it('names the countries that occur, and their continents', async () => {
      const countries = await database.prisma.country.findMany({ where: { release: { id: releaseId } } });
      expect(countries.map(({ code, continent }) => [code, continent]).sort()).toEqual(
        Object.entries(continents).sort(),
      );
      expect(countries.find(({ code }) => code === 'SG')?.name).toBe('Singapore');
    });

    it('was told step by step', () => {
      expect(steps.map(([step]) => step)).toEqual(
        expect.arrayContaining(['names', 'entities', 'usage_day_model_provider', 'active_users']),
      );
      expect(steps).toContainEqual(['active_users', activeUsersByHand(logged).length]);
    });

    it('holds no user, not even as a pseudonym', async () => {
      const { rows } = await database.pool.query<{ column: string }>(
        `SELECT table_name || '.' || column_name AS column FROM information_schema.columns
         WHERE table_schema = 'public' AND column_name LIKE '%user%' ORDER BY 1`,
      );
      expect(rows.map(({ column }) => column)).toEqual([
        'active_users.users',
        'datasets.minimum_users',
        'retention_cohorts.users',
      ]);
    });
  });

  it('is refused where nothing changed, unless it is forced; older releases stay as they are', async () => {
    const declaration = named('repeated');
    await side.load(declaration.id, 'one', requests(300));
    const first = await publishNow(declaration);
    const before = await digestOf(database.pool, first.releaseId);

    await expect(publishNow(declaration)).rejects.toMatchObject({
      code: 'NOTHING_CHANGED',
      details: { releaseId: first.releaseId },
    });
    const forced = await publishNow(declaration, { force: true });
    expect(forced.releaseId).toBe(`${declaration.id}@2024-03-03.2`);

    await side.load(declaration.id, 'two', requests(200, 2));
    const third = await publishNow(declaration);
    expect(third).toMatchObject({ releaseId: `${declaration.id}@2024-03-03.3`, rowsRead: 500 });
    expect(await digestOf(database.pool, first.releaseId)).toEqual(before);
  });

  it('publishes again where only the declaration changed, but not where its files moved', async () => {
    const declaration = named('declared');
    await side.load(declaration.id, 'one', requests(50));
    await publishNow(declaration);
    await expect(
      publishNow({ ...declaration, files: [{ path: '/elsewhere/log.csv' }] }),
    ).rejects.toMatchObject({
      code: 'NOTHING_CHANGED',
    });
    const { releaseId } = await publishNow({ ...declaration, licence: 'CC-BY-4.0' });
    expect(releaseId).toBe(`${declaration.id}@2024-03-03.2`);
    const dataset = await database.prisma.dataset.findUniqueOrThrow({ where: { id: declaration.id } });
    expect(dataset.licence).toBe('CC-BY-4.0');
  });

  it('of a feed keeps its rest as tokens without a model, and withholds nothing', async () => {
    const declaration = await findDeclaration(path.join(side.directory, 'none'), 'openrouter-rankings');
    const file = declaration.files[0]?.path ?? '';
    if ((await side.store.datasetSummary(declaration.id)).rows === 0) {
      await loadFile({ store: side.store, declaration, file, pseudonymKey: Buffer.alloc(32) });
    }
    const { releaseId, withheld, totalTokens } = await publishNow(declaration);
    expect(withheld).toBeNull();
    const lines = (await readFile(file, 'utf8')).split('\n').map((line) => line.split(','));
    const rest = lines.reduce(
      (sum, [, model, tokens]) => (model === 'other' ? sum + Number(tokens) : sum),
      0,
    );
    expect(rest).toBeGreaterThan(0);

    const cells = await publishedUsage(database.pool, releaseId, 'provider');
    const tokens = (of: typeof cells) => of.reduce((sum, cell) => sum + BigInt(cell.total_tokens ?? 0), 0n);
    expect(tokens(cells)).toBe(BigInt(totalTokens));
    expect(tokens(cells.filter(({ model }) => model === null))).toBe(BigInt(rest));
    const where = { id: 'other', release: { id: releaseId } };
    expect(await database.prisma.model.count({ where })).toBe(0);
    const { coverage } = await database.prisma.release.findUniqueOrThrow({ where: { id: releaseId } });
    expect(coverage).toMatchObject({
      dimensions: { MODEL: 1 - rest / totalTokens, PROVIDER: 0, COUNTRY: 0 },
    });
  });

  it('is refused for a data set that holds nothing', async () => {
    await expect(publishNow(named('empty'))).rejects.toMatchObject({ code: 'NOTHING_LOADED' });
  });
});
