import type { AdditiveMeasureName, MeasureName } from '../../src/measures/measures.ts';
import { periodEnd, periodStart } from '../../src/measures/periods.ts';
import type { Filter, FilterValue, UsageQuery, UsageRow } from '../../src/measures/query.ts';
import type { DimensionName } from '../../src/measures/dimensions.ts';
import { fixtureModels, fixtureRange, type FixtureGeneration } from '../support/serving-fixture.ts';

/**
 * Counts usage from the raw generations in plain TypeScript. It shares no code with the planner, the SQL
 * builder or the aggregate tables.
 */
export function countUsage(generations: readonly FixtureGeneration[], query: UsageQuery): UsageRow[] {
  const counted = generations.filter(
    (each) => each.day >= query.from && each.day < query.to && passes(each, query.where),
  );
  const groups = new Map<string, FixtureGeneration[]>();
  for (const each of counted) {
    const period = query.grain === null ? null : periodStart(each.day, query.grain);
    const group = JSON.stringify([period, ...query.groupBy.map((name) => valueOf(each, name))]);
    const members = groups.get(group);
    if (members === undefined) groups.set(group, [each]);
    else members.push(each);
  }
  const sums = [...groups].map(([group, members]) => {
    const [period, ...values] = JSON.parse(group) as [string | null, ...FilterValue[]];
    return { period, values, members };
  });
  return sums.map(({ period, values, members }) => ({
    period,
    groups: Object.fromEntries(query.groupBy.map((name, index) => [name, values[index] ?? null])),
    measures: Object.fromEntries(
      query.measures.map((name) => [name, measure(name, members, query, period, generations)]),
    ),
    shares: Object.fromEntries(
      query.shares.map((name) => {
        const base = sums.filter((each) => query.shareOf === 'ALL' || each.period === period);
        return [
          name,
          share(
            name,
            members,
            base.flatMap((each) => each.members),
          ),
        ];
      }),
    ),
  }));
}

export function valueOf(each: FixtureGeneration, name: DimensionName): FilterValue | null {
  const model = fixtureModels.find(({ key }) => key === each.model)!;
  const values: Record<DimensionName, FilterValue | null> = {
    MODEL: each.model,
    AUTHOR: model.author,
    PROVIDER: each.provider,
    SOURCE: model.source,
    ORIGIN: model.origin,
    SOURCE_GROUP: model.sourceGroup,
    SIZE: model.size,
    REASONING: model.reasoning,
    COUNTRY: each.country,
  };
  return values[name];
}

function passes(each: FixtureGeneration, filter: Filter | null): boolean {
  if (filter === null) return true;
  if (filter.kind === 'all') return filter.of.every((part) => passes(each, part));
  if (filter.kind === 'any') return filter.of.some((part) => passes(each, part));
  if (!('dimension' in filter)) return false;
  const value = valueOf(each, filter.dimension);
  if (filter.kind === 'known') return (value !== null) === filter.known;
  const isIn = value !== null && filter.values.includes(value);
  return filter.kind === 'in' ? isIn : !isIn;
}

function measure(
  name: MeasureName,
  members: readonly FixtureGeneration[],
  query: UsageQuery,
  period: string | null,
  all: readonly FixtureGeneration[],
): number | string | null {
  if (name === 'SPEND_USD') {
    const micro = sum(members.map((each) => each.spendMicroUsd));
    return micro === null ? null : String(micro / 1e6);
  }
  if (name === 'EFFECTIVE_COST_USD') {
    const billed = members.filter(({ byok, spendMicroUsd }) => !byok && spendMicroUsd !== null);
    const tokens = sum(billed.map(tokensOf));
    const micro = sum(billed.map((each) => each.spendMicroUsd));
    return tokens === null || micro === null || tokens === 0 ? null : micro / tokens;
  }
  if (name === 'DISTINCT_USERS') return users(members, query, period, all);
  return additive(name, members);
}

function additive(name: AdditiveMeasureName, members: readonly FixtureGeneration[]): number | null {
  if (name === 'REQUESTS') return members.length;
  if (name === 'SPEND_USD') return sum(members.map((each) => each.spendMicroUsd));
  const columns = {
    PROMPT_TOKENS: (each: FixtureGeneration) => each.promptTokens,
    COMPLETION_TOKENS: (each: FixtureGeneration) => each.completionTokens,
    REASONING_TOKENS: (each: FixtureGeneration) => each.reasoningTokens,
    CACHED_TOKENS: (each: FixtureGeneration) => each.cachedTokens,
    TOTAL_TOKENS: tokensOf,
  };
  return sum(members.map(columns[name]));
}

/** Users of the whole period, whatever part of it the filter on labels keeps; null where the range cuts it. */
function users(
  members: readonly FixtureGeneration[],
  query: UsageQuery,
  period: string | null,
  all: readonly FixtureGeneration[],
): number | null {
  if (period === null || query.grain === null) return null;
  const end = periodEnd(period, query.grain);
  const startsCut = period < query.from && query.from > fixtureRange.from;
  const endsCut = end > query.to && query.to < fixtureRange.to;
  if (startsCut || endsCut) return null;
  const model = query.groupBy.includes('MODEL') ? members[0]?.model : undefined;
  const active = all.filter(
    ({ day, model: used }) => day >= period && day < end && (model === undefined || used === model),
  );
  return new Set(active.flatMap(({ user }) => user ?? [])).size || null;
}

function share(
  name: AdditiveMeasureName,
  members: readonly FixtureGeneration[],
  base: readonly FixtureGeneration[],
): number | null {
  const part = additive(name, members);
  const whole = additive(name, base);
  return part === null || whole === null || whole === 0 ? null : part / whole;
}

const tokensOf = (each: FixtureGeneration): number => each.promptTokens + each.completionTokens;

function sum(values: readonly (number | null)[]): number | null {
  const known = values.filter((value) => value !== null);
  return known.length === 0 ? null : known.reduce((total, value) => total + value, 0);
}
