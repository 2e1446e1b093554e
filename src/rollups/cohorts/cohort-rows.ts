import { periodNumber, type CohortGrain } from './cohort-periods.ts';

/** A row of the rollup of cohorts, before or after counts were withheld. */
export interface Cohort {
  /** Its keys as TabSeparated text: release, grouping, entity, grain, first day. */
  readonly keys: readonly string[];
  readonly grain: CohortGrain;
  /** Number of the period of first use. */
  readonly period: number;
  /** Active users by age, from age 0; null: withheld. */
  readonly users: readonly (number | null)[];
  /** Of these, those active at the age before. */
  readonly stayed: readonly (number | null)[];
}

/** A model, an author or the whole data set, by its keys in the rows. */
export interface CohortSubject {
  readonly grouping: string;
  /** `\N` for the whole data set. */
  readonly entityKey: string;
}

/** A cohort as it was counted: nothing withheld. */
export interface CountedCohort extends Cohort {
  readonly users: readonly number[];
  readonly stayed: readonly number[];
}

/** Reads TabSeparated rows, which come ordered by subject, and yields the cohorts of one subject at a time. */
export async function* cohortsBySubject(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<CountedCohort[]> {
  let subject: CountedCohort[] = [];
  for await (const line of lines(chunks)) {
    const cohort = parseCohort(line);
    const [first] = subject;
    if (first !== undefined && (first.keys[1] !== cohort.keys[1] || first.keys[2] !== cohort.keys[2])) {
      yield subject;
      subject = [];
    }
    subject.push(cohort);
  }
  if (subject.length > 0) yield subject;
}

export function subjectOf(cohorts: readonly Cohort[]): CohortSubject {
  const [, grouping = '', entityKey = ''] = cohorts[0]?.keys ?? [];
  return { grouping, entityKey };
}

/** Rows as COPY reads them. */
export function cohortLines(cohorts: readonly Cohort[]): Buffer {
  const lines = cohorts.map(
    ({ keys, users, stayed }) => `${keys.join('\t')}\t${arrayField(users)}\t${arrayField(stayed)}\n`,
  );
  return Buffer.from(lines.join(''));
}

async function* lines(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<string> {
  const decoder = new TextDecoder();
  let rest = '';
  for await (const chunk of chunks) {
    const complete = (rest + decoder.decode(chunk, { stream: true })).split('\n');
    rest = complete.pop() ?? '';
    yield* complete;
  }
}

function parseCohort(line: string): CountedCohort {
  const fields = line.split('\t');
  const keys = fields.slice(0, 5);
  const [grain, start] = fields.slice(3, 5) as [CohortGrain, string];
  const [users = '{}', stayed = '{}'] = fields.slice(5);
  return {
    keys,
    grain,
    period: periodNumber(grain, start),
    users: parseArray(users),
    stayed: parseArray(stayed),
  };
}

function parseArray(field: string): number[] {
  return field === '{}' ? [] : field.slice(1, -1).split(',').map(Number);
}

function arrayField(counts: readonly (number | null)[]): string {
  return `{${counts.map((count) => count ?? 'NULL').join(',')}}`;
}
