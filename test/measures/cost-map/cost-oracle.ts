import {
  fixtureAuthors,
  fixtureCategories,
  fixtureModels,
  fixtureProviders,
  fixtureSamplingRate,
  fixtureTags,
  listMicroUsd,
  type FixtureGeneration,
} from '../../support/serving-fixture.ts';

// Counts a cost map from the raw generations in plain TypeScript. It shares no code with the rollups, the SQL or the
// functions that place points.

export interface OracleQuestion {
  readonly of: 'MODEL' | 'AUTHOR' | 'PROVIDER' | 'CATEGORY';
  readonly from: string;
  readonly to: string;
  readonly spend: 'LOGGED' | 'LOGGED_OR_ESTIMATED';
  readonly freeVariants: 'INCLUDE' | 'EXCLUDE';
  readonly labelWeighting: 'EACH' | 'SPLIT';
  readonly minTokens: number;
}

export interface OraclePoint {
  readonly entity: string;
  readonly source: string | null;
  readonly totalTokens: number;
  readonly requests: number;
  readonly pricedTokens: number;
  readonly spendUsd: number | null;
  readonly effectiveCostUsd: number | null;
  readonly estimatedShare: number | null;
  readonly quadrant: string | null;
  readonly listed: { listUsd: number; paidUsd: number; cachingGap: number | null; tokenShare: number } | null;
}

interface Counted {
  readonly each: FixtureGeneration;
  readonly weight: number;
}

const tokensOf = ({ promptTokens, completionTokens }: FixtureGeneration): number =>
  promptTokens + completionTokens;

export function countCostMap(generations: readonly FixtureGeneration[], question: OracleQuestion) {
  const { of, from, to, minTokens } = question;
  const groups = new Map<string, Counted[]>();
  for (const each of generations.filter(({ day }) => from <= day && day < to)) {
    const names = namesOf(each, of);
    const weight = question.labelWeighting === 'SPLIT' ? 1 / names.length : 1;
    for (const name of names) groups.set(name, [...(groups.get(name) ?? []), { each, weight }]);
  }
  const costs = [...groups]
    .map(([entity, members]) => ({ entity, ...costOf(members, question) }))
    .filter(({ requests, totalTokens }) => requests > 0 && totalTokens >= minTokens);
  const known = costs.filter(({ effectiveCostUsd }) => effectiveCostUsd !== null);
  const dividers = {
    cost: middle(known.map(({ effectiveCostUsd }) => effectiveCostUsd ?? 0)),
    tokens: middle(known.map(({ totalTokens }) => totalTokens)),
  };
  const points: OraclePoint[] = costs.map((each) => ({ ...each, quadrant: quarter(each, dividers, of) }));
  return { points, dividers };
}

function namesOf(each: FixtureGeneration, of: OracleQuestion['of']): string[] {
  const model = fixtureModels[each.model - 1];
  if (of === 'MODEL') return model === undefined ? [] : [model.id];
  if (of === 'AUTHOR') return model?.author ? [fixtureAuthors[model.author - 1] ?? ''] : [];
  if (of === 'PROVIDER') return each.provider === null ? [] : [fixtureProviders[each.provider - 1] ?? ''];
  const categories = (each.tags ?? []).map((tag) => fixtureTags[tag - 1]?.category ?? 0);
  return [...new Set(categories)].map((key) => fixtureCategories[key - 1] ?? '');
}

