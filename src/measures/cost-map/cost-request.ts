import { AtlasError } from '../../errors.ts';
import { refuseTooDear } from '../cost.ts';
import { usageLimits } from '../limits.ts';
import type { Day } from '../periods.ts';
import type { LabelWeighting, UsageQuery } from '../query.ts';
import type { ReleaseCatalog } from '../release.ts';
import { validateUsage } from '../usage-request.ts';
import { costMeasures } from './cost-measures.ts';
import type { CostOptions } from './effective-cost.ts';
import type { CostSubject } from './quadrants.ts';

/** Every point alike, or by the tokens that it stands for. */
export type CostWeighting = 'NONE' | 'TOKENS';

/** Which usage costs are of. */
export interface CostScope {
  readonly from?: Day | null;
  readonly to?: Day | null;
  readonly labelWeighting?: LabelWeighting | null;
}

/** What a map is made of: all that decides its points and their quadrants. */
export interface CostMapRequest extends CostScope, CostOptions {
  readonly of: CostSubject;
  readonly minTokens: number;
  readonly medianWeighting: CostWeighting;
}

/** Costs of all that the scope holds, ungrouped: what a nested field of an entity asks for. */
export function costQuery(catalog: ReleaseCatalog, { from, to, labelWeighting }: CostScope): UsageQuery {
  return validateUsage(
    catalog,
    { from: from ?? null, to: to ?? null, labelWeighting: labelWeighting ?? null },
    { measures: costMeasures.map(({ name }) => name), shares: [], distributions: [] },
  );
}

/** Costs by subject: one row each, and one for what has none. */
export function costMapQuery(catalog: ReleaseCatalog, request: CostMapRequest): UsageQuery {
  if (request.minTokens < 0) {
    throw new AtlasError('BAD_ARGUMENT', `\`minTokens\` is ${request.minTokens}: give 0 or more.`);
  }
  const query = { ...costQuery(catalog, request), groupBy: [request.of], limit: usageLimits.pageRows };
  refuseTooDear(query, catalog);
  return query;
}
