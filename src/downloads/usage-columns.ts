import { answerPeriods } from '../measures/answer-periods.ts';
import { dimensionNamed, type DimensionName } from '../measures/dimensions.ts';
import {
  distributions,
  type DistributionName,
  measureNamed,
  type MeasureName,
  percentiles,
  type PercentileName,
} from '../measures/measures.ts';
import type { UsagePlan } from '../measures/plan.ts';
import type { UsageQuery, UsageRow } from '../measures/query.ts';
import { relativeChange } from '../measures/relative-change.ts';
import type { ReleaseCatalog } from '../measures/release.ts';
import { sampledMeasures } from '../measures/sql/components.ts';
import { type Cell, type ColumnOf, snakeCase } from './columns.ts';
import { entityColumns } from './entity-columns.ts';
import { SHARE } from './units.ts';

type UsageColumn = ColumnOf<UsageRow>;

/** The columns of a usage question: period and groups as asked, then its numbers. */
export function usageColumns(query: UsageQuery, plan: UsagePlan, catalog: ReleaseCatalog): UsageColumn[] {
  const compared = query.comparedTo === null ? [] : query.measures;
  return [
    ...periodColumns(query),
    ...query.groupBy.flatMap((name) => groupColumns(name, catalog)),
    ...(query.top?.others === 'SHOW' ? [othersColumn] : []),
    ...query.measures.map((name) => measureColumn(name, '', ({ measures }) => measures)),
    ...query.shares.map((name) => shareColumn(name)),
    ...compared.flatMap((name) => [
      measureColumn(name, '_base', ({ base }) => base ?? {}),
      changeColumn(name),
    ]),
    ...(plan.rollup.sampled ? sampledMeasures(query) : []).flatMap((name) =>
      errorColumns(
        name,
        query.shares.some((share) => share === name),
      ),
    ),
    ...query.distributions.flatMap(percentileColumns),
  ];
}

function periodColumns(query: UsageQuery): UsageColumn[] {
  if (query.calendar === null) return [];
  const periodOf = answerPeriods(query);
  const day = { type: 'DATE' as const, unit: null };
  return [
    { ...day, name: 'period_from', description: 'First day of the period.', cellOf: ({ period }) => period },
    {
      ...day,
      name: 'period_to',
      description: 'Day after the last day of the period.',
      cellOf: ({ period }) => periodOf(period)?.end ?? null,
    },
    {
      name: 'period_complete',
      type: 'BOOLEAN',
      unit: null,
      description: 'False where the data or the range asked for cover a part of the period only.',
      cellOf: ({ period }) => periodOf(period)?.complete ?? null,
    },
  ];
}

function groupColumns(name: DimensionName, catalog: ReleaseCatalog): UsageColumn[] {
  const { entity, type, field, description } = dimensionNamed(name);
  const valueOf = ({ groups }: UsageRow): Cell => groups[name] ?? null;
  if (entity === undefined) {
    const plain = type === 'BOOLEAN' ? ('BOOLEAN' as const) : ('TEXT' as const);
    return [{ name: snakeCase(field), type: plain, unit: null, description, cellOf: valueOf }];
  }
  return entityColumns(name, (row: UsageRow) => {
    const key = valueOf(row);
    return key === null || typeof key === 'boolean' ? null : catalog[entity].withKey(key);
  });
}

const othersColumn: UsageColumn = {
  name: 'others',
  type: 'BOOLEAN',
  unit: null,
  description: 'True for the row that stands for all groups that `top` left out.',
  cellOf: ({ others }) => others,
};

function measureColumn(
  name: MeasureName,
  suffix: '' | '_base',
  measuresOf: (row: UsageRow) => UsageRow['measures'],
): UsageColumn {
  const { field, type, unit, description } = measureNamed(name);
  return {
    name: snakeCase(field) + suffix,
    type,
    unit,
    description: suffix === '' ? description : `${field} of the earlier time that the row is compared with.`,
    cellOf: (row) => measuresOf(row)[name] ?? null,
  };
}

function shareColumn(name: UsageQuery['shares'][number]): UsageColumn {
  const { field } = measureNamed(name);
  return {
    name: `${snakeCase(field)}_share`,
    type: 'FLOAT',
    unit: SHARE,
    description: `Share of ${field}, of the base that \`shareOf\` names; null where the base is 0 or unknown.`,
    cellOf: ({ shares }) => shares[name] ?? null,
  };
}

function changeColumn(name: MeasureName): UsageColumn {
  const { field } = measureNamed(name);
  return {
    name: `${snakeCase(field)}_change`,
    type: 'FLOAT',
    unit: 'relative change',
    description: `Change of ${field} against the earlier time: 0.25 is a quarter more. Null where the earlier value is 0 or unknown.`,
    cellOf: ({ measures, base }) => relativeChange(measures[name] ?? null, base?.[name] ?? null),
  };
}

/** How sure an estimate from a sample is. */
function errorColumns(name: MeasureName, isShare: boolean): UsageColumn[] {
  const { field, unit } = measureNamed(name);
  const parts = [
    { part: 'standardError', what: 'Standard error, by the design of the sample, of' },
    { part: 'low', what: 'Lower end of the 95 % interval of' },
    { part: 'high', what: 'Upper end of the 95 % interval of' },
  ] as const;
  return parts.map(({ part, what }) => ({
    name: `${snakeCase(field)}${isShare ? '_share' : ''}_${snakeCase(part)}`,
    type: 'FLOAT',
    unit: isShare ? SHARE : unit,
    description: `${what} ${isShare ? 'the share of ' : ''}${field}.`,
    cellOf: ({ errors }) => errors[name]?.[part] ?? null,
  }));
}

function percentileColumns(name: DistributionName): UsageColumn[] {
  const distribution = distributions.find((each) => each.name === name);
  if (distribution === undefined) throw new Error(`There is no distribution ${name}`);
  const { field, unit, description } = distribution;
  return (Object.keys(percentiles) as PercentileName[]).map((percentile, index) => ({
    name: `${snakeCase(field)}_${percentile}`,
    type: 'FLOAT',
    unit,
    description: `${description} ${100 * percentiles[percentile]} % of the requests are at or below it; within 2 % of the true value.`,
    cellOf: (row) => row.distributions[name]?.[index] ?? null,
  }));
}
