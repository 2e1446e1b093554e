import type { GraphQLResolveInfo } from 'graphql';
import { parseResolveInfo, type FieldsByTypeName, type ResolveTree } from 'graphql-parse-resolve-info';
import { measureOfField, type AdditiveMeasureName, type MeasureName } from '../../measures/measures.ts';
import type { UsageSelection } from '../../measures/usage-request.ts';

/** Which measures a report must compute follows from the fields that are asked of its rows. */
export function selectionOf(info: GraphQLResolveInfo): UsageSelection {
  const report = parseResolveInfo(info) as ResolveTree | null;
  const fields = fieldsOf(report?.fieldsByTypeName, 'UsageReport')
    .filter(({ name }) => name === 'rows')
    .flatMap(({ fieldsByTypeName }) => fieldsOf(fieldsByTypeName, 'UsageRow'));
  const measures = fields.flatMap(({ name }) => measureOfField(name)?.name ?? []) as MeasureName[];
  const shares = fields
    .filter(({ name }) => name === 'share')
    .map(({ args }) => args.of as AdditiveMeasureName);
  return { measures: [...new Set(measures)], shares: [...new Set(shares)] };
}

function fieldsOf(fields: FieldsByTypeName | undefined, type: string): ResolveTree[] {
  return Object.values(fields?.[type] ?? {});
}
