import { beforeAll, expect, it } from 'vitest';
import { addDays } from '../../src/measures/periods.ts';
import { cohortsByHand, type OracleGrain } from '../measures/retention/retention-oracle.ts';
import { askerOf, type Asker } from '../support/ask.ts';
import { describeOnEachDatabase, type TestDatabase } from '../support/databases.ts';
import { seedRelease } from '../support/seed-release.ts';
import { fixtureGenerations, fixtureModels, fixtureRange } from '../support/serving-fixture.ts';
import { countStatements } from '../support/statements.ts';

const generations = fixtureGenerations(400);
const uses = generations.flatMap(({ user, day, model }) => (user === null ? [] : [{ user, day, model }]));

const nested = /* GraphQL */ `
  query ($first: Int!, $grain: RetentionGrain!) {
    models(first: $first) {
      nodes {
        id
        retention(grain: $grain) {
          cohorts {
            id
            start
            size
            periods {
              age
              users
              rate
            }
          }
          halfLife(includeLeftCensored: true)
          foundational(all: true) {
            test {
              pValue
            }
          }
        }
        author {
          retention(grain: $grain) {
            cohorts {
              start
              size
            }
          }
        }
      }
    }
  }
`;

interface Node {
  id: string;
  retention: {
    cohorts: { id: string; start: string; size: number; periods: { users: number; rate: number }[] }[];
  };
}

