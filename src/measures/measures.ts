import { costMeasures, type CostMeasureName } from './cost-map/cost-measures.ts';
import { distributions, measures } from './measure-list.ts';
import type { Distribution, Measure } from './types.ts';

export { distributions, measures };

export const percentiles = { p50: 0.5, p90: 0.9, p95: 0.95, p99: 0.99 } as const;

/** Measures of the API, and the sums that costs are made of. */
export type MeasureName = (typeof measures)[number]['name'] | CostMeasureName;
export type AdditiveMeasureName = Extract<(typeof measures)[number], { kind: 'SUM' }>['name'];
export type DistributionName = (typeof distributions)[number]['name'];
export type PercentileName = keyof typeof percentiles;

const byName = new Map<string, Measure>(
  [...measures, ...costMeasures].map((measure) => [measure.name, measure]),
);
const byField = new Map<string, Measure>(measures.map((measure) => [measure.field, measure]));

export function measureNamed(name: MeasureName): Measure {
  const measure = byName.get(name);
  // Names come from the schema's own enums, so a miss is a fault of the program.
  if (measure === undefined) throw new Error(`There is no measure ${name}`);
  return measure;
}

export function measureOfField(field: string): Measure | undefined {
  return byField.get(field);
}

export function distributionOfField(field: string): Distribution | undefined {
  return distributions.find((distribution) => distribution.field === field);
}

export function isMeasureName(name: string): name is MeasureName {
  return byName.has(name);
}
