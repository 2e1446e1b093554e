import { describe, expect, it } from 'vitest';
import { catalog, listPriceOn, modelOf, resolveModel } from '../../src/catalog/index.ts';
import { pricesOfNames } from '../../src/releases/name-prices.ts';
import { registerPrices } from '../../src/rollups/prices.ts';
import { temporaryEngine } from '../engine/event-rows.ts';

const days = (first: string, count: number): string[] =>
  Array.from({ length: count }, (_, index) =>
    new Date(Date.parse(first) + index * 86_400_000).toISOString().slice(0, 10),
  );

describe('prices of names', () => {
  it('are those of listPriceOn, day by day, for every model and its variants', () => {
    const names = [...catalog.models.keys()].flatMap((id) => [id, `${id}:free`, `${id}:nitro`]);
    const prices = pricesOfNames(names);
    expect(prices.size).toBeGreaterThan(400);
    // Before the first observation, over the changes of prices, and behind the last one.
    const sampled = days('2026-05-20', 110);
    for (const raw of names) {
      const { modelId, variant } = resolveModel(raw);
      const own = prices.get(raw)?.prices ?? [];
      for (const day of sampled) {
        const price = own.filter(({ from, until }) => from <= day && day < until);
        const listed = listPriceOn(modelOf(modelId), day, variant);
        const expected = listed === null ? [] : [[listed.inputPerMillionUsd, listed.outputPerMillionUsd]];
        expect(
          price.map((each) => [each.inputPerMillionUsd, each.outputPerMillionUsd]),
          `${raw} ${day}`,
        ).toEqual(expected);
      }
    }
  });

  it('know a free variant by its name, and not what it costs with something more', () => {
    const prices = pricesOfNames([
      'deepseek/deepseek-r1:free',
      'deepseek/deepseek-r1:free:online',
      'no-such:nitro',
    ]);
    expect(prices.get('deepseek/deepseek-r1:free')).toMatchObject({
      isFree: true,
      prices: [{ inputPerMillionUsd: 0, outputPerMillionUsd: 0 }],
    });
    expect(prices.get('deepseek/deepseek-r1:free:online')).toMatchObject({
      isFree: true,
      prices: [{ inputPerMillionUsd: null, outputPerMillionUsd: null }],
    });
    expect(prices.has('no-such:nitro')).toBe(false);
  });

  it('reach the engine exactly, per token', async () => {
    const engine = await temporaryEngine();
    const price = { from: '2026-06-01', until: '2026-06-30' };
    await registerPrices(
      engine,
      new Map([
        [
          "it's\ta name",
          {
            isFree: false,
            prices: [{ ...price, inputPerMillionUsd: 0.018, outputPerMillionUsd: 1234.000001 }],
          },
        ],
        [
          'unknown',
          { isFree: true, prices: [{ ...price, inputPerMillionUsd: null, outputPerMillionUsd: null }] },
        ],
      ]),
    );
    const sql =
      'SELECT raw, is_free, toString(prompt_usd * 1000000) AS prompt, toString(completion_usd * 1000000) AS completion FROM model_prices ORDER BY raw';
    expect(await engine.rows('test.prices', sql)).toEqual([
      { raw: "it's\ta name", is_free: false, prompt: '0.018', completion: '1234.000001' },
      { raw: 'unknown', is_free: true, prompt: null, completion: null },
    ]);
    await registerPrices(engine, new Map());
    expect(await engine.rows('test.prices', sql)).toEqual([]);
  });
});
