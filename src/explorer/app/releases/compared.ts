import type { DatasetFacts } from './releases-query.ts';

/** Which two releases are compared, and how, as the address says it. */
export interface Compared {
  readonly from: string;
  readonly to: string;
  readonly days: 'ALL' | 'SHARED';
  readonly measure: string;
  /** A dimension; null for all together. */
  readonly groupBy: string | null;
}

/** The two that an address names, or else the two newest of the first data set that has as many; null without any. */
export function readCompared(search: string, datasets: readonly DatasetFacts[]): Compared | null {
  const parameters = new URLSearchParams(search);
  const named = [parameters.get('from'), parameters.get('to')];
  const dataset =
    datasets.find(({ releases }) => named.some((id) => releases.some((release) => release.id === id))) ??
    datasets.find(({ releases }) => releases.length > 1);
  const [latest, earlier] = dataset?.releases ?? [];
  if (dataset === undefined || latest === undefined || earlier === undefined) return null;
  const known = (id: string | null | undefined): string | null =>
    dataset.releases.find((release) => release.id === id)?.id ?? null;
  const groupBy = parameters.get('groupBy');
  return {
    from: known(named[0]) ?? earlier.id,
    to: known(named[1]) ?? latest.id,
    days: parameters.get('days') === 'SHARED' ? 'SHARED' : 'ALL',
    measure:
      measuresOf(dataset).find(({ name }) => name === parameters.get('measure'))?.name ?? 'TOTAL_TOKENS',
    groupBy:
      dimensionsOf(dataset).find(({ name }) => name === groupBy)?.name ?? (groupBy === '' ? null : 'MODEL'),
  };
}

export function writeCompared({ from, to, days, measure, groupBy }: Compared): string {
  return new URLSearchParams({ from, to, days, measure, groupBy: groupBy ?? '' }).toString();
}

/** Sums of the data set, which alone can be compared, as far as the visitor may see them. */
export function measuresOf({ measures }: DatasetFacts): DatasetFacts['measures'] {
  return measures.filter(
    ({ kind, covered, lackedScope }) => kind === 'SUM' && covered && lackedScope === null,
  );
}

export function dimensionsOf({ dimensions }: DatasetFacts): DatasetFacts['dimensions'] {
  return dimensions.filter(({ covered }) => covered);
}
