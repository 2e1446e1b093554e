import type { GraphQLResolveInfo } from 'graphql';
import { parseResolveInfo, type FieldsByTypeName, type ResolveTree } from 'graphql-parse-resolve-info';
import {
  distributionOfField,
  measureOfField,
  type AdditiveMeasureName,
  type DistributionName,
  type MeasureName,
} from '../../measures/measures.ts';
import type { UsageSelection } from '../../measures/usage-request.ts';

export interface ReportSelection extends UsageSelection {
  /** Whether the totals are asked for, which take a statement of their own. */
  readonly totals: boolean;
}

/** Which measures a report must compute follows from the fields that are asked of its rows. */
export function selectionOf(info: GraphQLResolveInfo): ReportSelection {
  const report = fieldsOf((parseResolveInfo(info) as ResolveTree | null)?.fieldsByTypeName);
  const rows = report.filter(({ name }) => name === 'rows' || name === 'totals');
  const fields = rows.flatMap(({ fieldsByTypeName }) => fieldsOf(fieldsByTypeName));
  // Values of the earlier time and changes are of the measures that they name.
  const compared = fields
    .filter(({ name }) => name === 'base' || name === 'change')
    .flatMap(({ fieldsByTypeName }) => fieldsOf(fieldsByTypeName));
  const shares = fields.filter(({ name }) => name === 'share' || name === 'shareInterval');
  const means = fields.filter(({ name }) => name === 'meanInterval');
  return {
    measures: unique([
      ...[...fields, ...compared].flatMap(({ name }) => (measureOfField(name)?.name ?? []) as MeasureName),
      ...means.map(({ args }) => args.of as MeasureName),
    ]),
    shares: unique(shares.map(({ args }) => args.of as AdditiveMeasureName)),
    distributions: unique(
      fields.flatMap(({ name }) => (distributionOfField(name)?.name ?? []) as DistributionName),
    ),
    totals: report.some(({ name }) => name === 'totals'),
  };
}

function fieldsOf(byType: FieldsByTypeName | undefined): ResolveTree[] {
  return Object.values(byType ?? {}).flatMap((fields) => Object.values(fields));
}

function unique<T>(values: readonly T[]): T[] {
  return [...new Set(values)];
}
