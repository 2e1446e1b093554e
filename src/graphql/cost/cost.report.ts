import {
  fitCosts,
  type CostMap as PlacedMap,
  type CostPoint as PlacedPoint,
} from '../../measures/cost-map/cost-map.ts';
import type { AnsweredCostMap } from '../../measures/cost-map/cost-map-service.ts';
import { costPointId } from '../../measures/cost-map/cost-point-id.ts';
import type { CostMapRequest, CostWeighting } from '../../measures/cost-map/cost-request.ts';
import type { EffectiveCost as MeasuredCost } from '../../measures/cost-map/effective-cost.ts';
import type { UsageQuery } from '../../measures/query.ts';
import type { Dataset, ReleaseCatalog } from '../../measures/release.ts';
import { authorOf } from '../model/model.filter.ts';
import { toMeta } from '../usage/usage.report.ts';
import type { CostFitGroup } from './cost.enums.ts';
import type { CostFit, CostMap, CostPoint, EffectiveCost } from './cost.type.ts';

export function toCostReport(
  { map, answer }: AnsweredCostMap,
  weighting: CostWeighting,
  catalog: ReleaseCatalog,
  dataset: Dataset,
): CostMap {
  const { request, points, dividers, leftOut } = map;
  const meta = toMeta({ ...answer, query: askedOf(answer.query) }, catalog, dataset);
  const { release } = catalog;
  return {
    points: points.flatMap((point) => toPoint(point, request, catalog) ?? []),
    dividers:
      dividers === null
        ? null
        : {
            effectiveCostUsd: dividers.cost,
            totalTokens: dividers.tokens,
            logTokens: dividers.tokens > 0 ? Math.log10(dividers.tokens / 1e6) : null,
          },
    fits: fitsOf(points, request, weighting),
    leftOut: {
      ...leftOut,
      unnamedTokens: Math.round(leftOut.unnamedTokens),
      unsplitTokens: Math.round(leftOut.unsplitTokens),
    },
    meta: { ...meta, warnings: [...meta.warnings, ...warningsOf(map)] },
    citation: { release },
    question: { report: 'costMap', release: release.id, args: { ...request, weighting }, extras: {} },
  };
}

/** Null where the release does not know the subject, which no point of its own rows has. */
export function toPoint(
  point: PlacedPoint,
  request: CostMapRequest,
  catalog: ReleaseCatalog,
): CostPoint | null {
  const { subject, key, source, logTokens, quadrant } = point;
  const model = subject === 'MODEL' ? (catalog.model.withKey(key) ?? null) : null;
  const author = subject === 'AUTHOR' ? (catalog.author.withKey(key) ?? null) : null;
  const provider = subject === 'PROVIDER' ? (catalog.provider.withKey(key) ?? null) : null;
  const category = subject === 'CATEGORY' ? (catalog.category.withKey(key) ?? null) : null;
  const entity = model ?? author ?? provider ?? category;
  if (entity === null) return null;
  return {
    kind: 'costPoint',
    id: costPointId({ release: catalog.release.id, entity: entity.id, request }),
    release: catalog.release,
    of: subject,
    name: entity.name,
    model,
    author: model === null ? author : authorOf(model),
    provider,
    category,
    source,
    logTokens,
    quadrant,
    ...toCost(point),
  };
}

/** Estimates from a sample are rounded to whole counts, as in `usage`. */
export function toCost({
  totalTokens,
  requests,
  pricedTokens,
  spendUsd,
  effectiveCostUsd,
  estimatedShare,
  listCost,
}: MeasuredCost): EffectiveCost {
  return {
    totalTokens: Math.round(totalTokens),
    requests: requests === null ? null : Math.round(requests),
    pricedTokens: Math.round(pricedTokens),
    spendUsd,
    effectiveCostUsd,
    estimatedShare,
    listCost,
  };
}

function fitsOf(points: readonly PlacedPoint[], { of }: CostMapRequest, weighting: CostWeighting): CostFit[] {
  const groups: CostFitGroup[] = of === 'MODEL' ? ['ALL', 'OPEN', 'PROPRIETARY'] : ['ALL'];
  return groups.map((group) => {
    const { n, line } = fitCosts(
      group === 'ALL' ? points : points.filter(({ source }) => source === group),
      weighting,
    );
    return {
      line,
      group,
      n,
      weighting,
      slope: line?.slope ?? null,
      intercept: line?.intercept ?? null,
      r: line?.r ?? null,
      slopeStandardError: line?.slopeError?.standardError ?? null,
      slopeLow: line?.slopeError?.low ?? null,
      slopeHigh: line?.slopeError?.high ?? null,
    };
  });
}

/** What the report says it measures, in the words of `usage`, not the sums that it is made of. */
export function askedOf(query: UsageQuery): UsageQuery {
  return {
    ...query,
    measures: ['REQUESTS', 'TOTAL_TOKENS', 'SPEND_USD', 'EFFECTIVE_COST_USD', 'BYOK_TOKENS'],
  };
}

function warningsOf({ points, leftOut, request }: PlacedMap): string[] {
  const { unknownCost, zeroCost, zeroTokens, unsplitTokens } = leftOut;
  const estimated = points.filter(({ estimatedShare }) => (estimatedShare ?? 0) > 0).length;
  return [
    ...(unknownCost > 0
      ? [`${unknownCost} of ${points.length} points have no known cost: they are in no quarter and no fit.`]
      : []),
    ...(zeroCost + zeroTokens > 0
      ? [
          `${zeroCost} points cost nothing and ${zeroTokens} have no tokens: 0 has no logarithm, so no fit has them.`,
        ]
      : []),
    ...(estimated > 0
      ? [
          `The cost of ${estimated} points is estimated from list prices in part or whole, as if nothing were cached.`,
        ]
      : []),
    ...(request.freeVariants === 'EXCLUDE' && unsplitTokens > 0
      ? [
          `Free variants can not be left out of cells with ${Math.round(unsplitTokens)} tokens, where they or the rest stand for too few users.`,
        ]
      : []),
    ...(request.of === 'CATEGORY' ? ['Costs and tokens of categories are estimates from a sample.'] : []),
  ];
}
