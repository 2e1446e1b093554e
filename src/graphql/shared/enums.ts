import { registerEnumType } from 'type-graphql';
import { dimensions, type DimensionName } from '../../measures/dimensions.ts';
import { measures, type AdditiveMeasureName, type MeasureName } from '../../measures/measures.ts';
import type { Grain, WeekStart } from '../../measures/periods.ts';
import type { Comparison, LabelWeighting, ShareBase, Top, UsageOrder } from '../../measures/query.ts';
import type { Dimension, Measure } from '../../measures/types.ts';

interface Described<Name extends string> {
  readonly name: Name;
  readonly description: string;
}

/** Registers an enum whose values come from data, each with its description. */
export function enumOf<Name extends string>(
  name: string,
  description: string,
  values: readonly Described<Name>[],
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

export const UsageMeasure = enumOf<MeasureName>('UsageMeasure', 'What usage is summed up to.', measures);

export const AdditiveMeasure = enumOf<AdditiveMeasureName>(
  'AdditiveMeasure',
  'Measures that can be summed, and of which a share can be taken.',
  measures.filter(({ kind }) => kind === 'SUM') as readonly Described<AdditiveMeasureName>[],
);

/** Means per request, whose sampling error is known where they are estimated from a sample. */
export const MeanMeasure = enumOf<MeasureName>(
  'MeanMeasure',
  'Means per request.',
  (measures as readonly Measure[]).filter(
    ({ unit }) => unit === 'tokens per request',
  ) as readonly Described<MeasureName>[],
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
    ...measures,
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
  { name: 'WEEK', description: 'Weeks; they begin as `weekStart` says.' },
  { name: 'MONTH', description: 'Calendar months.' },
  { name: 'QUARTER', description: 'Calendar quarters.' },
]);

export const WeekStartEnum = enumOf<WeekStart>('WeekStart', 'The day that weeks begin on.', [
  { name: 'MONDAY', description: 'ISO 8601; most figures of the study.' },
  { name: 'SUNDAY', description: 'The figures of the study that show categories.' },
]);

export const ShareBaseEnum = enumOf<ShareBase>(
  'ShareBase',
  'What a share is a share of, after filter and top.',
  [
    { name: 'ALL', description: 'Of all rows.' },
    { name: 'PERIOD', description: 'Of the rows of its period.' },
    ...dimensions.map(({ name }) => ({
      name,
      description: `Of the rows of its period with the same ${name}, which must be in the grouping.`,
    })),
  ],
);

export const ComparisonEnum = enumOf<Comparison>(
  'Comparison',
  'The earlier time that rows are compared with.',
  [
    {
      name: 'PREVIOUS_PERIOD',
      description: 'The period before; without a grain, as many days before the range.',
    },
    {
      name: 'PREVIOUS_YEAR',
      description:
        'The same month, quarter or range of last year; for days and weeks 364 days before, so that weekdays match.',
    },
  ],
);

export const OthersMode = enumOf<Top['others']>(
  'OthersMode',
  'What becomes of the groups that a top leaves out.',
  [
    { name: 'SHOW', description: 'They are one row, whose `others` is true.' },
    { name: 'DROP', description: 'They are left out, and shares are of what is kept.' },
  ],
);

export const TopScope = enumOf<Top['within']>('TopScope', 'Where groups are ranked.', [
  { name: 'RANGE', description: 'Over the whole range: the same groups in every period.' },
  { name: 'PERIOD', description: 'In each period anew.' },
]);

export const LabelWeightingEnum = enumOf<LabelWeighting>(
  'LabelWeighting',
  'How a prompt with labels of several categories or tags counts.',
  [
    { name: 'EACH', description: 'Wholly in each, so that categories add up to more than all.' },
    { name: 'SPLIT', description: 'In equal parts, so that categories add up to all.' },
  ],
);

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