function costOf(members: readonly Counted[], question: OracleQuestion) {
  const scale = question.of === 'CATEGORY' ? fixtureSamplingRate : 1;
  const sum = (of: readonly Counted[], valueOf: (each: FixtureGeneration) => number): number =>
    of.reduce((total, { each, weight }) => total + weight * valueOf(each), 0);
  const paid = members.filter(({ each }) => !each.byok);
  const own = question.freeVariants === 'EXCLUDE' ? paid.filter(({ each }) => !each.free) : paid;
  const logged = own.filter(({ each }) => each.spendMicroUsd !== null);
  const estimated =
    question.spend === 'LOGGED'
      ? []
      : own.filter(({ each }) => each.spendMicroUsd === null && listMicroUsd(each) !== null);
  const priced = sum([...logged, ...estimated], tokensOf);
  const micro =
    sum(logged, (each) => each.spendMicroUsd ?? 0) + sum(estimated, (each) => listMicroUsd(each) ?? 0);
  const standard = paid.filter(({ each }) => !each.free && each.spendMicroUsd !== null);
  const listed = standard.filter(({ each }) => listMicroUsd(each) !== null);
  const [list, spent] = [
    sum(listed, (each) => listMicroUsd(each) ?? 0),
    sum(listed, (each) => each.spendMicroUsd ?? 0),
  ];
  return {
    source:
      question.of === 'MODEL' ? (fixtureModels[(members[0]?.each.model ?? 0) - 1]?.source ?? null) : null,
    totalTokens: sum(own, tokensOf) / scale,
    requests: sum(own, () => 1) / scale,
    pricedTokens: priced / scale,
    spendUsd: priced > 0 ? micro / 1e6 / scale : null,
    effectiveCostUsd: priced > 0 ? micro / priced : null,
    estimatedShare: priced > 0 ? sum(estimated, tokensOf) / priced : null,
    listed:
      listed.length === 0
        ? null
        : {
            listUsd: list / sum(listed, tokensOf),
            paidUsd: spent / sum(listed, tokensOf),
            cachingGap: list === 0 ? null : 1 - spent / list,
            tokenShare: sum(listed, tokensOf) / sum(standard, tokensOf),
          },
  };
}

function middle(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const at = (index: number): number => sorted[index] ?? Number.NaN;
  const half = Math.floor(sorted.length / 2);
  return sorted.length % 2 === 1 ? at(half) : (at(half - 1) + at(half)) / 2;
}

function quarter(
  { effectiveCostUsd, totalTokens }: Pick<OraclePoint, 'effectiveCostUsd' | 'totalTokens'>,
  dividers: { cost: number; tokens: number },
  of: OracleQuestion['of'],
): string | null {
  if (effectiveCostUsd === null) return null;
  const place = `${effectiveCostUsd > dividers.cost ? 'dear' : 'cheap'} ${totalTokens < dividers.tokens ? 'little' : 'much'}`;
  const names: Record<string, readonly [string, string]> = {
    'cheap much': ['EFFICIENT_GIANTS', 'MASS_MARKET_VOLUME_DRIVERS'],
    'dear much': ['PREMIUM_LEADERS', 'PREMIUM_WORKLOADS'],
    'dear little': ['PREMIUM_SPECIALISTS', 'SPECIALIZED_EXPERTS'],
    'cheap little': ['LONG_TAIL', 'NICHE_UTILITIES'],
  };
  return names[place]?.[of === 'CATEGORY' ? 1 : 0] ?? null;
}

/** Slope, intercept and correlation by the textbook's sums of logarithms; two points at least. */
export function textbookLine(points: readonly OraclePoint[]) {
  const logs = points.flatMap(({ effectiveCostUsd: cost, totalTokens }) =>
    cost === null || cost === 0 || totalTokens === 0
      ? []
      : [[Math.log10(cost), Math.log10(totalTokens) - 6] as const],
  );
  const n = logs.length;
  const sum = (valueOf: (x: number, y: number) => number) =>
    logs.reduce((all, [x, y]) => all + valueOf(x, y), 0);
  const [sx, sy, sxx, sxy, syy] = [
    sum((x) => x),
    sum((_, y) => y),
    sum((x) => x * x),
    sum((x, y) => x * y),
    sum((_, y) => y * y),
  ];
  const slope = (n * sxy - sx * sy) / (n * sxx - sx * sx);
  return {
    n,
    slope,
    intercept: (sy - slope * sx) / n,
    r: (n * sxy - sx * sy) / Math.sqrt((n * sxx - sx * sx) * (n * syy - sy * sy)),
  };
}
