import { globalId } from '../../measures/entity-id.ts';
import type { AuthorEntity, Dataset, ModelEntity, Release, ReleaseCatalog } from '../../measures/release.ts';
import type { Cohort } from '../../measures/retention/cohort.ts';
import { retentionLimits, type RetentionQuery } from '../../measures/retention/retention-query.ts';
import type { RankingAnswer, RetentionAnswer } from '../../measures/retention/retention-service.ts';
import type { RankingQuery } from '../../measures/retention/retention-sql.ts';
import { RetentionCohort } from './cohort.type.ts';
import { type RetentionMeta, type RetentionRankingRow, RetentionReport } from './report.type.ts';
import type { NestedRetentionArgs } from './retention.args.ts';

/** Whose retention a report is of; null: of the whole data set. */
export type ReportSubject = ModelEntity | AuthorEntity | null;

/** Turns an answer into the report that the API promises. */
export function toReport(
  answer: RetentionAnswer,
  subject: ReportSubject,
  dataset: Dataset,
  args: NestedRetentionArgs,
): RetentionReport {
  const { query, cohorts, leftOut } = answer;
  return Object.assign(new RetentionReport(), {
    model: subject?.kind === 'model' ? subject : null,
    author: subject?.kind === 'author' ? subject : null,
    cohorts: cohorts.map((cohort) => toCohortNode(cohort, query, subject)),
    leftOut,
    periodsLimit: retentionLimits.periods,
    meta: metaOf(query.release, dataset, warningsOf(answer)),
    citation: { release: query.release },
    answer,
    // Below an entity it is the entity that is asked about.
    question: {
      report: 'retention',
      release: query.release.id,
      args: { ...args, ...(subject !== null && { [subject.kind]: subject.id }) },
      extras: {},
    },
  });
}

/** Keys of a ranking become models or authors. */
export function toRankingRows(
  { rows }: RankingAnswer,
  { grouping }: RankingQuery,
  catalog: ReleaseCatalog,
): RetentionRankingRow[] {
  return rows.map(({ key, withheld: cohortsWithheld, ...row }, index) => ({
    ...row,
    cohortsWithheld,
    rank: index + 1,
    model: grouping === 'MODEL' ? (catalog.model.withKey(key) ?? null) : null,
    author: grouping === 'AUTHOR' ? (catalog.author.withKey(key) ?? null) : null,
  }));
}

export function metaOf(release: Release, dataset: Dataset, warnings: string[]): RetentionMeta {
  const { minimumUsers, rollups } = release.withheld ?? { minimumUsers: 0, rollups: {} };
  return {
    release: { id: release.id, publishedAt: release.publishedAt },
    dataset: dataset.id,
    rollup: release.rollups.find(({ table }) => table === 'retention_cohorts') ?? null,
    asOf: release.periodTo,
    withheld:
      release.withheld === null
        ? null
        : { minimumUsers, cells: 0, tokenShare: 0, ...rollups['retention_cohorts'] },
    synthetic: dataset.synthetic,
    warnings,
  };
}

export function toCohortNode(cohort: Cohort, query: RetentionQuery, subject: ReportSubject): RetentionCohort {
  const { grain } = query.calendar;
  const name = subject === null ? 'all' : globalId(subject.kind, subject.id);
  return Object.assign(new RetentionCohort(), {
    ...cohort,
    id: `cohort:${query.release.id}:${grain}:${cohort.start}:${name}`,
    grain,
    periods: [...cohort.periods],
    cohort,
  });
}

function warningsOf({ query, cohorts, leftOut }: RetentionAnswer): string[] {
  const { release, calendar, minimumCohort } = query;
  const withheld = cohorts.filter((cohort) => cohort.withheld).length;
  const cells = cohorts.flatMap(({ periods }) => periods.filter((period) => period.withheld)).length;
  const censored = cohorts.some(({ leftCensored }) => leftCensored);
  const cut = cohorts.some(({ periods }) => periods.some(({ complete }) => !complete));
  const few = release.withheld === null ? '' : ` of ${release.withheld.minimumUsers}`;
  return [
    ...(withheld > 0
      ? [`${withheld} cohorts are withheld: under the minimum${few} users, or to hide one.`]
      : []),
    ...(cells > 0 ? [`${cells} counts are withheld: under the minimum${few} users, or to hide one.`] : []),
    ...(leftOut > 0 ? [`${leftOut} cohorts of fewer than ${minimumCohort} users are left out.`] : []),
    ...(censored
      ? [
          `The first cohort is of all who were active when the data began, on ${release.periodFrom}: not all are new.`,
        ]
      : []),
    ...(cut
      ? ['Periods that the data cover in part are flagged as not complete: their rates are too low.']
      : []),
    ...(calendar.grain === 'DAY'
      ? [
          'Daily rates follow the days of the week: a rise from one day to the next may be no more than a Monday.',
        ]
      : []),
  ];
}
