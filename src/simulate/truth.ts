import { months, weekOfSunday, weeks } from './calendar.ts';
import { plantedCurves } from './cohorts.ts';
import type { WeekShares } from './drawn-shares.ts';
import { plantedElasticity, slopeOf, tokensOf } from './prices.ts';
import { normalised } from './rake.ts';
import { plantedTags } from './tag-slots.ts';
import { categoryNames } from './usage.ts';
import type { World } from './world.ts';

/** What is planted in a simulated study, for tests and reports to find again. Shares are of tokens, from 0 to 1. */
export interface Truth {
  synthetic: true;
  generations: number;
  seed: number;
  months: number;
  /** Slope of log total tokens on log effective cost over models. */
  elasticity: { planted: number; ofTheWorld: number };
  models: {
    id: string;
    author: string;
    sourceGroup: string | null;
    released: string;
    costPerMillionUsd: number;
    tokenShare: number;
  }[];
  /** Of the world, by Monday week from the first tagged one on. */
  categoryShares: WeekShares[];
  /** Of the generations that were drawn, labelled or not: what intervals from a sample of them are to hold. */
  drawnCategoryShares: WeekShares[];
  tagShares: { category: string; tag: string; share: number }[];
  /** Cohorts by model and month of first use; retention by months since then, month 0 first. */
  cohorts: {
    model: string;
    month: string;
    kind: string;
    users: number;
    retention: readonly number[];
  }[];
}

export function truthOf(
  world: World,
  { generations, seed, months: count }: { generations: number; seed: number; months: number },
  drawnCategoryShares: WeekShares[],
): Truth {
  const { usage, costs } = world;
  const tokens = usage.models.map((_, model) => tokensOf(usage, model));
  const shares = normalised(tokens);
  return {
    synthetic: true,
    generations,
    seed,
    months: count,
    elasticity: {
      planted: plantedElasticity,
      ofTheWorld: slopeOf(
        costs.map((cost) => Math.log(cost)),
        tokens.map((each) => Math.log(each)),
      ),
    },
    models: usage.models.map(({ id, author, group, released }, model) => ({
      id,
      author,
      sourceGroup: group,
      released,
      costPerMillionUsd: costs[model] ?? 0,
      tokenShare: shares[model] ?? 0,
    })),
    categoryShares: categoryShares(world),
    drawnCategoryShares,
    tagShares: categoryNames.flatMap((category) =>
      plantedTags(category).map(({ tag, share }) => ({ category, tag, share })),
    ),
    cohorts: world.cohorts.flatMap(({ cohorts }, model) =>
      cohorts.map(({ month, size, retention }) => {
        const name = months[month] ?? '';
        const id = usage.models[model]?.id ?? '';
        return { model: id, month: name, kind: kindOf(id, name), users: size, retention };
      }),
    ),
  };
}

function kindOf(model: string, month: string): string {
  const curve =
    plantedCurves.find((each) => each.model === model && each.cohort === month) ??
    plantedCurves.find((each) => each.model === model && each.cohort === '*');
  return curve?.kind ?? 'ordinary';
}

function categoryShares({ usage }: World): WeekShares[] {
  const first = weekOfSunday('2025-05-18');
  return weeks.slice(first).map((week, index) => {
    const shares = normalised(
      categoryNames.map((name) =>
        usage
          .cells(first + index, () => true, [name])
          .reduce((sum, cell) => sum + (usage.tokens[cell] ?? 0), 0),
      ),
    );
    return {
      week,
      shares: Object.fromEntries(categoryNames.map((name, place) => [name, shares[place] ?? 0])),
    };
  });
}
