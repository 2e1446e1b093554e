import type { Engine } from '../engine/engine.ts';
import type { WithheldModelDays } from '../rollups/model-days.ts';
import type { Rollup } from '../rollups/rollup.ts';
import { countWithheld, type RollupScope, type WithheldCells } from '../rollups/run-rollup.ts';
import type { PublishedSample } from '../rollups/sample-counts.ts';

/** What a release keeps back for the privacy of few users. */
export interface Withheld {
  minimumUsers: number;
  /**
   * By table: cells folded or left out, and their share of the tokens, coarse. Null where these cells stand for fewer
   * users than the minimum: their share of a known total would tell their tokens, be it roughly.
   */
  rollups: Record<string, { cells: number; tokenShare: number | null }>;
  /** Of the days that are not published at all. */
  leftOut: { requests: number; tokens: number };
}

/** Counts what the rollups of a release withhold; null where nothing is to be. */
export async function countAllWithheld(
  engine: Engine,
  rollups: readonly Rollup[],
  scope: RollupScope,
  modelDays: WithheldModelDays,
  totalTokens: number,
): Promise<Withheld | null> {
  const { minimumUsers } = scope;
  if (minimumUsers === null) return null;
  const counts: Withheld['rollups'] = {};
  for (const rollup of rollups.filter(({ withhold }) => withhold !== null && !withhold.cohorts)) {
    const own = await countWithheld(engine, rollup, scope);
    const { cells, tokens, areOfEnough } = withModelDays(rollup, own, modelDays);
    counts[rollup.target] = { cells, tokenShare: toldShare(tokens, totalTokens, areOfEnough) };
  }
  return { minimumUsers, rollups: counts, leftOut: modelDays.leftOut };
}

/** The same of the sample with content labels: its shares are of the tokens of the sample. */
export function withheldOfSample({ withheld }: PublishedSample): Withheld['rollups'] {
  return Object.fromEntries(
    Object.entries(withheld).map(([table, { cells, tokenShare, areOfEnough }]) => [
      table,
      { cells, tokenShare: toldShare(tokenShare, 1, areOfEnough) },
    ]),
  );
}

/** A table by day and model withholds days of models as well. */
function withModelDays(
  { keys, withhold }: Rollup,
  own: WithheldCells,
  modelDays: WithheldModelDays,
): WithheldCells {
  if (!keys.includes('model_key')) return own;
  // A rollup that folds has counted the tokens of folded models itself, among those of its cells.
  const tokens = withhold?.fold == null ? modelDays.tokens : own.tokens + modelDays.leftOut.tokens;
  const areOfEnough = own.areOfEnough && modelDays.areOfEnough;
  return { cells: own.cells + modelDays.cells, tokens, areOfEnough };
}

function toldShare(tokens: number, all: number, areOfEnough: boolean): number | null {
  if (tokens === 0) return 0;
  return areOfEnough ? coarseShare(tokens / all) : null;
}

/**
 * A share to two digits, or what it lacks of the whole where that is less: an exact one would tell the very tokens
 * that are withheld. All stays 1 and none 0, and nothing else becomes either.
 */
export function coarseShare(share: number): number {
  return share <= 0.5 ? twoDigits(share) : 1 - twoDigits(1 - share);
}

function twoDigits(share: number): number {
  return Number(share.toPrecision(2));
}
