import { readFile } from 'node:fs/promises';
import { parse } from 'csv-parse/sync';
import { beforeAll, describe, expect, it } from 'vitest';
import { listPriceOn, modelOf, resolveModel } from '../../src/catalog/index.ts';
import { loadFile } from '../../src/releases/load-files.ts';
import { publish } from '../../src/releases/publish.ts';
import { fixture } from '../events/support.ts';
import { askerOf } from '../support/ask.ts';
import { describeOnEachDatabase, type TestDatabase } from '../support/databases.ts';
import { useCountingSide } from './counting-side.ts';
import { gateway, requests, writeLog, type LoggedRequest } from './gateway-log.ts';

const side = useCountingSide();

interface Point {
  model: { id: string };
  totalTokens: number;
  requests: number;
  pricedTokens: number;
  spendUsd: string | null;
  effectiveCostUsd: number | null;
  estimatedShare: number | null;
  listCost: { basis: string; listUsd: number; paidUsd: number; cachingGap: number } | null;
}

async function costMap(database: TestDatabase, dataset: string, args: string) {
  const { data, errors } = await askerOf(database).ask(
    `query ($dataset: ID) { costMap(of: MODEL, dataset: $dataset, ${args}) {
       points { model { id } totalTokens requests pricedTokens spendUsd effectiveCostUsd estimatedShare
         listCost { basis listUsd paidUsd cachingGap } }
       leftOut { unsplitTokens }
     } }`,
    { dataset },
  );
  expect(errors).toEqual([]);
  return data.costMap as unknown as { points: Point[]; leftOut: { unsplitTokens: number } };
}

