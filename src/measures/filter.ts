import { AtlasError } from '../errors.ts';
import { dimensions, type DimensionName } from './dimensions.ts';
import { entityKey } from './entity-id.ts';
import { usageLimits } from './limits.ts';
import type { Filter, FilterValue } from './query.ts';
import type { ReleaseCatalog } from './release.ts';
import type { Dimension } from './types.ts';

/** Conditions on one dimension, as the API takes them. All that are given must hold. */
export interface DimensionCondition {
  eq?: string | boolean | null;
  in?: readonly string[] | null;
  notIn?: readonly string[] | null;
  gte?: string | null;
  lt?: string | null;
  known?: boolean | null;
}

/** `{ model: { in: […] }, or: [ … ] }`: fields are dimensions, all of them must hold. */
export interface UsageFilterInput {
  and?: readonly UsageFilterInput[] | null;
  or?: readonly UsageFilterInput[] | null;
  [field: string]: DimensionCondition | readonly UsageFilterInput[] | null | undefined;
}

/** Checks a filter against its limits and turns ids of entities into the release's keys. */
export function resolveFilter(
  input: UsageFilterInput | null | undefined,
  catalog: ReleaseCatalog,
): Filter | null {
  if (input === null || input === undefined) return null;
  const filter = resolveLevel(input, catalog, 1);
  const conditions = countConditions(filter);
  if (conditions > usageLimits.filterConditions) {
    throw new AtlasError(
      'LIMIT_EXCEEDED',
      `The filter has ${conditions} conditions; at most ${usageLimits.filterConditions} are allowed.`,
    );
  }
  return conditions === 0 ? null : filter;
}

function resolveLevel(input: UsageFilterInput, catalog: ReleaseCatalog, depth: number): Filter {
  if (depth > usageLimits.filterDepth) {
    throw new AtlasError('LIMIT_EXCEEDED', `Filters nest at most ${usageLimits.filterDepth} deep.`);
  }
  const conditions = dimensions.flatMap((dimension) => {
    const condition = input[dimension.field] as DimensionCondition | null | undefined;
    return condition ? resolveCondition(dimension, dimension.name, condition, catalog) : [];
  });
  const nested = (inputs: readonly UsageFilterInput[] | null | undefined): Filter[] =>
    (inputs ?? []).map((each) => resolveLevel(each, catalog, depth + 1));
  const any = nested(input.or);
  // Of those that must all hold, one without conditions says nothing.
  const all = nested(input.and).filter((filter) => countConditions(filter) > 0);
  return {
    kind: 'all',
    of: [...conditions, ...all, ...(any.length > 0 ? [{ kind: 'any' as const, of: any }] : [])],
  };
}

function resolveCondition(
  dimension: Dimension,
  name: DimensionName,
  condition: DimensionCondition,
  catalog: ReleaseCatalog,
): Filter[] {
  const valueOf = (value: string | boolean): FilterValue => resolveValue(dimension, value, catalog);
  const { eq, in: any, notIn, gte, lt, known } = condition;
  return [
    ...(isGiven(eq) ? [{ kind: 'in' as const, dimension: name, values: [valueOf(eq)] }] : []),
    ...(any
      ? [{ kind: 'in' as const, dimension: name, values: checkList(dimension, 'in', any).map(valueOf) }]
      : []),
    ...(notIn
      ? [
          {
            kind: 'notIn' as const,
            dimension: name,
            values: checkList(dimension, 'notIn', notIn).map(valueOf),
          },
        ]
      : []),
    ...(isGiven(gte) || isGiven(lt) ? [resolveRange(dimension, name, gte ?? null, lt ?? null, valueOf)] : []),
    ...(isGiven(known) ? [{ kind: 'known' as const, dimension: name, known }] : []),
  ];
}

/** Labels range in their declared order, entities by id (their keys are given in that order), codes by text. */
function resolveRange(
  { values }: Dimension,
  name: DimensionName,
  gte: string | null,
  lt: string | null,
  valueOf: (value: string) => FilterValue,
): Filter {
  if (values === undefined) {
    return {
      kind: 'range',
      dimension: name,
      from: gte === null ? null : valueOf(gte),
      to: lt === null ? null : valueOf(lt),
    };
  }
  const names = Object.keys(values);
  const from = gte === null ? 0 : names.indexOf(gte);
  const to = lt === null ? names.length : names.indexOf(lt);
  const within = names.slice(from, to);
  return within.length === 0
    ? {
        kind: 'all',
        of: [
          { kind: 'known', dimension: name, known: true },
          { kind: 'known', dimension: name, known: false },
        ],
      }
    : { kind: 'in', dimension: name, values: within };
}

function checkList({ field }: Dimension, operator: string, values: readonly string[]): readonly string[] {
  if (values.length >= 1 && values.length <= usageLimits.filterValues) return values;
  throw new AtlasError(
    'LIMIT_EXCEEDED',
    `\`${field}.${operator}\` has ${values.length} values; 1 to ${usageLimits.filterValues} are allowed.`,
  );
}

function resolveValue(
  { entity, field, code }: Dimension,
  value: string | boolean,
  catalog: ReleaseCatalog,
): FilterValue {
  if (typeof value === 'boolean') return value;
  if (entity !== undefined) return entityKey(entity, value, catalog);
  if (code !== undefined && !code.pattern.test(value)) {
    throw new AtlasError(
      'BAD_ARGUMENT',
      `\`${field}\` takes codes such as ${code.example}, not '${value.slice(0, 40)}'.`,
    );
  }
  return value;
}

function isGiven<T>(value: T | null | undefined): value is T {
  return value !== null && value !== undefined;
}

/** An empty `and`, `or` or condition asks for nothing. */
function countConditions(filter: Filter): number {
  return 'of' in filter ? filter.of.reduce((sum, part) => sum + countConditions(part), 0) : 1;
}
