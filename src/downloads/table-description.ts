import type { Column } from './columns.ts';

/** Where a table comes from, how to cite it and what to mind about it: what goes with a file, or into it. */
export interface TableDescription {
  readonly title: string;
  readonly dataset: string;
  readonly release: string;
  readonly publishedAt: string;
  /** Day after the last day of the data. */
  readonly asOf: string;
  readonly licence: string;
  readonly licenceUrl: string | null;
  readonly citation: string;
  readonly bibtex: string;
  /** Of the release, which lasts. */
  readonly citeAs: string;
  /** Of this file, with the release pinned. */
  readonly url: string;
  /** True where a simulator made the data. */
  readonly synthetic: boolean;
  /** What a report of the same question says of itself: coverage, withholding, sample, base of shares, warnings. */
  readonly report: Readonly<Record<string, unknown>>;
}

/** As text by key, for formats that keep such pairs. Columns are described in one of them. */
export function toKeyValues(
  about: TableDescription,
  columns: readonly Column[],
): [key: string, value: string][] {
  const { report, ...facts } = about;
  return [
    ...Object.entries(facts).flatMap(([key, value]): [string, string][] =>
      value === null ? [] : [[key, String(value)]],
    ),
    ['report', JSON.stringify(report)],
    ['columns', JSON.stringify(columns)],
  ];
}
