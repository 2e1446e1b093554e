import type { SizeClass } from './types.ts';

export interface ParameterCount {
  /** Billions; null where the name gives the active count only. */
  readonly total: number | null;
  readonly active: number | null;
}

/** Mixtures of experts share their attention, so `8x7b` is not 56B: counts as Mistral published them. */
const mixtures: Readonly<Record<string, ParameterCount>> = {
  '8x7b': { total: 46.7, active: 12.9 },
  '8x22b': { total: 141, active: 39 },
};

/**
 * Parameters as a name states them: `70b`, `235b-a22b` (total and active), `17b-128e` (active and number of experts),
 * `8x7b`, `1t`. `e4b` is an effective size, not a count, and is passed over. Null where the name says nothing, or two
 * different totals.
 */
export function parametersFromName(name: string): ParameterCount | null {
  const text = name.toLowerCase();
  const mixture = /(?:^|[^a-z0-9])(8x(?:7|22)b)(?![a-z0-9])/.exec(text)?.[1];
  if (mixture !== undefined) return mixtures[mixture] ?? null;
  const active = /(?:^|[^a-z0-9])a(\d+(?:\.\d+)?)b(?![a-z0-9])/.exec(text)?.[1];
  const activeOfExperts = /(?:^|[^a-z0-9.])(\d+(?:\.\d+)?)b-\d+e(?![a-z0-9])/.exec(text)?.[1];
  if (activeOfExperts !== undefined) return { total: null, active: Number(activeOfExperts) };
  const totals = [...text.matchAll(/(?:^|[^a-z0-9.])(\d+(?:\.\d+)?)([bt])(?![a-z0-9])/g)].map(
    ([, count, unit]) => Number(count) * (unit === 't' ? 1000 : 1),
  );
  const [total] = totals;
  if (total !== undefined && totals.some((other) => other !== total)) return null;
  if (total === undefined && active === undefined) return null;
  return { total: total ?? null, active: active === undefined ? null : Number(active) };
}

/** The study's size classes, by total parameters. */
export function sizeClassOf(parametersBillions: number | null): SizeClass | null {
  if (parametersBillions === null) return null;
  if (parametersBillions < 15) return 'SMALL';
  return parametersBillions < 70 ? 'MEDIUM' : 'LARGE';
}
