import type { DimensionName } from '../../src/measures/dimensions.ts';
import type { DistributionName, MeasureName } from '../../src/measures/measures.ts';
import { addPeriods, periodEnd, periodStart, type DayRange } from '../../src/measures/periods.ts';
import type { Filter, FilterValue, UsageQuery } from '../../src/measures/query.ts';
import {
  fixtureContinents,
  fixtureModels,
  fixtureRange,
  fixtureSamplingRate,
  fixtureTags,
  type FixtureGeneration,
} from '../support/serving-fixture.ts';

// Counts usage from the raw generations in plain TypeScript. It shares no code with the planner, the SQL
// builder or the aggregate tables, only the arithmetic of the calendar.

/** A generation as it counts in one group: a prompt with several labels counts several times. */
interface Counted {
  readonly each: FixtureGeneration;
  readonly weight: number;
  readonly tag: number | null;
  readonly category: number | null;
}

export interface OracleRow {
  readonly period: string | null;
  readonly others: boolean;
  readonly groups: Record<string, FilterValue | null>;
  readonly measures: Record<string, number | null>;
  readonly shares: Record<string, number | null>;
  readonly base: Record<string, number | null> | null;
  /** True percentiles, which the answer is allowed to miss by its stated error. */
  readonly distributions: Record<string, (number | null)[]>;
}

interface Group {
  readonly period: string | null;
  readonly others: boolean;
  readonly values: readonly (FilterValue | null)[];
  readonly members: readonly Counted[];
  readonly earlier: readonly Counted[];
}

export function countUsage(generations: readonly FixtureGeneration[], query: UsageQuery): OracleRow[] {
  const used = new Set<DimensionName>([...query.groupBy, ...filtered(query.where)]);
  const counted = weighted(generations, query, used).filter((row) => passes(row, query.where));
  const groups = topGroups(query, groupsOf(counted, query));
  const sampled = used.has('TAG') || used.has('CATEGORY');
  return groups.map((group) => ({
    period: group.period,
    others: group.others,
    groups: Object.fromEntries(
      query.groupBy.map((name, index) => [name, group.others ? null : (group.values[index] ?? null)]),
    ),
    measures: Object.fromEntries(
      query.measures.map((name) => [name, measure(name, group, group.members, query, generations, sampled)]),
    ),
    shares: Object.fromEntries(query.shares.map((name) => [name, share(name, group, groups, query)])),
    base:
      query.comparedTo === null
        ? null
        : Object.fromEntries(
            query.measures.map((name) => [
              name,
              name === 'DISTINCT_USERS'
                ? null
                : measure(name, group, group.earlier, query, generations, sampled),
            ]),
          ),
    distributions: Object.fromEntries(
      query.distributions.map((name) => [
        name,
        group.others ? [null, null, null, null] : truePercentiles(name, group.members),
      ]),
    ),
  }));
}

/** The rows that count: labelled prompts once per label where content is asked for, else each generation once. */
function weighted(
  generations: readonly FixtureGeneration[],
  query: UsageQuery,
  used: ReadonlySet<DimensionName>,
): Counted[] {
  if (!used.has('TAG') && !used.has('CATEGORY')) {
    return generations.map((each) => ({ each, weight: 1, tag: null, category: null }));
  }
  return generations.flatMap((each) => {
    const tags = each.tags ?? [];
    const categoryOf = (tag: number): number => fixtureTags[tag - 1]!.category;
    const labels = used.has('TAG')
      ? tags.map((tag) => ({ tag, category: categoryOf(tag) }))
      : [...new Set(tags.map(categoryOf))].map((category) => ({ tag: null, category }));
    const weight = query.labelWeighting === 'EACH' ? 1 : 1 / labels.length;
    return labels.map((label) => ({ each, weight, ...label }));
  });
}

export function valueOf({ each, tag, category }: Counted, name: DimensionName): FilterValue | null {
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
    CATEGORY: category,
    TAG: tag,
    COUNTRY: each.country,
    CONTINENT: each.country === null ? null : (fixtureContinents[each.country] ?? null),
    LANGUAGE: each.language,
  };
  return values[name];
}

function filtered(filter: Filter | null): DimensionName[] {
  if (filter === null) return [];
  return 'of' in filter ? filter.of.flatMap(filtered) : [filter.dimension];
}

function passes(row: Counted, filter: Filter | null): boolean {
  if (filter === null) return true;
  if ('of' in filter) {
    return filter.kind === 'all'
      ? filter.of.every((part) => passes(row, part))
      : filter.of.length === 0 || filter.of.some((part) => passes(row, part));
  }
  const value = valueOf(row, filter.dimension);
  if ('known' in filter) return (value !== null) === filter.known;
  if ('values' in filter) {
    const isIn = value !== null && filter.values.includes(value);
    return filter.kind === 'in' ? isIn : !isIn;
  }
  return (
    (filter.from === null || (value !== null && value >= filter.from)) &&
    (filter.to === null || (value !== null && value < filter.to))
  );
}

