import { describe, expect, it } from 'vitest';
import { catalog, listPriceOn, modelOf } from '../../src/catalog/index.ts';

const model = modelOf('deepseek/deepseek-v3.2');

describe('listPriceOn', () => {
  it('gives the price in force on the day, that of the day it changed included', () => {
    const [first, second] = model.priceHistory;
    if (first === undefined || second === undefined) throw new Error('the model has no price history');
    expect(listPriceOn(model, first.from)).toEqual(first);
    expect(listPriceOn(model, second.from)).toEqual(second);
    const dayBefore = new Date(Date.parse(second.from) - 86_400_000).toISOString().slice(0, 10);
    expect(listPriceOn(model, dayBefore)).toEqual(first);
  });

  it('gives none before the first observation, after the last, and where none was observed', () => {
    expect(listPriceOn(model, '2026-05-26')).toBeNull();
    expect(listPriceOn(model, '2026-08-23')).toBeNull();
    expect(listPriceOn(modelOf('anthropic/claude-3.5-sonnet'), '2026-07-01')).toBeNull();
    expect(listPriceOn(modelOf('unlabelled/x'), '2026-07-01')).toBeNull();
  });

  it('knows that free is free, and not what other variants cost', () => {
    expect(listPriceOn(model, '2026-07-01', 'free')).toMatchObject({
      inputPerMillionUsd: 0,
      outputPerMillionUsd: 0,
    });
    expect(listPriceOn(model, '2026-07-01', 'nitro')).toBeNull();
  });

  it('agrees with the list price on the day of the snapshot', () => {
    for (const one of catalog.models.values()) {
      if (one.listPrice === null || one.priceHistory.length === 0) continue;
      expect(listPriceOn(one, one.listPrice.asOf), one.id).toMatchObject({
        inputPerMillionUsd: one.listPrice.inputPerMillionUsd,
      });
    }
  });
});
