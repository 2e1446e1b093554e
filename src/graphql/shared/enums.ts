import { registerEnumType } from 'type-graphql';
import { dimensions, type DimensionName } from '../../measures/dimensions.ts';
import { measures, type AdditiveMeasureName, type MeasureName } from '../../measures/measures.ts';
import type { Grain } from '../../measures/periods.ts';
import type { ShareBase, UsageOrder } from '../../measures/query.ts';
import type { Dimension } from '../../measures/types.ts';

interface Described {
  readonly name: string;
  readonly description: string;
}

/** Registers an enum whose values come from data, each with its description. */
function enumOf<Name extends string>(
  name: string,
  description: string,
  values: readonly Described[],
): Record<Name, Name> {
  const object = Object.fromEntries(values.map((value) => [value.name, value.name])) as Record<Name, Name>;
  const valuesConfig = Object.fromEntries(
    values.map((value) => [value.name, { description: value.description }]),
  ) as Record<Name, { description: string }>;
  registerEnumType(object, { name, description, valuesConfig });
  return object;
}

export const UsageDimension = enumOf<DimensionName>(
  'UsageDimension',
  'What usage can be grouped by.',
  dimensions,
);

export const AdditiveMeasure = enumOf<AdditiveMeasureName>(
  'AdditiveMeasure',
  'Measures that can be summed, and of which a share can be taken.',
  measures.filter(({ kind }) => kind === 'SUM'),
);

export const UsageOrderKey = enumOf<UsageOrder['by']>(
  'UsageOrderKey',
  'What usage rows can be ordered by: the period, a dimension of the grouping, or a measure.',
  [
    { name: 'PERIOD', description: 'Start of the period; needs a grain.' },
    ...dimensions.map(({ name }) => ({
      name,
      description: `By ${name}, which must be in the grouping: entities by id, labels by name.`,
    })),
    ...measures.map(({ name, description }): Described => ({
      name: name satisfies MeasureName,
      description,
    })),
  ],
);

export const OrderDirection = enumOf<UsageOrder['direction']>(
  'OrderDirection',
  'Order; unknown values come last.',
  [
    { name: 'ASC', description: 'Smallest first.' },
    { name: 'DESC', description: 'Largest first.' },
  ],
);

export const TimeGrain = enumOf<Grain>('TimeGrain', 'Length of the periods of a report, in UTC.', [
  { name: 'DAY', description: 'Calendar days.' },
  { name: 'WEEK', description: 'ISO weeks, from Monday.' },
  { name: 'MONTH', description: 'Calendar months.' },
]);

export const ShareBaseEnum = enumOf<ShareBase>('ShareBase', 'What a share is a share of, after the filter.', [
  { name: 'ALL', description: 'Of the whole range.' },
  { name: 'PERIOD', description: 'Of its own period.' },
]);

/** Enums of the labels that have few and fixed values: `ModelSource`, `ModelOrigin` and so on. */
export const labelEnums: ReadonlyMap<string, Record<string, string>> = new Map(
  (dimensions as readonly Dimension[]).flatMap(({ field, description, values }) => {
    if (values === undefined) return [];
    const described = Object.entries(values).map(([name, text]) => ({ name, description: text }));
    const name = `Model${field.charAt(0).toUpperCase()}${field.slice(1)}`;
    return [[field, enumOf(name, description, described)]];
  }),
);

/** The enum of a label; every label named in the code has one. */
export function labelEnum(field: 'source' | 'origin' | 'sourceGroup' | 'size'): Record<string, string> {
  const found = labelEnums.get(field);
  if (found === undefined) throw new Error(`The dimension ${field} declares no values`);
  return found;
}