function groupsOf(counted: readonly Counted[], query: UsageQuery): Group[] {
  const groups = new Map<string, { members: Counted[]; earlier: Counted[] }>();
  const add = (row: Counted, period: string | null, into: 'members' | 'earlier'): void => {
    const key = JSON.stringify([period, ...query.groupBy.map((name) => valueOf(row, name))]);
    const group = groups.get(key) ?? { members: [], earlier: [] };
    group[into].push(row);
    groups.set(key, group);
  };
  for (const row of counted) {
    const { day } = row.each;
    const period = query.calendar === null ? null : periodStart(day, query.calendar);
    if (isIn(day, query)) add(row, period, 'members');
    if (query.comparedTo !== null && isIn(day, query.comparedTo.range))
      add(row, moved(period, query), 'earlier');
  }
  return [...groups].map(([key, group]) => {
    const [period, ...values] = JSON.parse(key) as [string | null, ...(FilterValue | null)[]];
    return { period, values, others: false, ...group };
  });
}

const isIn = (day: string, { from, to }: DayRange): boolean => day >= from && day < to;

/** Where an earlier period stands among the later ones. */
function moved(period: string | null, { calendar, comparedTo }: UsageQuery): string | null {
  if (period === null || calendar === null || comparedTo === null) return period;
  const yearly = { DAY: 364, WEEK: 52, MONTH: 12, QUARTER: 4 };
  return addPeriods(period, calendar, comparedTo.what === 'PREVIOUS_PERIOD' ? 1 : yearly[calendar.grain]);
}

function topGroups(query: UsageQuery, groups: readonly Group[]): Group[] {
  const present = (all: readonly Group[]): Group[] => all.filter(({ members }) => members.length > 0);
  const { top } = query;
  if (top === null) return present(groups);
  const scopeOf = ({ period }: Group): string => (top.within === 'PERIOD' ? String(period) : '');
  const weights = new Map<string, { scope: string; values: Group['values']; members: Counted[] }>();
  for (const group of groups) {
    const key = JSON.stringify([scopeOf(group), group.values]);
    const entry = weights.get(key) ?? { scope: scopeOf(group), values: group.values, members: [] };
    entry.members.push(...group.members);
    weights.set(key, entry);
  }
  const ranked = [...weights]
    .filter(([, { values }]) => !values.includes(null))
    .map(([key, entry]) => ({ key, ...entry, weight: quotient(top.by, entry.members) }))
    .sort((a, b) => (b.weight ?? -Infinity) - (a.weight ?? -Infinity) || compareValues(a.values, b.values));
  const kept = new Set<string>();
  const counts = new Map<string, number>();
  for (const { key, scope } of ranked) {
    const count = counts.get(scope) ?? 0;
    if (count < top.count) kept.add(key);
    counts.set(scope, count + 1);
  }
  const isKept = (group: Group): boolean => kept.has(JSON.stringify([scopeOf(group), group.values]));
  const others = new Map<string | null, Group>();
  for (const group of groups.filter((each) => !isKept(each))) {
    const so = others.get(group.period) ?? {
      period: group.period,
      values: [],
      others: true,
      members: [],
      earlier: [],
    };
    others.set(group.period, {
      ...so,
      members: [...so.members, ...group.members],
      earlier: [...so.earlier, ...group.earlier],
    });
  }
  return present([...groups.filter(isKept), ...(top.others === 'SHOW' ? others.values() : [])]);
}

function compareValues(a: Group['values'], b: Group['values']): number {
  for (const [index, value] of a.entries()) {
    const other = b[index] ?? null;
    if (value !== other) return (value ?? '') < (other ?? '') ? -1 : 1;
  }
  return 0;
}

function measure(
  name: MeasureName,
  group: Group,
  rows: readonly Counted[],
  query: UsageQuery,
  all: readonly FixtureGeneration[],
  sampled: boolean,
): number | null {
  if (name === 'DISTINCT_MODELS') return new Set(rows.map(({ each }) => each.model)).size;
  if (name === 'DISTINCT_USERS') return users(group, query, all);
  const value = quotient(name, rows);
  const isSum = name in sums;
  return value === null || !sampled || !isSum ? value : value / fixtureSamplingRate;
}

const tokensOf = (each: FixtureGeneration): number => each.promptTokens + each.completionTokens;
const flag = (value: boolean | null): number | null => (value === null ? null : Number(value));

