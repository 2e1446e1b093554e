import { encodeCursor } from '../../measures/cursor.ts';
import { dimensionNamed } from '../../measures/dimensions.ts';
import { measureNamed } from '../../measures/measures.ts';
import { isWithin, periodEnd } from '../../measures/periods.ts';
import type { UsageQuery, UsageRow as AnswerRow } from '../../measures/query.ts';
import type { Dataset, ReleaseCatalog } from '../../measures/release.ts';
import { listOf } from '../../measures/usage-request.ts';
import type { PlannedResult } from '../../measures/usage-service.ts';
import { citationOf } from '../release/citation.ts';
import { Period, UsageRow, type ReportMeta, type UsageReport } from './usage.type.ts';

/** Turns an answer into the report that the API promises: keys become entities, days become periods. */
export function toReport(
  answer: PlannedResult,
  catalog: ReleaseCatalog,
  dataset: Dataset,
  publicUrl: string,
): UsageReport {
  const { query, rows, totalRows } = answer;
  const end = query.offset + rows.length;
  return {
    rows: rows.map((row) => toRow(row, query, catalog)),
    totalRows,
    pageInfo: {
      hasNextPage: end < totalRows,
      endCursor: rows.length === 0 ? null : encodeCursor(listOf(query), end - 1),
    },
    meta: toMeta(answer, dataset),
    citation: citationOf(query.release, publicUrl),
  };
}

function toRow(row: AnswerRow, query: UsageQuery, catalog: ReleaseCatalog): UsageRow {
  const groups = query.groupBy.map((name) => {
    const { entity, field } = dimensionNamed(name);
    const value = row.groups[name] ?? null;
    if (entity === undefined || value === null) return [field, value];
    const set = { model: catalog.models, author: catalog.authors, provider: catalog.providers }[entity];
    return [field, set.withKey(Number(value)) ?? null];
  });
  const measures = query.measures.map((name) => [measureNamed(name).field, row.measures[name] ?? null]);
  return Object.assign(new UsageRow(), {
    period: toPeriod(row, query),
    shares: row.shares,
    ...Object.fromEntries([...groups, ...measures]),
  });
}

function toPeriod({ period }: AnswerRow, query: UsageQuery): Period | null {
  if (period === null || query.grain === null) return null;
  const { periodFrom, periodTo } = query.release;
  const complete =
    isWithin(period, query.grain, query) && isWithin(period, query.grain, { from: periodFrom, to: periodTo });
  return Object.assign(new Period(), { start: period, end: periodEnd(period, query.grain), complete });
}

function toMeta({ query, rows, totalRows, plan }: PlannedResult, dataset: Dataset): ReportMeta {
  const { release } = query;
  const truncated = query.offset + rows.length < totalRows;
  const rollup = release.rollups.find(({ table }) => table === plan.rollup.name) ?? null;
  const coversRange = query.from >= release.periodFrom && query.to <= release.periodTo;
  return {
    release: { id: release.id, publishedAt: release.publishedAt },
    dataset: dataset.id,
    rollup,
    asOf: release.periodTo,
    from: query.from,
    to: query.to,
    complete: coversRange && rows.every((row) => toPeriod(row, query)?.complete ?? true),
    shareOf: query.shareOf,
    coverage: coverageOf(query),
    truncated,
    synthetic: dataset.synthetic,
    warnings: warningsOf(query, truncated, totalRows),
  };
}

function coverageOf({ release, groupBy, measures, shares }: UsageQuery): ReportMeta['coverage'] {
  const used = [...new Set([...measures, ...shares])].map(measureNamed);
  return [
    ...groupBy.map((name) => ({ name, tokenShare: release.coverage.dimensions[name] ?? 0 })),
    ...used.map(({ field, coverage }) => ({
      name: field,
      tokenShare: release.coverage.measures[coverage] ?? 0,
    })),
  ];
}

function warningsOf(query: UsageQuery, truncated: boolean, totalRows: number): string[] {
  const { coverage, periodFrom, periodTo } = query.release;
  const notCovered = query.measures
    .map(measureNamed)
    .filter((measure) => !coverage.measures[measure.coverage])
    .map(({ field }) => field);
  return [
    ...(notCovered.length > 0
      ? [`The data set does not carry ${notCovered.join(', ')}: null, which is not 0.`]
      : []),
    ...(query.from < periodFrom || query.to > periodTo
      ? [`The range reaches beyond the data, which run from ${periodFrom} to before ${periodTo}.`]
      : []),
    ...(truncated ? [`This page has some of ${totalRows} rows: continue with \`after\`.`] : []),
  ];
}
