import type { UsageRow } from '../query.ts';
import type { ModelEntity, ReleaseCatalog } from '../release.ts';
import type { CostMapRequest, CostWeighting } from './cost-request.ts';
import { effectiveCostOf, refuseUnkept, type EffectiveCost } from './effective-cost.ts';
import { fitLine, type LineFit } from './fit.ts';
import { weightedMedian } from './median.ts';
import { quadrantOf, type CostQuadrant, type CostSubject } from './quadrants.ts';

/** One subject on the map. */
export interface CostPoint extends EffectiveCost {
  readonly subject: CostSubject;
  /** Key of the entity in the release. */
  readonly key: number;
  readonly source: string | null;
  /** Logarithm to base 10 of the millions of tokens; null where there are none. */
  readonly logTokens: number | null;
  /** Null where the cost is not known. */
  readonly quadrant: CostQuadrant | null;
}

/** Where the lines between the quadrants lie. */
export interface CostDividers {
  readonly cost: number;
  readonly tokens: number;
}

/** What is not on the map, or not in its fit. */
export interface CostLeftOut {
  /** Points without a known spend: in neither medians nor fit. */
  readonly unknownCost: number;
  /** Points that cost nothing: in the medians, but their logarithm can not be fitted. */
  readonly zeroCost: number;
  /** Points with a cost but no tokens. */
  readonly zeroTokens: number;
  /** Subjects with fewer tokens than the minimum: no points. */
  readonly belowMinimum: number;
  /** Tokens whose subject is not known, or withheld for privacy. */
  readonly unnamedTokens: number;
  /** Tokens in cells whose free part is not told apart, since it stands for too few users. */
  readonly unsplitTokens: number;
}

export interface CostMap {
  readonly request: CostMapRequest;
  /** Most tokens first. */
  readonly points: readonly CostPoint[];
  /** Null where no point has a cost. */
  readonly dividers: CostDividers | null;
  readonly leftOut: CostLeftOut;
}

/** Puts rows of sums on the map. Pure. */
export function toCostMap(
  rows: readonly UsageRow[],
  request: CostMapRequest,
  catalog: ReleaseCatalog,
): CostMap {
  refuseUnkept(rows, request, catalog.release);
  const { of, minTokens } = request;
  const costs = rows.map((row) => {
    const key = typeof row.groups[of] === 'number' ? row.groups[of] : null;
    const model = of === 'MODEL' && key !== null ? (catalog.model.withKey(key) ?? null) : null;
    return { key, model, cost: effectiveCostOf(row, request, model) };
  });
  const unnamed = costs.filter(({ key }) => key === null);
  const used = costs.flatMap(({ key, ...each }) =>
    key === null || !isUsed(each.cost) ? [] : [{ key, ...each }],
  );
  const enough = used.filter(({ cost }) => cost.totalTokens >= minTokens);
  const dividers = dividersOf(
    enough.map(({ cost }) => cost),
    request.medianWeighting,
  );
  const points = enough.map(({ key, model, cost }) => toPoint(of, key, model, cost, dividers));
  const known = points.filter(({ effectiveCostUsd }) => effectiveCostUsd !== null);
  return {
    request,
    points: points.sort((a, b) => b.totalTokens - a.totalTokens || a.key - b.key),
    dividers,
    leftOut: {
      unknownCost: points.length - known.length,
      zeroCost: known.filter(({ effectiveCostUsd }) => effectiveCostUsd === 0).length,
      zeroTokens: known.filter(({ totalTokens }) => totalTokens === 0).length,
      belowMinimum: used.length - enough.length,
      unnamedTokens: sum(unnamed.map(({ cost }) => cost.totalTokens)),
      unsplitTokens: sum(costs.map(({ cost }) => cost.unsplitTokens ?? 0)),
    },
  };
}

/** The log–log line of use against cost, whose slope is the elasticity, and how many points have a place in it. */
export function fitCosts(
  points: readonly CostPoint[],
  weighting: CostWeighting,
): { n: number; line: LineFit | null } {
  const fitted = points.flatMap(({ effectiveCostUsd, logTokens, totalTokens }) =>
    effectiveCostUsd === null || effectiveCostUsd <= 0 || logTokens === null
      ? []
      : [
          {
            x: Math.log10(effectiveCostUsd),
            y: logTokens,
            weight: weighting === 'TOKENS' ? totalTokens : 1,
          },
        ],
  );
  return { n: fitted.length, line: fitLine(fitted) };
}

function toPoint(
  subject: CostSubject,
  key: number,
  model: ModelEntity | null,
  cost: EffectiveCost,
  dividers: CostDividers | null,
): CostPoint {
  const { effectiveCostUsd, totalTokens } = cost;
  return {
    ...cost,
    subject,
    key,
    source: model?.source ?? null,
    logTokens: totalTokens > 0 ? Math.log10(totalTokens / 1e6) : null,
    quadrant:
      dividers === null || effectiveCostUsd === null
        ? null
        : quadrantOf(subject, { cost: effectiveCostUsd, tokens: totalTokens }, dividers),
  };
}

/** Medians over the points whose cost is known. */
function dividersOf(costs: readonly EffectiveCost[], weighting: CostWeighting): CostDividers | null {
  const known = costs.flatMap(({ effectiveCostUsd: cost, totalTokens }) =>
    cost === null ? [] : [{ cost, totalTokens, weight: weighting === 'TOKENS' ? totalTokens : 1 }],
  );
  const cost = weightedMedian(known.map((each) => ({ value: each.cost, weight: each.weight })));
  const tokens = weightedMedian(known.map((each) => ({ value: each.totalTokens, weight: each.weight })));
  return cost === null || tokens === null ? null : { cost, tokens };
}

/** Whether anything is left without BYOK and, where asked, free variants. */
function isUsed({ requests, totalTokens }: EffectiveCost): boolean {
  return requests === null ? totalTokens > 0 : requests > 0;
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
