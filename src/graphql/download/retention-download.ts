import type { GraphQLSchema } from 'graphql';
import type { ColumnOf } from '../../downloads/columns.ts';
import { entityColumns } from '../../downloads/entity-columns.ts';
import { SHARE } from '../../downloads/units.ts';
import type { Cohort, CohortPeriod } from '../../measures/retention/cohort.ts';
import type { RequestContext } from '../context.ts';
import type { RankingArgs, RetentionArgs } from '../retention/retention.args.ts';
import { rankingQuestion, retentionQuestion } from '../retention/retention.question.ts';
import { metaOf, type ReportSubject, toRankingRows } from '../retention/retention.report.ts';
import type { RetentionRankingRow } from '../retention/report.type.ts';
import { type DownloadSource, readAtOnce } from './download-source.ts';
import { columnsOfType } from './schema-columns.ts';

const USERS = { unit: 'users' };
const RATE = { unit: SHARE };

/** A cohort in one of its periods; a cohort that is withheld has none, and is one row. */
export interface RetentionRow {
  readonly cohort: Cohort;
  readonly period: CohortPeriod | null;
}

/** Every cohort in every period. */
export async function retentionDownload(
  schema: GraphQLSchema,
  { services, retention }: RequestContext,
  args: RetentionArgs,
): Promise<DownloadSource> {
  const { catalog, subject, query, asked } = await retentionQuestion(services, args);
  const { release } = catalog;
  await retention.admit(release);
  const dataset = await services.releases.dataset(release.datasetId);
  const columns = retentionColumns(schema, subject);
  return {
    release,
    dataset,
    columns,
    report: { ...metaOf(release, dataset, []), grain: query.calendar.grain },
    read: readAtOnce(columns, async () => {
      const answers = await retention.answer(query, [asked]);
      return (answers.get(asked.key)?.cohorts ?? []).flatMap(rowsOf);
    }),
  };
}

export function rowsOf(cohort: Cohort): RetentionRow[] {
  if (cohort.periods.length === 0) return [{ cohort, period: null }];
  return cohort.periods.map((period) => ({ cohort, period }));
}

function retentionColumns(schema: GraphQLSchema, subject: ReportSubject): ColumnOf<RetentionRow>[] {
  return [
    ...(subject === null
      ? []
      : entityColumns<RetentionRow>(subject.kind === 'model' ? 'MODEL' : 'AUTHOR', () => subject)),
    ...cohortColumns(schema),
  ];
}

/** All but whose cohort it is. */
export function cohortColumns(schema: GraphQLSchema): ColumnOf<RetentionRow>[] {
  const cohort = columnsOfType(schema, 'RetentionCohort');
  const period = columnsOfType(schema, 'RetentionPeriod');
  const interval = columnsOfType(schema, 'RateInterval');
  return [
    cohort('start', 'DATE', (row) => row.cohort.start, { name: 'cohort_from' }),
    cohort('end', 'DATE', (row) => row.cohort.end, { name: 'cohort_to' }),
    cohort('size', 'INTEGER', (row) => row.cohort.size, { name: 'cohort_size', ...USERS }),
    cohort('withheld', 'BOOLEAN', (row) => row.cohort.withheld, { name: 'cohort_withheld' }),
    cohort('complete', 'BOOLEAN', (row) => row.cohort.complete, { name: 'cohort_complete' }),
    cohort('leftCensored', 'BOOLEAN', (row) => row.cohort.leftCensored),
    period('age', 'INTEGER', (row) => row.period?.age ?? null, { unit: 'periods' }),
    period('start', 'DATE', (row) => row.period?.start ?? null, { name: 'period_from' }),
    period('end', 'DATE', (row) => row.period?.end ?? null, { name: 'period_to' }),
    period('complete', 'BOOLEAN', (row) => row.period?.complete ?? null, { name: 'period_complete' }),
    period('users', 'INTEGER', (row) => row.period?.users ?? null, USERS),
    period('stayed', 'INTEGER', (row) => row.period?.stayed ?? null, USERS),
    period('rate', 'FLOAT', (row) => row.period?.rate ?? null, RATE),
    interval('low', 'FLOAT', (row) => row.period?.interval?.low ?? null, { name: 'rate_low', ...RATE }),
    interval('high', 'FLOAT', (row) => row.period?.interval?.high ?? null, { name: 'rate_high', ...RATE }),
    period('withheld', 'BOOLEAN', (row) => row.period?.withheld ?? null),
  ];
}

/** All models or authors that have the age. */
export async function rankingDownload(
  schema: GraphQLSchema,
  { services, retention }: RequestContext,
  args: Omit<RankingArgs, 'first'>,
  mostRows: number,
): Promise<DownloadSource> {
  const { catalog, query } = await rankingQuestion(services, args, mostRows);
  const { release } = catalog;
  await retention.admit(release);
  const dataset = await services.releases.dataset(release.datasetId);
  const columns = rankingColumns(schema, query.grouping);
  return {
    release,
    dataset,
    columns,
    report: { ...metaOf(release, dataset, []), grain: query.grain, age: query.age },
    read: readAtOnce(columns, async () => toRankingRows(await retention.ranking(query), query, catalog)),
  };
}

function rankingColumns(schema: GraphQLSchema, of: 'MODEL' | 'AUTHOR'): ColumnOf<RetentionRankingRow>[] {
  const row = columnsOfType(schema, 'RetentionRankingRow');
  const interval = columnsOfType(schema, 'RateInterval');
  return [
    row('rank', 'INTEGER', ({ rank }) => rank),
    ...entityColumns<RetentionRankingRow>(of, ({ model, author }) => model ?? author),
    row('cohorts', 'INTEGER', ({ cohorts }) => cohorts, { unit: 'cohorts' }),
    row('cohortsWithheld', 'INTEGER', ({ cohortsWithheld }) => cohortsWithheld, { unit: 'cohorts' }),
    row('size', 'INTEGER', ({ size }) => size, USERS),
    row('users', 'INTEGER', ({ users }) => users, USERS),
    row('rate', 'FLOAT', ({ rate }) => rate, RATE),
    interval('low', 'FLOAT', (each) => each.interval.low, { name: 'rate_low', ...RATE }),
    interval('high', 'FLOAT', (each) => each.interval.high, { name: 'rate_high', ...RATE }),
  ];
}
