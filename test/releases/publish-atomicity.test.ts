import { beforeAll, describe, expect, it } from 'vitest';
import type { Database } from '../../src/database/open-database.ts';
import { publish } from '../../src/releases/publish.ts';
import { describeOnEachDatabase, describeOnServer } from '../support/databases.ts';
import { sorted, usageByHand } from './count-by-hand.ts';
import { useCountingSide, withCalls } from './counting-side.ts';
import { gateway, requests } from './gateway-log.ts';
import { countRows, publishedUsage } from './published.ts';

const side = useCountingSide();

describeOnEachDatabase('a publication', (open, kind) => {
  let database: Database;
  beforeAll(async () => {
    database = await open();
  });

  /** A data set of this test alone. */
  const named = (name: string) => gateway(`${name}-${kind}`);
  const publishNow = (declaration: ReturnType<typeof gateway>) =>
    publish({ engine: side.engine, database, declaration });

  it('lets one of two at the same time through', async () => {
    const declaration = named('contested');
    await side.load(declaration.id, 'one', requests(300));
    const outcomes = await Promise.allSettled([publishNow(declaration), publishNow(declaration)]);
    const refused = outcomes.find(({ status }) => status === 'rejected');
    expect(outcomes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    expect(refused).toMatchObject({ reason: { code: 'NOTHING_CHANGED' } });
  });

  describe('that fails', () => {
    const declaration = named('failing');
    const logged = requests(300);
    beforeAll(() => side.load(declaration.id, 'one', logged));

    async function failsWith(calls: Parameters<typeof withCalls>[1], error: object) {
      const before = await countRows(database.pool);
      const engine = withCalls(side.engine, calls);
      await expect(publish({ engine, database, declaration })).rejects.toMatchObject(error);
      expect(await countRows(database.pool)).toEqual(before);
      expect(await database.prisma.dataset.count({ where: { id: declaration.id } })).toBe(0);
    }

    it('at a rollup leaves nothing', () =>
      failsWith(
        {
          stream: async function* (name, ...rest) {
            yield* side.engine.stream(name, ...rest);
            if (name.includes('active_users')) throw new Error('the disk is full');
          },
        },
        { message: 'the disk is full' },
      ));

    it('at a row that PostgreSQL refuses leaves nothing', () =>
      failsWith(
        {
          stream: async function* (name, ...rest) {
            yield* side.engine.stream(name, ...rest);
            if (name.includes('country')) yield Buffer.from('1\tnot a day\n');
          },
        },
        { message: expect.stringContaining('not a day') },
      ));

    it('by a rollup that loses usage leaves nothing', () =>
      failsWith(
        {
          stream: async function* (name, ...rest) {
            const chunks: Buffer[] = [];
            for await (const chunk of side.engine.stream(name, ...rest)) chunks.push(Buffer.from(chunk));
            const rows = Buffer.concat(chunks);
            yield name.includes('country') ? rows.subarray(rows.indexOf('\n') + 1) : rows;
          },
        },
        { code: 'INTERNAL', details: { table: 'usage_day_model_country' } },
      ));

    it('because a file is loaded meanwhile leaves nothing', async () => {
      let loaded = false;
      const load = async () => {
        loaded = true;
        await side.load(declaration.id, 'meanwhile', requests(10, 3));
      };
      await failsWith(
        {
          command: async (name, ...rest) => {
            // The names are forgotten after the last rollup.
            const isOver = name === 'names.empty' && loaded === false && steps.includes('active_users');
            if (isOver) await load();
            return side.engine.command(name, ...rest);
          },
          stream: (name, ...rest) => {
            steps.push(name.split('.')[1] ?? '');
            return side.engine.stream(name, ...rest);
          },
        },
        { code: 'DATA_CHANGED' },
      );
      expect(loaded).toBe(true);
    });
    const steps: string[] = [];

    it('does not stand in the way of the next', async () => {
      const { releaseId } = await publishNow(declaration);
      const all = [...logged, ...requests(10, 3)];
      expect(sorted(await publishedUsage(database.pool, releaseId, 'provider'))).toEqual(
        sorted(usageByHand(all, 'provider')),
      );
    });
  });
});

describeOnServer('a publication as others see it', (open) => {
  const logged = requests(2_000);

  it('shows nothing to readers on other connections before it is whole', async () => {
    const database = await open();
    const declaration = gateway('watched');
    await side.load(declaration.id, 'log', logged);
    const empty = await countRows(database.pool);
    const seen: Record<string, number>[] = [];
    const engine = withCalls(side.engine, {
      stream: async function* (name, ...rest) {
        for await (const chunk of side.engine.stream(name, ...rest)) {
          yield chunk;
          seen.push(await countRows(database.pool));
        }
      },
    });

    let published = false;
    const watch = async () => {
      while (!published) seen.push(await countRows(database.pool));
    };
    const watching = watch();
    const { rollups } = await publish({ engine, database, declaration });
    published = true;
    await watching;

    const whole = await countRows(database.pool);
    expect(whole).toMatchObject({
      releases: 1,
      ...Object.fromEntries(
        // Coarser rows are summed up from those of usage.
        rollups.map(({ table, rows }) => [table, table.startsWith('usage_') ? expect.any(Number) : rows]),
      ),
    });
    expect(seen.filter((counts) => counts.releases === 0).length).toBeGreaterThan(rollups.length);
    for (const counts of seen) expect(counts).toEqual(counts.releases === 0 ? empty : whole);
  });

  it('says so and leaves nothing where its connection is cut', async () => {
    const database = await open();
    const declaration = gateway('cut-off');
    await side.load(declaration.id, 'log', logged);
    const engine = withCalls(side.engine, {
      stream: async function* (name, ...rest) {
        yield* side.engine.stream(name, ...rest);
        if (!name.includes('active_users')) return;
        await database.pool.query(
          "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND state = 'idle in transaction'",
        );
      },
    });

    await expect(publish({ engine, database, declaration })).rejects.toMatchObject({
      code: 'DATABASE_UNAVAILABLE',
    });
    expect(await countRows(database.pool)).toMatchObject({ releases: 0, models: 0, active_users: 0 });
    expect(await publish({ engine: side.engine, database, declaration })).toMatchObject({
      releaseId: 'cut-off@2024-03-03.1',
    });
  });
});
