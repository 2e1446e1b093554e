import { costColumns } from '../../measures/cost-map/cost-measures.ts';
import { measureNamed, type MeasureName, measures } from '../../measures/measures.ts';
import type { Coverage } from '../../measures/release.ts';
import type { Rollup } from '../../measures/rollups.ts';
import { squaredColumns } from '../../measures/sql/components.ts';
import type { Measure } from '../../measures/types.ts';
import type { Column } from '../columns.ts';

/** A column of sums, and the measure whose right to be asked for it has. */
export interface SumColumn extends Column {
  readonly measure: MeasureName;
}

/** What the measures of the API and the points of the cost map are made of, with the words for each. */
const parts: Readonly<Record<string, { unit: string; description: string }>> = {
  billed_tokens: { unit: 'tokens', description: 'Tokens whose spend is known, BYOK left out.' },
  billed_spend_usd: {
    unit: 'USD',
    description:
      'Money paid for billed_tokens. The effective cost per 1M tokens is this ÷ billed_tokens × 10⁶, of sums of both.',
  },
  estimated_tokens: {
    unit: 'tokens',
    description: 'Tokens without a known spend, BYOK left out, whose list price of the day is known.',
  },
  estimated_spend_usd: { unit: 'USD', description: 'What estimated_tokens cost by the list.' },
  listed_tokens: {
    unit: 'tokens',
    description: 'Billed tokens, not of free variants, whose list price of the day is known.',
  },
  listed_spend_usd: { unit: 'USD', description: 'Money paid for listed_tokens.' },
  list_cost_usd: { unit: 'USD', description: 'What listed_tokens would have cost by the list.' },
  free_requests: {
    unit: 'requests',
    description:
      'The part of requests that went to free variants, BYOK left out; null where few users keep it from being told apart.',
  },
  free_tokens: {
    unit: 'tokens',
    description: 'The part of total_tokens of free variants, as free_requests.',
  },
  free_billed_tokens: { unit: 'tokens', description: 'The part of billed_tokens of free variants.' },
  free_billed_spend_usd: { unit: 'USD', description: 'The part of billed_spend_usd of free variants.' },
  free_estimated_tokens: { unit: 'tokens', description: 'The part of estimated_tokens of free variants.' },
  unsplit_tokens: { unit: 'tokens', description: 'Tokens of cells whose free part is not told apart.' },
};

/** Rollups that keep what estimates and list prices are computed from. */
const withCosts = ['usage_day_model_provider', 'usage_day_model_category'];

/** The sums of a rollup that the release carries, with the squares of a sample. */
export function sumColumns(rollup: Rollup, { measures: covered }: Coverage): SumColumn[] {
  const all: readonly Measure[] = measures;
  const sums = all
    .filter(({ kind, coverage }) => kind === 'SUM' && covered[coverage])
    .map((measure): SumColumn => {
      const { columns, unit, description, name } = measure;
      return { ...typed(rollup, columns[0] ?? ''), unit, description, measure: name as MeasureName };
    });
  const spend = 'EFFECTIVE_COST_USD';
  const partNames = covered[measureNamed(spend).coverage]
    ? Object.keys(parts).filter(
        (name) => measureNamed(spend).columns.includes(name) || withCosts.includes(rollup.name),
      )
    : [];
  const partColumns = partNames.map((name): SumColumn => {
    const { unit, description } = parts[name] ?? { unit: '', description: '' };
    return { ...typed(rollup, name), unit, description, measure: spend };
  });
  const squares = sums
    .filter(({ name }) => rollup.sampled && squaredColumns.includes(name))
    .map((column): SumColumn => ({
      ...column,
      name: `${column.name}_squares`,
      type: 'FLOAT',
      unit: `${column.unit ?? ''} squared`,
      description: `Sum of the squares of ${column.name} of each request of the sample: what sampling errors are computed from.`,
    }));
  return [...sums, ...partColumns, ...squares];
}

/** Sums of a sample are of parts of requests, where these have several labels. */
function typed({ sampled }: Rollup, name: string): Pick<Column, 'name' | 'type'> {
  return { name, type: sampled || name.endsWith('_usd') ? 'DECIMAL' : 'INTEGER' };
}

/** Parts of costs that have no words would be left out without a word. */
const wordless = costColumns.filter(
  (name) =>
    !(name in parts) && !measures.some(({ columns }) => (columns as readonly string[]).includes(name)),
);
if (wordless.length > 0) throw new Error(`Columns of costs without a description: ${wordless.join(', ')}`);
