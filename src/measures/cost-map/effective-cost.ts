import { Big } from 'big.js';
import { AtlasError } from '../../errors.ts';
import type { UsageRow } from '../query.ts';
import type { ModelEntity, Release } from '../release.ts';
import { costColumns, costMeasureName, type CostColumn } from './cost-measures.ts';

/** What counts as spend, and whether free variants of models count at all. */
export interface CostOptions {
  readonly spend: 'LOGGED' | 'LOGGED_OR_ESTIMATED';
  readonly freeVariants: 'INCLUDE' | 'EXCLUDE';
}

/** What was used and paid, requests with a key of the user (BYOK) left out. */
export interface EffectiveCost {
  /** Not rounded: estimates from a sample are fractions. */
  readonly totalTokens: number;
  readonly requests: number | null;
  /** Tokens of the requests whose spend is known, or estimated where asked for. */
  readonly pricedTokens: number;
  /** Decimal text; null where no spend is known. */
  readonly spendUsd: string | null;
  /** Per 1M tokens. */
  readonly effectiveCostUsd: number | null;
  /** Of the priced tokens, the part whose spend is estimated. */
  readonly estimatedShare: number | null;
  readonly listCost: ListCost | null;
  /** Tokens in cells whose free part is not told apart. */
  readonly unsplitTokens: number | null;
}

/** What the same would have cost by the price list, without any caching. */
export interface ListCost {
  readonly basis: 'DATED' | 'CATALOG';
  readonly listUsd: number;
  readonly paidUsd: number;
  /** 0.3: paid were 30 % less than by the list. Null where the list says free. */
  readonly cachingGap: number | null;
  readonly tokenShare: number;
}

type Sums = Readonly<Record<CostColumn, Big | null>>;

const zero = new Big(0);

/** Costs of one row of sums; sums and differences are exact, quotients are not. */
export function effectiveCostOf(
  row: UsageRow,
  { spend, freeVariants }: CostOptions,
  model: ModelEntity | null = null,
): EffectiveCost {
  const sums = readSums(row);
  const estimates = spend === 'LOGGED_OR_ESTIMATED';
  const paidFor = freeVariants === 'EXCLUDE';
  const estimated = estimates ? less(sums.estimated_tokens, paidFor && sums.free_estimated_tokens) : null;
  const logged = less(sums.billed_tokens, paidFor && sums.free_billed_tokens);
  const priced = plus(logged, estimated);
  const paid = plus(
    less(sums.billed_spend_usd, paidFor && sums.free_billed_spend_usd),
    // A free variant is estimated to cost nothing, so there is nothing to take off.
    estimates ? sums.estimated_spend_usd : null,
  );
  const isKnown = priced !== null && paid !== null && priced.gt(0);
  return {
    totalTokens: toNumber(less(less(sums.total_tokens, sums.byok_tokens), paidFor && sums.free_tokens)) ?? 0,
    requests: toNumber(less(less(sums.requests, sums.byok_requests), paidFor && sums.free_requests)),
    pricedTokens: toNumber(priced) ?? 0,
    spendUsd: isKnown ? paid.toFixed() : null,
    effectiveCostUsd: isKnown ? perMillion(paid, priced) : null,
    estimatedShare: isKnown ? quotient(estimated ?? zero, priced) : null,
    listCost: datedListCost(sums) ?? catalogListCost(sums, model),
    unsplitTokens: toNumber(sums.unsplit_tokens),
  };
}

/** Releases published before estimates, list prices and free variants were kept can not tell them. */
export function refuseUnkept(
  rows: readonly UsageRow[],
  { spend, freeVariants }: CostOptions,
  release: Release,
): void {
  if (spend === 'LOGGED' && freeVariants === 'INCLUDE') return;
  const isKept = ({ measures }: UsageRow): boolean =>
    (measures[costMeasureName('unsplit_tokens')] ?? null) !== null;
  if (rows.every(isKept)) return;
  throw new AtlasError(
    'NO_ROLLUP',
    `The release ${release.id} was published before estimates and free variants were kept: ask with ` +
      '`spend: LOGGED` and `freeVariants: INCLUDE`, or for a newer release.',
  );
}

function readSums({ measures }: UsageRow): Sums {
  return Object.fromEntries(
    costColumns.map((column) => {
      const value = measures[costMeasureName(column)] ?? null;
      return [column, value === null ? null : new Big(value)];
    }),
  ) as Sums;
}

/** By the price of each day, over the billed requests whose price of the day is known. */
function datedListCost(sums: Sums): ListCost | null {
  const { listed_tokens: tokens, listed_spend_usd: paid, list_cost_usd: list } = sums;
  const all = less(sums.billed_tokens, sums.free_billed_tokens);
  if (tokens === null || paid === null || list === null || all === null || !tokens.gt(0)) return null;
  return {
    basis: 'DATED',
    listUsd: perMillion(list, tokens),
    paidUsd: perMillion(paid, tokens),
    cachingGap: gap(paid, list),
    tokenShare: quotient(tokens, all),
  };
}

/** By the one price that the catalogue has of a model, whatever the day, over the mix of prompt and completion. */
function catalogListCost(sums: Sums, model: ModelEntity | null): ListCost | null {
  const { prompt_tokens: prompt, completion_tokens: completion } = sums;
  const tokens = less(sums.billed_tokens, sums.free_billed_tokens);
  const paid = less(sums.billed_spend_usd, sums.free_billed_spend_usd);
  const { inputPriceUsd: input = null, outputPriceUsd: output = null } = model ?? {};
  if (prompt === null || completion === null || tokens === null || paid === null) return null;
  const all = prompt.plus(completion);
  if (input === null || output === null || !tokens.gt(0) || !all.gt(0)) return null;
  const listUsd = Number(prompt.times(input).plus(completion.times(output))) / Number(all);
  const paidUsd = perMillion(paid, tokens);
  return {
    basis: 'CATALOG',
    listUsd,
    paidUsd,
    cachingGap: listUsd === 0 ? null : 1 - paidUsd / listUsd,
    tokenShare: 1,
  };
}

/** What is not known takes nothing off. */
function less(value: Big | null, part: Big | null | false): Big | null {
  return value === null || part === null || part === false ? value : value.minus(part);
}

function plus(one: Big | null, other: Big | null): Big | null {
  if (one === null) return other;
  return other === null ? one : one.plus(other);
}

function perMillion(usd: Big, tokens: Big): number {
  return (Number(usd) / Number(tokens)) * 1e6;
}

function quotient(part: Big, whole: Big): number {
  return Number(part) / Number(whole);
}

function gap(paid: Big, list: Big): number | null {
  return list.eq(0) ? null : Number(list.minus(paid)) / Number(list);
}

function toNumber(value: Big | null): number | null {
  return value === null ? null : Number(value);
}
