import { answerPeriods } from '../../measures/answer-periods.ts';
import { costOf } from '../../measures/cost.ts';
import { encodeCursor } from '../../measures/cursor.ts';
import { distributions, measureNamed } from '../../measures/measures.ts';
import type { UsagePlan } from '../../measures/plan.ts';
import type { UsageQuery, UsageRow as AnswerRow } from '../../measures/query.ts';
import type { Dataset, Release, ReleaseCatalog } from '../../measures/release.ts';
import { listOf } from '../../measures/usage-request.ts';
import { totalsQuery, type PlannedResult } from '../../measures/usage-service.ts';
import type { DownloadQuestion } from '../download/download-question.ts';
import type { ReportMeta, RollupReference, UsageReport } from './report.type.ts';
import { toRow } from './usage.rows.ts';

/** Turns an answer into the report that the API promises: keys become entities, days become periods. */
export function toReport(
  answer: PlannedResult,
  totals: AnswerRow | null,
  catalog: ReleaseCatalog,
  dataset: Dataset,
  question: DownloadQuestion,
): UsageReport {
  const { query, rows, totalRows } = answer;
  const end = query.offset + rows.length;
  const periodOf = answerPeriods(query);
  return {
    rows: rows.map((row) => toRow(row, periodOf(row.period), query, catalog)),
    totalRows,
    totals: totals === null ? null : toRow(totals, null, totalsQuery(query), catalog),
    pageInfo: {
      hasNextPage: end < totalRows,
      endCursor: rows.length === 0 ? null : encodeCursor(listOf(query), end - 1),
    },
    meta: toMeta(answer, catalog, dataset),
    citation: { release: query.release },
    question,
  };
}

export function rollupOf(release: Release, plan: UsagePlan): RollupReference | null {
  return release.rollups.find(({ table }) => table === plan.rollup.name) ?? null;
}

export function toMeta(
  { query, rows, totalRows, plan }: PlannedResult,
  catalog: ReleaseCatalog,
  dataset: Dataset,
): ReportMeta {
  const { release } = query;
  const periodOf = answerPeriods(query);
  const truncated = query.offset + rows.length < totalRows;
  const coversRange = query.from >= release.periodFrom && query.to <= release.periodTo;
  const withheld = release.withheld?.rollups[plan.rollup.name];
  return {
    release: { id: release.id, publishedAt: release.publishedAt },
    dataset: dataset.id,
    rollup: rollupOf(release, plan),
    asOf: release.periodTo,
    from: query.from,
    to: query.to,
    complete: coversRange && rows.every(({ period }) => periodOf(period)?.complete ?? true),
    shareOf: shareBaseOf(query),
    comparedTo: comparisonOf(query),
    coverage: coverageOf(query),
    withheld:
      release.withheld === null
        ? null
        : { minimumUsers: release.withheld.minimumUsers, cells: 0, tokenShare: 0, ...withheld },
    sampling: plan.rollup.sampled ? release.sampling : null,
    truncated,
    cost: costOf(query, catalog),
    synthetic: dataset.synthetic,
    warnings: warningsOf(query, truncated, totalRows),
  };
}

function shareBaseOf({ shareOf, top, where, calendar }: UsageQuery): string {
  const base =
    shareOf === 'ALL' || (shareOf === 'PERIOD' && calendar === null)
      ? 'all rows'
      : shareOf === 'PERIOD'
        ? 'the rows of the period'
        : `the rows of the period with the same ${shareOf}`;
  const filtered = where === null ? '' : ', after the filter';
  return `Of ${base}${filtered}${top?.others === 'DROP' ? ', of the groups kept' : ''}.`;
}

function comparisonOf({ comparedTo }: UsageQuery): string | null {
  if (comparedTo === null) return null;
  const { what, range } = comparedTo;
  const name = what === 'PREVIOUS_YEAR' ? 'The year before' : 'The period before';
  return `${name}: days from ${range.from} to before ${range.to}.`;
}

function coverageOf({
  release,
  groupBy,
  measures,
  shares,
  distributions: read,
}: UsageQuery): ReportMeta['coverage'] {
  const used = [
    ...[...new Set([...measures, ...shares])].map(measureNamed),
    ...distributions.filter(({ name }) => read.includes(name)),
  ];
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
    ...(query.comparedTo !== null && query.comparedTo.range.from < periodFrom
      ? [
          `The time compared with begins before the data, on ${periodFrom}: the first changes are against less or nothing.`,
        ]
      : []),
    ...(truncated ? [`This page has some of ${totalRows} rows: continue with \`after\`.`] : []),
  ];
}
