import { datasetFields, type DatasetChoice } from '../datasets.ts';

export interface Dimension {
  readonly name: string;
  readonly field: string;
  readonly description: string;
  readonly covered: boolean;
  readonly values: readonly Named[] | null;
}

export interface Measure {
  readonly name: string;
  readonly field: string;
  readonly unit: string;
  /** SUM: may be added over groups and periods; RATIO: computed from sums; others are neither. */
  readonly kind: string;
  readonly description: string;
  readonly covered: boolean;
  readonly lackedScope: string | null;
}

export interface Named {
  readonly name: string;
  readonly description: string | null;
}

interface EnumType {
  readonly enumValues: readonly Named[];
}

/** What the page offers: all of it is the API's own word. */
export interface Metadata {
  readonly datasets: readonly DatasetChoice[];
  readonly dataset: {
    readonly id: string;
    readonly title: string;
    readonly synthetic: boolean;
    readonly dimensions: readonly Dimension[];
    readonly measures: readonly Measure[];
    readonly limits: readonly { readonly name: string; readonly most: number }[];
  };
  readonly grains: EnumType;
  readonly weekStarts: EnumType;
  readonly shareBases: EnumType;
  readonly additive: EnumType;
  readonly comparisons: EnumType;
  readonly othersModes: EnumType;
  readonly topScopes: EnumType;
  readonly row: {
    readonly fields: readonly { readonly name: string; readonly type: { readonly kind: string } }[];
  };
  readonly query: {
    readonly fields: readonly {
      readonly name: string;
      readonly args: readonly { readonly name: string; readonly description: string | null }[];
    }[];
  };
}

const enumValues = '{ enumValues { name description } }';

export const metadataQuery = `query Builder($dataset: ID) {
  datasets { ${datasetFields} }
  dataset(id: $dataset) {
    id
    title
    synthetic
    dimensions { name field description covered values { name description } }
    measures { name field unit kind description covered lackedScope }
    limits { name most }
  }
  grains: __type(name: "TimeGrain") ${enumValues}
  weekStarts: __type(name: "WeekStart") ${enumValues}
  shareBases: __type(name: "ShareBase") ${enumValues}
  additive: __type(name: "AdditiveMeasure") ${enumValues}
  comparisons: __type(name: "Comparison") ${enumValues}
  othersModes: __type(name: "OthersMode") ${enumValues}
  topScopes: __type(name: "TopScope") ${enumValues}
  row: __type(name: "UsageRow") { fields { name type { kind } } }
  query: __type(name: "Query") { fields { name args { name description } } }
}`;

/** The description of an argument of `usage`. */
export function helpOf({ query }: Metadata, argument: string): string {
  const usage = query.fields.find(({ name }) => name === 'usage');
  return usage?.args.find(({ name }) => name === argument)?.description ?? '';
}

/** A limit that the server states; undefined where it states none of this name. */
export function limitOf({ dataset }: Metadata, limit: string): number | undefined {
  return dataset.limits.find(({ name }) => name === limit)?.most;
}
