import type { GenerationRow } from '../../src/events/event-row.ts';
import { type Cells, decimal, picodollars, sum, text, tokens } from './brute-force.ts';
import { prices } from './counted-world.ts';
import { dayOf, usersOf } from './fold-by-hand.ts';

/** Estimated, list-priced and free usage of one published cell, in the order of the columns. */
export function costsOf(rows: readonly GenerationRow[], minimumUsers: number | null): Cells {
  const paid = rows.filter(({ byok }) => byok !== true);
  const billed = paid.filter(({ spendUsd }) => spendUsd !== null);
  const estimated = paid.filter((row) => row.spendUsd === null && listPrice(row) !== null);
  const listed = billed.filter((row) => !isFree(row) && listPrice(row) !== null);
  const free = paid.filter(isFree);
  const rest = rows.filter((row) => !free.includes(row));
  const isTold = [free, rest].every((part) => part.length === 0 || usersOf(part).size >= (minimumUsers ?? 0));
  const told = (value: string | null) => (isTold ? value : null);
  const logged = (row: GenerationRow) => picodollars(row.spendUsd);
  return [
    text(sum(estimated, tokens)),
    decimal(sum(estimated, listPrice)),
    told(text(sum(listed, tokens))),
    told(decimal(sum(listed, logged))),
    told(decimal(sum(listed, listPrice))),
    told(String(free.length)),
    told(String(sum(free, tokens) ?? 0n)),
    told(
      text(
        sum(
          free.filter((row) => billed.includes(row)),
          tokens,
        ),
      ),
    ),
    told(
      decimal(
        sum(
          free.filter((row) => billed.includes(row)),
          logged,
        ),
      ),
    ),
    told(
      text(
        sum(
          free.filter((row) => estimated.includes(row)),
          tokens,
        ),
      ),
    ),
    isTold ? '0' : text(sum(rows, tokens)),
  ];
}

function isFree({ model, variant }: GenerationRow): boolean {
  return model.endsWith(':free') || variant?.toLowerCase() === 'free';
}

/** In millionths of a millionth of a dollar; null where no price of the day is known. */
function listPrice(row: GenerationRow): bigint | null {
  const variant = row.variant?.toLowerCase() ?? 'standard';
  if (variant === 'free') return 0n;
  const day = dayOf(row);
  const price = prices.get(row.model)?.prices.find(({ from, until }) => from <= day && day < until);
  if (variant !== 'standard' || price === undefined) return null;
  const millionths = (usd: number | null) => BigInt(Math.round((usd ?? 0) * 1e6));
  return (
    BigInt(row.promptTokens) * millionths(price.inputPerMillionUsd) +
    BigInt(row.completionTokens) * millionths(price.outputPerMillionUsd)
  );
}
