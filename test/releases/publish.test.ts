import { beforeAll, describe, expect, it } from 'vitest';
import type { Database } from '../../src/database/open-database.ts';
import { publish } from '../../src/releases/publish.ts';
import { listRollups } from '../../src/rollups/rollup.ts';
import { describeOnEachDatabase } from '../support/databases.ts';
import { activeUsersByHand, sorted, tokensOf, usageByHand } from './count-by-hand.ts';
import { useCountingSide } from './counting-side.ts';
import { gateway, requests } from './gateway-log.ts';
import { digestOf, publishedUsage, publishedUsers } from './published.ts';

const side = useCountingSide();

describeOnEachDatabase('publish', (open, kind) => {
  let database: Database;
  beforeAll(async () => {
    database = await open();
  });

  /** A data set of this test alone. */
  const named = (name: string) => gateway(`${name}-${kind}`);
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

    it('holds what a count by hand gives, by provider, by country and of users', async () => {
      for (const dimension of ['provider', 'country'] as const) {
        const published = await publishedUsage(database.pool, releaseId, dimension);
        expect(sorted(published)).toEqual(sorted(usageByHand(logged, dimension)));
      }
      const users = await publishedUsers(database.pool, releaseId);
      expect(sorted(users)).toEqual(sorted(activeUsersByHand(logged)));
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
        dataset: { id: declaration.id, kind: 'GENERATIONS', minimumUsers: 5, synthetic: false },
      });
      const rows = await digestOf(database.pool, releaseId);
      const rollups = (await listRollups('generations')).sort((a, b) => (a.name < b.name ? -1 : 1));
      expect(release.rollups).toMatchObject(
        rollups.map(({ name, version, sha256, target }) => ({
          name,
          version,
          sha256,
          table: target,
          rows: BigInt(parseInt(rows[target] ?? '')),
        })),
      );
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
      const hosted = logged.filter((request) => request.provider?.toLowerCase() === 'deepinfra');
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
        },
        dimensions: {
          MODEL: 1,
          AUTHOR: labelled,
          SOURCE: labelled,
          ORIGIN: labelled,
          SOURCE_GROUP: labelled,
          SIZE: share(({ model }) => /deepseek|llama/.test(model)),
          REASONING: labelled,
          PROVIDER: share((request) => request.provider !== null),
          COUNTRY: share((request) => request.country !== null),
        },
      });
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
      expect(rows.map(({ column }) => column)).toEqual(['active_users.users', 'datasets.minimum_users']);
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

  it('is refused for a data set that holds nothing', async () => {
    await expect(publishNow(named('empty'))).rejects.toMatchObject({ code: 'NOTHING_LOADED' });
  });
});
