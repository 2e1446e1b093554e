import { AtlasError } from '../errors.ts';
import { dimensionOfField, dimensions } from './dimensions.ts';
import { usageLimits } from './limits.ts';
import type { Filter, FilterValue } from './query.ts';
import type { ReleaseCatalog } from './release.ts';
import type { Dimension } from './types.ts';
import { entityKey } from './entity-id.ts';

/** Conditions on one dimension, as the API takes them. All that are given must hold. */
export interface DimensionCondition {
  eq?: string | boolean | null;
  in?: readonly string[] | null;
  notIn?: readonly string[] | null;
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
  const conditions = dimensions.flatMap(({ field }) => {
    const condition = input[field] as DimensionCondition | null | undefined;
    return condition ? resolveCondition(dimensionOfField(field), condition, catalog) : [];
  });
  const nested = (inputs: readonly UsageFilterInput[] | null | undefined): Filter[] =>
    (inputs ?? []).map((each) => resolveLevel(each, catalog, depth + 1));
  const any = nested(input.or);
  return {
    kind: 'all',
    of: [...conditions, ...nested(input.and), ...(any.length > 0 ? [{ kind: 'any' as const, of: any }] : [])],
  };
}

function resolveCondition(
  dimension: Dimension,
  condition: DimensionCondition,
  catalog: ReleaseCatalog,
): Filter[] {
  const name = dimension.name as (typeof dimensions)[number]['name'];
  const values = (given: readonly (string | boolean)[], operator: string): FilterValue[] => {
    if (given.length === 0 || given.length > usageLimits.filterValues) {
      throw new AtlasError(
        'LIMIT_EXCEEDED',
        `\`${dimension.field}.${operator}\` has ${given.length} values; 1 to ${usageLimits.filterValues} are allowed.`,
      );
    }
    return given.map((value) => resolveValue(dimension, value, catalog));
  };
  const filters: Filter[] = [];
  const { eq, in: any, notIn, known } = condition;
  if (eq !== null && eq !== undefined)
    filters.push({ kind: 'in', dimension: name, values: values([eq], 'eq') });
  if (any) filters.push({ kind: 'in', dimension: name, values: values(any, 'in') });
  if (notIn) filters.push({ kind: 'notIn', dimension: name, values: values(notIn, 'notIn') });
  if (known !== null && known !== undefined) filters.push({ kind: 'known', dimension: name, known });
  return filters;
}

function resolveValue(dimension: Dimension, value: string | boolean, catalog: ReleaseCatalog): FilterValue {
  if (typeof value === 'boolean') return value;
  if (dimension.entity !== undefined) return entityKey(dimension.entity, value, catalog);
  if (dimension.pattern === undefined) return value;
  const text = value.toUpperCase();
  if (!dimension.pattern.test(text)) {
    throw new AtlasError(
      'BAD_ARGUMENT',
      `\`${dimension.field}\` takes two-letter codes such as DE, not '${value.slice(0, 40)}'.`,
    );
  }
  return text;
}

/** An empty `and`, `or` or condition asks for nothing; `any` of nothing is dropped before it is built. */
function countConditions(filter: Filter): number {
  return 'of' in filter ? filter.of.reduce((sum, part) => sum + countConditions(part), 0) : 1;
}