describeOnEachDatabase('costs of a release', (open, kind) => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await open();
  });

  describe('with spend, without, of free variants and under keys of users', () => {
    const names = [
      'deepseek/deepseek-v3.2',
      'deepseek/deepseek-v3.2:free',
      'openai/gpt-4o',
      'Nobody/Knows:free',
    ];
    // Around the days on which the catalogue knows a price of another day: first observation, change, last one.
    const changes = modelOf('deepseek/deepseek-v3.2').priceHistory.map(({ from }) => from);
    const days = ['2026-05-26', ...changes, '2026-08-22', '2026-08-23'];
    const variants = [null, null, 'free', 'nitro'];
    const logged = requests(600, 7).map((request, index) => ({
      ...request,
      created_at: `${days[index % days.length]}T23:59:59.999Z`,
      model: names[(index * 7) % names.length]!,
      variant: variants[(index * 5) % variants.length]!,
    }));

    type Logged = LoggedRequest & { variant: string | null };
    const isFree = ({ model, variant }: Logged): boolean => model.endsWith(':free') || variant === 'free';
    const tokensOf = (request: LoggedRequest): number => request.prompt_tokens + request.completion_tokens;

    /** In millionths of a millionth of a dollar; null where no price of the day is known. */
    function priceOf({ model, variant, created_at, ...request }: Logged): bigint | null {
      const resolved = resolveModel(model);
      const price = listPriceOn(
        modelOf(resolved.modelId),
        created_at.slice(0, 10),
        variant ?? resolved.variant,
      );
      if (price === null) return null;
      const micro = (usd: number): bigint => BigInt(Math.round(usd * 1e6));
      return (
        BigInt(request.prompt_tokens) * micro(price.inputPerMillionUsd) +
        BigInt(request.completion_tokens) * micro(price.outputPerMillionUsd)
      );
    }

    it('are those of a count request by request, dated prices and all', async () => {
      const declaration = gateway(`costs-${kind}`);
      const file = await writeLog(side.directory, `costs-${kind}.ndjson`, logged);
      await loadFile({ store: side.store, declaration, file, pseudonymKey: Buffer.alloc(32) });
      await publish({ engine: side.engine, database, declaration });
      for (const spend of ['LOGGED', 'LOGGED_OR_ESTIMATED']) {
        for (const freeVariants of ['INCLUDE', 'EXCLUDE']) {
          const { points } = await costMap(
            database,
            declaration.id,
            `spend: ${spend}, freeVariants: ${freeVariants}`,
          );
          const paid = logged.filter(
            (each) => each.byok !== true && (freeVariants === 'INCLUDE' || !isFree(each)),
          );
          const models = new Set(paid.map(({ model }) => resolveModel(model).modelId));
          expect(points.map(({ model }) => model.id).sort()).toEqual([...models].sort());
          for (const point of points) {
            const own = paid.filter(({ model }) => resolveModel(model).modelId === point.model.id);
            const known = own.filter(({ spend_usd }) => spend_usd !== null);
            const estimated =
              spend === 'LOGGED'
                ? []
                : own.filter((each) => each.spend_usd === null && priceOf(each) !== null);
            const tokens = (of: readonly LoggedRequest[]) =>
              of.reduce((sum, each) => sum + tokensOf(each), 0);
            expect(point).toMatchObject({
              requests: own.length,
              totalTokens: tokens(own),
              pricedTokens: tokens([...known, ...estimated]),
            });
            const pico =
              known.reduce(
                (sum, { spend_usd }) => sum + BigInt(Math.round(Number(spend_usd) * 1e6)) * 1_000_000n,
                0n,
              ) + estimated.reduce((sum, each) => sum + (priceOf(each) ?? 0n), 0n);
            expect(BigInt(Math.round(Number(point.spendUsd) * 1e12))).toBe(pico);
            expect(point.effectiveCostUsd).toBeCloseTo(
              Number(pico) / 1e6 / tokens([...known, ...estimated]),
              9,
            );
            expect(point.estimatedShare).toBeCloseTo(
              tokens(estimated) / tokens([...known, ...estimated]),
              12,
            );
            const listed = paid.filter(
              (each) => known.includes(each) && !isFree(each) && priceOf(each) !== null,
            );
            expect(point.listCost?.basis === 'DATED').toBe(listed.length > 0);
            if (listed.length === 0) continue;
            const list = listed.reduce((sum, each) => sum + (priceOf(each) ?? 0n), 0n);
            expect(point.listCost?.listUsd).toBeCloseTo(Number(list) / 1e6 / tokens(listed), 9);
          }
          expect(points.some(({ estimatedShare }) => (estimatedShare ?? 0) > 0)).toBe(spend !== 'LOGGED');
          expect(points.some(({ listCost }) => listCost?.basis === 'DATED')).toBe(true);
        }
      }
    });

    it('keep a free part of few users in, and say in how many tokens', async () => {
      const declaration = gateway(`few-${kind}`, 5);
      // Ten people pay, and one of them also uses the free variant.
      const own = logged.slice(0, 60).map((request, index) => ({
        ...request,
        created_at: '2026-07-01T12:00:00Z',
        user: index < 10 ? 'person-1' : `person-${index % 10}`,
        model: index < 10 ? 'openai/gpt-4o:free' : 'openai/gpt-4o',
        provider: 'OpenAI',
        variant: null,
        byok: false,
        spend_usd: index < 10 ? '0' : '0.01',
      }));
      const file = await writeLog(side.directory, `few-${kind}.ndjson`, own);
      await loadFile({ store: side.store, declaration, file, pseudonymKey: Buffer.alloc(32) });
      await publish({ engine: side.engine, database, declaration });
      const all = own.reduce((sum, each) => sum + tokensOf(each), 0);
      const { points, leftOut } = await costMap(database, declaration.id, 'freeVariants: EXCLUDE');
      expect(points).toMatchObject([{ requests: 60, totalTokens: all, spendUsd: '0.5' }]);
      expect(leftOut.unsplitTokens).toBe(all);
      const { rows } = await database.pool.query<{ told: string }>(
        `SELECT count(*) AS told FROM usage_day_model_provider AS usage JOIN releases ON releases.key = release_key
         WHERE dataset_id = $1 AND (free_tokens IS NOT NULL OR free_requests IS NOT NULL OR free_billed_tokens IS NOT NULL
           OR listed_tokens IS NOT NULL)`,
        [declaration.id],
      );
      expect(rows[0]?.told).toBe('0');
    });
  });

  it('of real Aider events are those of a count of its lines, without the event of 9,990 USD', async () => {
    const declaration = gateway(`aider-${kind}`);
    const file = fixture('aider-message-send-cut.csv');
    // The cut was chosen for its oddities: 4 repeats and the event of 9,990 USD among 37 rows.
    const maxRefusedShare = 0.2;
    const options = { store: side.store, declaration, file, pseudonymKey: Buffer.alloc(32), maxRefusedShare };
    await loadFile(options);
    await publish({ engine: side.engine, database, declaration });

    const lines = parse(await readFile(file, 'utf8'), { columns: true }) as Record<string, string>[];
    const once = [...new Map(lines.map((line) => [JSON.stringify(line), line])).values()];
    const counted = new Map<
      string,
      { requests: number; totalTokens: number; pricedTokens: number; usd: number }
    >();
    for (const { main_model = '', prompt_tokens, completion_tokens, cost } of once) {
      if (Number(cost) > 9_000) continue;
      const id = resolveModel(main_model).modelId;
      const tokens = Number(prompt_tokens) + Number(completion_tokens);
      const sums = counted.get(id) ?? { requests: 0, totalTokens: 0, pricedTokens: 0, usd: 0 };
      counted.set(id, {
        requests: sums.requests + 1,
        totalTokens: sums.totalTokens + tokens,
        // Aider writes a cost of 0 where it knows no price.
        pricedTokens: sums.pricedTokens + (Number(cost) > 0 ? tokens : 0),
        usd: sums.usd + Number(cost),
      });
    }
    const { points } = await costMap(database, declaration.id, 'minTokens: 0');
    expect(points.map(({ model }) => model.id).sort()).toEqual([...counted.keys()].sort());
    for (const { model, effectiveCostUsd, ...point } of points) {
      const { usd, ...sums } = counted.get(model.id)!;
      expect(point).toMatchObject(sums);
      if (sums.pricedTokens === 0) expect(effectiveCostUsd).toBeNull();
      else expect(effectiveCostUsd).toBeCloseTo((usd / sums.pricedTokens) * 1e6, 9);
    }
  });
});