/** What each sum adds up, null where the log does not tell. */
const sums: Record<string, (each: FixtureGeneration) => number | null> = {
  REQUESTS: () => 1,
  PROMPT_TOKENS: (each) => each.promptTokens,
  COMPLETION_TOKENS: (each) => each.completionTokens,
  REASONING_TOKENS: (each) => each.reasoningTokens,
  CACHED_TOKENS: (each) => each.cachedTokens,
  TOTAL_TOKENS: tokensOf,
  SPEND_USD: (each) => (each.spendMicroUsd === null ? null : each.spendMicroUsd / 1e6),
  TOOL_CALL_REQUESTS: (each) => flag(each.toolCall),
  TOOL_CALL_TOKENS: (each) => (each.toolCall === null ? null : each.toolCall ? tokensOf(each) : 0),
  TOOLS_OFFERED_REQUESTS: (each) => flag(each.toolsOffered),
  STREAMED_REQUESTS: (each) => flag(each.streamed),
  CANCELLED_REQUESTS: (each) => flag(each.cancelled),
  BYOK_REQUESTS: (each) => flag(each.byok),
  BYOK_TOKENS: (each) => (each.byok ? tokensOf(each) : 0),
};

const means: Record<string, string> = {
  MEAN_PROMPT_TOKENS: 'PROMPT_TOKENS',
  MEAN_COMPLETION_TOKENS: 'COMPLETION_TOKENS',
  MEAN_REASONING_TOKENS: 'REASONING_TOKENS',
  MEAN_SEQUENCE_TOKENS: 'TOTAL_TOKENS',
};

function quotient(name: MeasureName, rows: readonly Counted[]): number | null {
  const sumOf = (measured: string, of = rows): number | null => {
    const known = of.flatMap(({ each, weight }) => {
      const value = sums[measured]!(each);
      return value === null ? [] : [value * weight];
    });
    return known.length === 0 ? null : known.reduce((total, value) => total + value, 0);
  };
  if (name in sums) return sumOf(name);
  const billed = rows.filter(({ each }) => !each.byok && each.spendMicroUsd !== null);
  const [part, whole, factor] =
    name === 'EFFECTIVE_COST_USD'
      ? [sumOf('SPEND_USD', billed), sumOf('TOTAL_TOKENS', billed), 1e6]
      : [sumOf(means[name]!), sumOf('REQUESTS'), 1];
  return part === null || whole === null || whole === 0 ? null : (part / whole) * factor;
}

/** Users of the whole period, whatever part of it the filter on labels keeps; null where the range cuts it. */
function users(group: Group, query: UsageQuery, all: readonly FixtureGeneration[]): number | null {
  const { calendar } = query;
  if (group.period === null || calendar === null || group.others) return null;
  const end = periodEnd(group.period, calendar);
  const startsCut = group.period < query.from && query.from > fixtureRange.from;
  const endsCut = end > query.to && query.to < fixtureRange.to;
  const [name] = query.groupBy;
  if (startsCut || endsCut || (name !== undefined && group.values[0] === null)) return null;
  const active = all.filter((each) => {
    const row = { each, weight: 1, tag: null, category: null };
    const isGroup = name === undefined || valueOf(row, name) === group.values[0];
    return each.day >= group.period! && each.day < end && isGroup;
  });
  return new Set(active.flatMap(({ user }) => user ?? [])).size || null;
}

function share(name: MeasureName, group: Group, groups: readonly Group[], query: UsageQuery): number | null {
  const index = query.groupBy.findIndex((dimension) => dimension === query.shareOf);
  const valueAt = (each: Group): FilterValue | null => (each.others ? null : (each.values[index] ?? null));
  const base = groups.filter((each) => {
    if (query.shareOf === 'ALL') return true;
    if (each.period !== group.period) return false;
    return query.shareOf === 'PERIOD' || valueAt(each) === valueAt(group);
  });
  const part = quotient(name, group.members);
  const whole = quotient(
    name,
    base.flatMap(({ members }) => members),
  );
  return part === null || whole === null || whole === 0 ? null : part / whole;
}

const distributed: Record<DistributionName, (each: FixtureGeneration) => number | null> = {
  PROMPT_TOKENS: (each) => each.promptTokens,
  COMPLETION_TOKENS: (each) => each.completionTokens,
  SEQUENCE_TOKENS: tokensOf,
  LATENCY_MS: (each) => each.latencyMs,
  TIME_TO_FIRST_TOKEN_MS: (each) => each.timeToFirstTokenMs,
};

function truePercentiles(name: DistributionName, rows: readonly Counted[]): (number | null)[] {
  const values = rows.flatMap(({ each }) => distributed[name](each) ?? []).sort((a, b) => a - b);
  return [0.5, 0.9, 0.95, 0.99].map((part) => values[Math.ceil(part * values.length) - 1] ?? null);
}
