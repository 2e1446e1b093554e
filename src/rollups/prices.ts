import type { Engine } from '../engine/engine.ts';
import { plainField, textField } from '../engine/tab-separated.ts';

/** A list price from a day on, USD per 1M tokens; null where it is not known. */
export interface NamePrice {
  from: string;
  /** Day after the last. */
  until: string;
  inputPerMillionUsd: number | null;
  outputPerMillionUsd: number | null;
}

/** What a model's name, as logged, costs by list price. */
export interface NamePrices {
  /** The name is of a variant that is served free. */
  isFree: boolean;
  /** Their days do not overlap. */
  prices: readonly NamePrice[];
}

/** Tells the engine what names cost on which days, in place of what it was told before. */
export async function registerPrices(engine: Engine, names: ReadonlyMap<string, NamePrices>): Promise<void> {
  await engine.command('prices.empty', 'TRUNCATE TABLE model_prices');
  const lines = [...names].flatMap(([raw, { isFree, prices }]) =>
    prices.map(({ from, until, inputPerMillionUsd, outputPerMillionUsd }) => {
      const values = [
        from,
        until,
        isFree ? 1 : 0,
        perToken(inputPerMillionUsd),
        perToken(outputPerMillionUsd),
      ];
      return `${textField(raw)}\t${values.map(plainField).join('\t')}\n`;
    }),
  );
  if (lines.length === 0) return;
  const columns = ['raw', 'from_day', 'until_day', 'is_free', 'prompt_usd', 'completion_usd'];
  await engine.insert('prices.register', 'model_prices', columns, Buffer.from(lines.join('')));
}

/** Takes the prices back when a release is done. */
export function forgetPrices(engine: Engine): Promise<void> {
  return registerPrices(engine, new Map());
}

/** As decimal text of twelve places, which hold a price per million of six places exactly. */
function perToken(perMillionUsd: number | null): string | null {
  if (perMillionUsd === null) return null;
  const [whole = '0', fraction = ''] = perMillionUsd.toFixed(6).split('.');
  const digits = (whole + fraction).padStart(13, '0');
  return `${digits.slice(0, -12)}.${digits.slice(-12)}`;
}
