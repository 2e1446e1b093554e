import type { AnswerPeriod } from '../../measures/answer-periods.ts';
import { dimensionNamed } from '../../measures/dimensions.ts';
import { distributions, measureNamed, percentiles, type DistributionName } from '../../measures/measures.ts';
import type { Measured, UsageQuery, UsageRow as AnswerRow } from '../../measures/query.ts';
import { relativeChange } from '../../measures/relative-change.ts';
import type { ReleaseCatalog } from '../../measures/release.ts';
import type { Percentiles } from './usage.type.ts';
import { UsageRow } from './usage.type.ts';

/** Turns a row of keys and numbers into the row that the API promises. */
export function toRow(
  row: AnswerRow,
  period: AnswerPeriod | null,
  query: UsageQuery,
  catalog: ReleaseCatalog,
): UsageRow {
  return Object.assign(new UsageRow(), {
    period,
    others: row.others,
    shares: row.shares,
    errors: row.errors,
    base: row.base === null ? null : byField(row.base),
    change: row.base === null ? null : changes(row.measures, row.base),
    ...byField(row.measures),
    ...groupFields(row, query, catalog),
    ...Object.fromEntries(query.distributions.map((name) => [fieldOf(name), toPercentiles(row, name)])),
  });
}

function groupFields(row: AnswerRow, query: UsageQuery, catalog: ReleaseCatalog): Record<string, unknown> {
  return Object.fromEntries(
    query.groupBy.map((name) => {
      const { entity, field } = dimensionNamed(name);
      const value = row.groups[name] ?? null;
      if (entity === undefined || value === null || typeof value === 'boolean') return [field, value];
      return [field, catalog[entity].withKey(value) ?? null];
    }),
  );
}

function byField(measured: Measured): Record<string, number | string | null> {
  return Object.fromEntries(
    Object.entries(measured).map(([name, value]) => [measureNamed(name as keyof Measured).field, value]),
  );
}

function changes(current: Measured, base: Measured): Record<string, number | null> {
  return Object.fromEntries(
    Object.entries(current).map(([name, value]) => [
      measureNamed(name as keyof Measured).field,
      relativeChange(value, base[name as keyof Measured] ?? null),
    ]),
  );
}

function toPercentiles({ distributions: read }: AnswerRow, name: DistributionName): Percentiles {
  const values = read[name] ?? [];
  return Object.fromEntries(
    Object.keys(percentiles).map((percentile, index) => [percentile, values[index] ?? null]),
  ) as unknown as Percentiles;
}

function fieldOf(name: DistributionName): string {
  return distributions.find((distribution) => distribution.name === name)?.field ?? name;
}
