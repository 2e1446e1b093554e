import type { CostMapRequest } from './cost-request.ts';
import { costSubjects } from './quadrants.ts';

const prefix = 'cost-point:';

/** A point of one map of one release: `cost-point:<release>?of=MODEL&entity=<id>`, and what of the map is not default. */
export interface CostPointId {
  readonly release: string;
  /** Id of the subject, without its kind. */
  readonly entity: string;
  readonly request: CostMapRequest;
}

export const costDefaults = {
  minTokens: 0,
  medianWeighting: 'NONE',
  spend: 'LOGGED',
  freeVariants: 'INCLUDE',
  labelWeighting: 'EACH',
} as const satisfies Partial<CostMapRequest>;

export function costPointId({ release, entity, request }: CostPointId): string {
  const { of, from, to, minTokens, medianWeighting, spend, freeVariants, labelWeighting } = request;
  const given = { from, to, minTokens, medianWeighting, spend, freeVariants, labelWeighting };
  const said = new URLSearchParams({ of, entity });
  for (const [name, value] of Object.entries(given)) {
    const isDefault = value === costDefaults[name as keyof typeof costDefaults];
    if (value !== null && value !== undefined && !isDefault) said.set(name, String(value));
  }
  return `${prefix}${release}?${said.toString()}`;
}

export function isCostPointId(id: string): boolean {
  return id.startsWith(prefix);
}

/** Null for text that no point has as its id. */
export function parseCostPointId(id: string): CostPointId | null {
  const [release = '', query = ''] = id.slice(prefix.length).split('?', 2);
  const given = new URLSearchParams(query);
  const oneOf = <const Value extends string>(name: string, values: readonly Value[]): Value | undefined =>
    values.find((value) => value === given.get(name));
  const day = (name: string): string | null => {
    const value = given.get(name);
    return value !== null && /^\d{4}-\d{2}-\d{2}$/.test(value) && !Number.isNaN(Date.parse(value))
      ? value
      : null;
  };
  const of = oneOf('of', costSubjects);
  const entity = given.get('entity');
  const minTokens = Number(given.get('minTokens') ?? costDefaults.minTokens);
  if (of === undefined || entity === null || !Number.isSafeInteger(minTokens) || minTokens < 0) return null;
  const parsed: CostPointId = {
    release,
    entity,
    request: {
      of,
      from: day('from'),
      to: day('to'),
      minTokens,
      medianWeighting: oneOf('medianWeighting', ['NONE', 'TOKENS']) ?? costDefaults.medianWeighting,
      spend: oneOf('spend', ['LOGGED', 'LOGGED_OR_ESTIMATED']) ?? costDefaults.spend,
      freeVariants: oneOf('freeVariants', ['INCLUDE', 'EXCLUDE']) ?? costDefaults.freeVariants,
      labelWeighting: oneOf('labelWeighting', ['EACH', 'SPLIT']) ?? costDefaults.labelWeighting,
    },
  };
  return costPointId(parsed) === id ? parsed : null;
}
