import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Database } from '../../src/database/open-database.ts';
import { publish, type PublishSummary } from '../../src/releases/publish.ts';
import { coarseShare } from '../../src/releases/withheld.ts';
import { describeOnEachDatabase } from '../support/databases.ts';
import { sorted, tokensOf, usageByHand } from './count-by-hand.ts';
import { useCountingSide } from './counting-side.ts';
import { gateway, type LoggedRequest, requests } from './gateway-log.ts';
import { publishedHistograms, publishedUsage, publishedUsers } from './published.ts';

const side = useCountingSide();
const usageTables = ['provider', 'country', 'language'] as const;

describeOnEachDatabase('a release with a minimum of users', (open, kind) => {
  let database: Database;
  beforeAll(async () => {
    database = await open();
  });

  async function publishNow(name: string, logged: readonly LoggedRequest[], minimumUsers: number | null) {
    const declaration = gateway(`${name}-${kind}`, minimumUsers);
    await side.load(declaration.id, 'log', logged);
    const summary = await publish({ engine: side.engine, database, declaration });
    const release = await database.prisma.release.findUniqueOrThrow({ where: { id: summary.releaseId } });
    return { summary, release };
  }

  describe('of most days', () => {
    // Somebody alone on a day of their own, and somebody with a model and a country of their own among others.
    const alone = { user: 'alone@example.org', country: 'AD', created_at: '2024-04-01T10:00:00.000Z' };
    const own = {
      user: 'own@example.org',
      country: 'VA',
      model: 'acme corp secret',
      provider: 'acme cellar',
    };
    const most = requests(2_500);
    const logged = most.map((request, index) =>
      index === 0 ? { ...request, ...alone } : index === 1 ? { ...request, ...own } : request,
    );
    let summary: PublishSummary;
    let release: Awaited<ReturnType<typeof publishNow>>['release'];
    beforeAll(async () => {
      ({ summary, release } = await publishNow('withheld', logged, 5));
    });

    it('has the same tokens in every table, without the days that are left out', async () => {
      const left = tokensOf(logged[0] as LoggedRequest);
      const total = logged.reduce((sum, request) => sum + tokensOf(request), 0);
      expect(summary.withheld?.leftOut).toEqual({ requests: 1, tokens: left });
      expect(summary).toMatchObject({ totalTokens: total, rowsRead: 2_500 });
      expect(release).toMatchObject({ totalTokens: BigInt(total - left), rowsRead: 2_499n });
      for (const dimension of usageTables) {
        const cells = await publishedUsage(database.pool, summary.releaseId, dimension);
        const sum = cells.reduce((tokens, cell) => tokens + BigInt(cell.total_tokens ?? 0), 0n);
        expect([dimension, sum]).toEqual([dimension, release.totalTokens]);
        const unfolded = usageByHand(logged, dimension);
        expect(cells.length).toBeLessThan(unfolded.length);
      }
    });

    it('says how many cells of each table are withheld, and of too few users not even roughly the tokens', () => {
      const { leftOut, ...published } = summary.withheld ?? { leftOut: null };
      expect(leftOut).not.toBeNull();
      expect(release.withheld).toEqual(published);
      expect(release.withheld).toMatchObject({ minimumUsers: 5 });
      const tables = Object.entries(summary.withheld?.rollups ?? {});
      expect(tables.map(([table]) => table).sort()).toEqual([
        'active_users',
        'histogram_day_model',
        'retention_cohorts',
        'usage_day_model_country',
        'usage_day_model_language',
        'usage_day_model_provider',
      ]);
      for (const [table, { cells, tokenShare }] of tables) {
        expect([table, cells]).toEqual([table, expect.any(Number)]);
        expect(cells).toBeGreaterThan(0);
        // Somebody is alone on the day that is left out.
        expect(tokenShare).toBe(['active_users', 'retention_cohorts'].includes(table) ? 0 : null);
      }
      const coverage = release.coverage as unknown as Record<string, Record<string, number>>;
      for (const share of Object.values({ ...coverage.measures, ...coverage.dimensions })) {
        expect(share).toBeCloseTo(coarseShare(share), 12);
      }
    });

    it('names nothing that few people would be known by', async () => {
      for (const entity of ['model', 'provider'] as const) {
        const where = { id: { contains: 'acme' }, releaseKey: release.key };
        const found =
          entity === 'model'
            ? await database.prisma.model.findMany({ where })
            : await database.prisma.provider.findMany({ where });
        expect(found).toEqual([]);
      }
      const countries = await database.prisma.country.findMany({ where: { releaseKey: release.key } });
      expect(countries.map(({ code }) => code).sort()).toEqual(['DE', 'SG', 'US']);
      const days = await publishedUsers(database.pool, summary.releaseId);
      expect(
        days.filter(({ grain, period_start }) => grain === 'DAY' && period_start === '2024-04-01'),
      ).toEqual([]);
      const histograms = await publishedHistograms(database.pool, summary.releaseId);
      expect(histograms.filter(({ day }) => day === '2024-04-01')).toEqual([]);
    });
  });

  it('says about how many of the tokens are withheld where these are of enough users', async () => {
    const logged = requests(2_500, 2);
    const { summary } = await publishNow('enough', logged, 5);
    expect(summary.withheld?.leftOut.requests).toBe(0);
    const total = logged.reduce((sum, request) => sum + tokensOf(request), 0);
    for (const dimension of usageTables) {
      const { tokenShare } = summary.withheld?.rollups[`usage_day_model_${dimension}`] ?? {};
      const cells = await publishedUsage(database.pool, summary.releaseId, dimension);
      const named = new Set(cells.map((cell) => `${cell.day} ${cell.model} ${cell[dimension]}`));
      const withheld = usageByHand(logged, dimension).filter(
        (cell) => !named.has(`${cell.day} ${cell.model} ${cell[dimension]}`),
      );
      const tokens = withheld.reduce((sum, cell) => sum + Number(cell.total_tokens), 0);
      expect(tokens).toBeGreaterThan(0);
      expect([dimension, tokenShare]).toEqual([dimension, coarseShare(tokens / total)]);
    }
  });

  it('withholds nothing where the data carry no users, and says so', async () => {
    const logged = requests(300).map((request) => ({ ...request, user: null }));
    const { summary, release } = await publishNow('nobody', logged, 5);
    expect(summary.withheld).toBeNull();
    expect(release.withheld).toBeNull();
    expect(sorted(await publishedUsage(database.pool, summary.releaseId, 'country'))).toEqual(
      sorted(usageByHand(logged, 'country')),
    );
  });

  it('publishes everything as it is where enough users stand behind each cell', async () => {
    const model = 'openai/gpt-4o';
    const logged = requests(400)
      .map((request) => ({ ...request, model, created_at: '2024-02-29T10:00:00.000Z' }))
      .map((request) => ({ ...request, provider: request.provider ?? 'Backyard' }))
      .map((request) => ({
        ...request,
        country: request.country ?? 'DE',
        language: request.language ?? 'en',
      }));
    const { summary } = await publishNow('many', logged, 5);
    expect(Object.values(summary.withheld?.rollups ?? {}).map(({ cells }) => cells)).toEqual([
      0, 0, 0, 0, 0, 0,
    ]);
    for (const dimension of usageTables) {
      expect(sorted(await publishedUsage(database.pool, summary.releaseId, dimension))).toEqual(
        sorted(usageByHand(logged, dimension)),
      );
    }
  });
});

describe('a coarse share', () => {
  it('has two digits of what is there or of what is missing, and becomes neither none nor all', () => {
    expect([0, 1, 0.123456, 0.00098765, 0.98765, 0.9998765].map(coarseShare)).toEqual([
      0, 1, 0.12, 0.00099, 0.988, 0.99988,
    ]);
    fc.assert(
      fc.property(fc.double({ min: 0, max: 1, noNaN: true }), (share) => {
        const coarse = coarseShare(share);
        expect(coarse === 0).toBe(share === 0);
        expect(Math.abs(coarse - share)).toBeLessThanOrEqual(0.05 * Math.min(share, 1 - share) + 1e-15);
      }),
    );
  });
});