describeOnEachDatabase('retention', (open) => {
  let database: TestDatabase;
  let asker: Asker;
  beforeAll(async () => {
    database = await open();
    await seedRelease(database.pool, generations);
    asker = askerOf(database);
    await asker.ask('{ models(first: 1) { totalCount } }');
  });

  const answer = async <T>(text: string): Promise<T> => {
    const { data, errors } = await asker.ask(text);
    expect(errors).toEqual([]);
    return data as unknown as T;
  };

  it('of a list takes one statement for models and one for authors, however many are listed', async () => {
    for (const first of [1, 50]) {
      const { result, statements } = await countStatements(() =>
        asker.ask(nested, { first, grain: 'MONTH' }),
      );
      expect(result.errors).toEqual([]);
      expect(statements.filter((text) => text.startsWith('/* retention'))).toHaveLength(2);
    }
  });

  it.each(['DAY', 'WEEK', 'MONTH'] as const)(
    'of a list is what a count by hand gives, by %s',
    async (grain: OracleGrain) => {
      const { data, errors } = await asker.ask(nested, { first: 50, grain });
      expect(errors).toEqual([]);
      const { nodes } = data.models as unknown as { nodes: Node[] };
      expect(nodes).toHaveLength(fixtureModels.length);
      for (const { id, retention } of nodes) {
        const key = fixtureModels.find((model) => model.id === id)?.key;
        const own = cohortsByHand(
          uses.filter(({ model }) => model === key),
          grain,
          fixtureRange,
        );
        expect(
          retention.cohorts.map(({ start, size, periods }) => [
            start,
            size,
            periods.map(({ users }) => users),
          ]),
        ).toEqual(own.map(({ start, size, periods }) => [start, size, periods.map(({ users }) => users)]));
        for (const { size, periods } of retention.cohorts) {
          for (const { users, rate } of periods) expect(rate).toBe(users / size);
        }
      }
    },
  );

  it('finds a cohort again by its id, alone', async () => {
    const { retention } = await answer<Node>(
      '{ retention(model: "google/closed", grain: WEEK) { cohorts { id start size } } }',
    );
    const cohort = retention.cohorts[1];
    const found = await asker.ask(
      'query ($id: ID!) { node(id: $id) { id __typename ... on RetentionCohort { start size grain } } }',
      { id: cohort?.id },
    );
    expect(found.data.node).toEqual({ ...cohort, grain: 'WEEK', __typename: 'RetentionCohort' });
    for (const id of ['cohort:x', `cohort:fixture@2024-03-07.1:WEEK:2019-01-07:all`, `${cohort?.id}x`]) {
      expect((await asker.ask('query ($id: ID!) { node(id: $id) { id } }', { id })).data.node).toBeNull();
    }
  });

  it('ranks models by cohorts whose period is complete, in one statement', async () => {
    const { result, statements } = await countStatements(() =>
      asker.ask(
        '{ retentionRanking(grain: WEEK, age: 3, minimumSize: 1) { totalRows rows { rank model { id } cohorts size users rate } } }',
      ),
    );
    expect(result.errors).toEqual([]);
    expect(statements.filter((text) => text.startsWith('/* retention'))).toHaveLength(1);
    const byHand = fixtureModels.map(({ key, id }) => {
      const cohorts = cohortsByHand(
        uses.filter(({ model }) => model === key),
        'WEEK',
        fixtureRange,
      ).filter(({ start, periods }) => start > fixtureRange.from && periods[3]?.complete === true);
      const size = cohorts.reduce((sum, cohort) => sum + cohort.size, 0);
      const users = cohorts.reduce((sum, { periods }) => sum + (periods[3]?.users ?? 0), 0);
      return { model: { id }, cohorts: cohorts.length, size, users, rate: users / size };
    });
    byHand.sort((a, b) => b.rate - a.rate || b.size - a.size);
    const { rows, totalRows } = result.data.retentionRanking as unknown as {
      rows: unknown[];
      totalRows: number;
    };
    expect(rows).toEqual(
      byHand.filter(({ size }) => size > 0).map((row, index) => ({ rank: index + 1, ...row })),
    );
    expect(totalRows).toBe(rows.length);
  });

  it('leaves out small cohorts where asked, and those that begin outside the range', async () => {
    const all = await answer<Node>('{ retention(grain: WEEK) { cohorts { start size } } }');
    const few = await answer<Node & { retention: { leftOut: number } }>(
      '{ retention(grain: WEEK, minimumCohort: 3) { leftOut cohorts { start size } } }',
    );
    const large = all.retention.cohorts.filter(({ size }) => size >= 3);
    expect(few.retention).toEqual({ leftOut: all.retention.cohorts.length - large.length, cohorts: large });
    const from = all.retention.cohorts[1]?.start ?? '';
    const some = await answer<Node>(
      `{ retention(grain: WEEK, from: "${from}", to: "${addDays(from, 7)}") { cohorts { start size } } }`,
    );
    expect(some.retention.cohorts).toEqual([all.retention.cohorts[1]]);
  });

  it.each([
    ['retention(model: "google/closed", author: "google") { leftOut }', 'BAD_ARGUMENT'],
    ['retention(model: "no/such") { leftOut }', 'BAD_ARGUMENT'],
    ['retention(lastAge: 64) { leftOut }', 'LIMIT_EXCEEDED'],
    ['retention(minimumCohort: 0) { leftOut }', 'BAD_ARGUMENT'],
    ['retention(from: "2024-02-01", to: "2024-02-01") { leftOut }', 'BAD_ARGUMENT'],
    ['retention { foundational(level: 0) { test { pValue } } }', 'BAD_ARGUMENT'],
    ['retention { boomerangs(level: 1) { age } }', 'BAD_ARGUMENT'],
    ['retention { survivalArea(periods: 65) }', 'LIMIT_EXCEEDED'],
    ['retentionRanking(age: 0) { totalRows }', 'LIMIT_EXCEEDED'],
    ['retentionRanking(first: 501) { totalRows }', 'LIMIT_EXCEEDED'],
  ])('is refused as %s', async (field, code) => {
    const { errors } = await asker.ask(`{ ${field} }`);
    expect(errors[0]?.originalError).toMatchObject({ code });
  });

  it('shows what is withheld as unknown, never as zero', async () => {
    const key = await seedRelease(database.pool, generations, { dataset: 'withheld' });
    const where = `release_key = ${key} AND grain = 'MONTH' AND retention_cohorts.grouping = 'ALL'`;
    await database.pool.query(`DELETE FROM retention_cohorts WHERE ${where}`);
    await database.pool.query(
      `INSERT INTO retention_cohorts (release_key, grouping, grain, cohort_start, users, stayed) VALUES
         (${key}, 'ALL', 'MONTH', '2023-12-01', '{}', '{}'),
         (${key}, 'ALL', 'MONTH', '2024-01-01', '{30,NULL}', '{0,NULL}'),
         (${key}, 'ALL', 'MONTH', '2024-02-01', '{20}', '{0}')`,
    );
    const { data } = await askerOf(database, 'withheld').ask(
      '{ retention { cohorts { size withheld survivalArea(periods: 2) periods { users stayed rate withheld complete } } } }',
    );
    expect((data.retention as unknown as Node['retention']).cohorts).toEqual([
      { size: null, withheld: true, survivalArea: null, periods: [] },
      {
        size: 30,
        withheld: false,
        survivalArea: null,
        periods: [
          { users: 30, stayed: null, rate: 1, withheld: false, complete: true },
          { users: null, stayed: null, rate: null, withheld: true, complete: true },
          { users: 0, stayed: 0, rate: 0, withheld: false, complete: false },
        ],
      },
      {
        size: 20,
        withheld: false,
        survivalArea: null,
        periods: [
          { users: 20, stayed: null, rate: 1, withheld: false, complete: true },
          { users: 0, stayed: 0, rate: 0, withheld: false, complete: false },
        ],
      },
    ]);
  });

  it('is not covered where the data carry no users', async () => {
    const key = await seedRelease(database.pool, generations, { dataset: 'userless' });
    await database.pool.query('DELETE FROM release_rollups WHERE release_key = $1', [key]);
    const { ask } = askerOf(database, 'userless');
    const { errors } = await ask('{ retention { leftOut } }');
    expect(errors[0]?.originalError).toMatchObject({ code: 'DIMENSION_NOT_COVERED' });
    const { data } = await ask('{ models(first: 1) { nodes { retention { leftOut } } } }');
    expect(data.models).toEqual({ nodes: [{ retention: null }] });
  });
});
