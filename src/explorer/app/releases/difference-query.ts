interface Change {
  readonly before: number | null;
  readonly after: number | null;
  readonly change: number | null;
  readonly relativeChange: number | null;
}

export interface DifferenceRow extends Change {
  readonly id: string | null;
  readonly name: string | null;
  readonly periodStart: string | null;
  readonly status: 'ADDED' | 'CHANGED' | 'GONE';
}

interface Named {
  readonly id: string;
  readonly name: string;
}

interface Entities {
  readonly added: readonly Named[];
  readonly gone: readonly Named[];
  readonly renamed: readonly { readonly before: Named; readonly after: Named }[];
  readonly relabelled: readonly { readonly after: Named }[];
}

export interface Difference {
  readonly daysAdded: number;
  readonly daysGone: number;
  readonly totals: readonly (Change & { readonly field: string; readonly unit: string })[];
  readonly rows: { readonly totalRows: number; readonly rows: readonly DifferenceRow[] };
  readonly revisedDays: { readonly totalRows: number; readonly rows: readonly DifferenceRow[] };
  readonly models: Entities;
  readonly authors: Entities;
  readonly rollups: readonly { readonly name: string }[];
}

export interface DifferenceAnswer {
  readonly releaseDifference: Difference;
}

const change = 'before after change relativeChange';
const entities = `{
      added { id name }
      gone { id name }
      renamed { before { id name } after { id name } }
      relabelled { after { id name } }
    }`;

export const differenceQuery = `query Difference(
  $from: ID!
  $to: ID!
  $days: DifferenceDays!
  $measure: AdditiveMeasure!
  $groupBy: UsageDimension
) {
  releaseDifference(from: $from, to: $to, days: $days) {
    daysAdded
    daysGone
    totals { field unit ${change} }
    rows(measure: $measure, groupBy: $groupBy, first: 100) { totalRows rows { id name periodStart status ${change} } }
    revisedDays(measure: $measure, first: 100) { totalRows rows { id name periodStart status ${change} } }
    models ${entities}
    authors ${entities}
    rollups { name }
  }
}`;
