import type { Database } from '../../database/open-database.ts';
import { AtlasError } from '../../errors.ts';
import type { TextRow } from '../parse-rows.ts';
import type { Day } from '../periods.ts';
import { runStatement } from '../run-statement.ts';
import { toCohort, type Cohort, type CohortRow } from './cohort.ts';
import { retentionLimits, type RetentionQuery } from './retention-query.ts';
import { cohortsSql, rankingSql, type RankingQuery } from './retention-sql.ts';
import { wilson, type Interval } from './wilson.ts';

/** A model, an author, or with key null the whole data set. */
export interface RetentionSubject {
  readonly key: number | null;
  /** First day of a model; null where it is not known, or there is none. */
  readonly releaseDate: Day | null;
}

export interface RetentionAnswer {
  readonly query: RetentionQuery;
  readonly cohorts: readonly Cohort[];
  /** Cohorts left out because they have fewer users than the question asks for. */
  readonly leftOut: number;
}

/** Cohorts of several subjects in one statement, by the keys of the subjects. */
export async function answerRetention(
  database: Database,
  query: RetentionQuery,
  subjects: readonly RetentionSubject[],
  signal?: AbortSignal,
): Promise<Map<number | null, RetentionAnswer>> {
  const keys = subjects.flatMap(({ key }) => key ?? []);
  const rows = await runStatement(database, 'retention cohorts', cohortsSql(query, keys), signal);
  if (rows.length > retentionLimits.cohorts) {
    throw new AtlasError(
      'LIMIT_EXCEEDED',
      `There are more than ${retentionLimits.cohorts} cohorts: ask for fewer entities, a shorter range or a coarser grain.`,
      { details: { limit: retentionLimits.cohorts } },
    );
  }
  const byKey = new Map<number | null, CohortRow[]>(subjects.map(({ key }) => [key, []]));
  for (const row of rows)
    byKey.get(row.entity_key === null ? null : Number(row.entity_key))?.push(parseRow(row));
  return new Map(
    subjects.map((subject) => [subject.key, answerOf(query, subject, byKey.get(subject.key) ?? [])]),
  );
}

/** Turns a row of `allCohortsSql` into the cohort that an answer about its subject has. */
export function cohortOf(row: TextRow, query: RetentionQuery, subject: RetentionSubject): Cohort {
  return toCohort(parseRow(row), query, knownSinceOf(subject, query));
}

/** Of what came out after the data began, nobody was a user before. */
function knownSinceOf({ releaseDate }: RetentionSubject, { release }: RetentionQuery): Day | null {
  const { periodFrom } = release;
  return releaseDate !== null && releaseDate >= periodFrom ? null : periodFrom;
}

function answerOf(
  query: RetentionQuery,
  subject: RetentionSubject,
  rows: readonly CohortRow[],
): RetentionAnswer {
  const knownSince = knownSinceOf(subject, query);
  const kept = rows.filter(({ users }) => users.length === 0 || (users[0] ?? 0) >= query.minimumCohort);
  return {
    query,
    cohorts: kept.map((row) => toCohort(row, query, knownSince)),
    leftOut: rows.length - kept.length,
  };
}

function parseRow(row: TextRow): CohortRow {
  return { start: row.cohort_start ?? '', users: parseArray(row.users), stayed: parseArray(row.stayed) };
}

/** `{12,NULL,0}` as PostgreSQL writes it. */
function parseArray(text: string | null | undefined): (number | null)[] {
  const inside = text?.slice(1, -1) ?? '';
  return inside === '' ? [] : inside.split(',').map((each) => (each === 'NULL' ? null : Number(each)));
}

export interface RankingRow {
  readonly key: number;
  readonly cohorts: number;
  readonly withheld: number;
  readonly size: number;
  readonly users: number;
  readonly rate: number;
  readonly interval: Interval;
}

export interface RankingAnswer {
  readonly rows: readonly RankingRow[];
  /** Subjects that there are, on whichever page. */
  readonly totalRows: number;
}

/** Subjects by their retention at one age, highest first. One statement. */
export async function answerRanking(
  database: Database,
  query: RankingQuery,
  signal?: AbortSignal,
): Promise<RankingAnswer> {
  const rows = await runStatement(database, 'retention ranking', rankingSql(query), signal);
  return {
    totalRows: Number(rows[0]?.row_count ?? 0),
    rows: rows.map((row) => {
      const [size, users] = [Number(row.size), Number(row.users)];
      return {
        key: Number(row.entity_key),
        cohorts: Number(row.cohorts),
        withheld: Number(row.withheld),
        size,
        users,
        rate: users / size,
        interval: wilson(users, size),
      };
    }),
  };
}
