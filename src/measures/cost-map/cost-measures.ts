import type { Measure } from '../types.ts';

/** Columns that costs are made of. Those from `estimated_tokens` on are kept by provider and by category only. */
export const costColumns = [
  'requests',
  'byok_requests',
  'prompt_tokens',
  'completion_tokens',
  'total_tokens',
  'byok_tokens',
  'billed_tokens',
  'billed_spend_usd',
  'estimated_tokens',
  'estimated_spend_usd',
  'listed_tokens',
  'listed_spend_usd',
  'list_cost_usd',
  'free_requests',
  'free_tokens',
  'free_billed_tokens',
  'free_billed_spend_usd',
  'free_estimated_tokens',
  'unsplit_tokens',
] as const;

export type CostColumn = (typeof costColumns)[number];
export type CostMeasureName = `COST_${Uppercase<CostColumn>}`;

export function costMeasureName(column: CostColumn): CostMeasureName {
  return `COST_${column.toUpperCase() as Uppercase<CostColumn>}`;
}

/**
 * The columns as measures that a query can ask for, though the API offers them in points of cost only. All are read
 * as exact decimals, also the counts, which a sample estimates in fractions.
 */
export const costMeasures: readonly (Measure & { readonly name: CostMeasureName })[] = costColumns.map(
  (column) => ({
    name: costMeasureName(column),
    field: costMeasureName(column),
    description: `Sum of ${column}, for costs.`,
    unit: 'tokens',
    type: 'DECIMAL',
    kind: 'SUM',
    columns: [column],
    coverage: 'spend',
    scope: 'spend:read',
  }),
);
