import { beforeAll, expect, it } from 'vitest';
import { describeOnEachDatabase } from '../support/databases.ts';
import { askerOf, type Asker } from '../support/ask.ts';
import { seedRelease } from '../support/seed-release.ts';
import { fixtureGenerations, fixtureModels } from '../support/serving-fixture.ts';
import { countStatements } from '../support/statements.ts';

const generations = fixtureGenerations(1_500);

interface ModelNode {
  id: string;
  author: { name: string } | null;
  providers: { name: string }[];
  usage: { rows: { period: { start: string }; totalTokens: number; share: number }[] };
}

const document = /* GraphQL */ `
  query ($first: Int!) {
    models(first: $first) {
      nodes {
        id
        author {
          name
          usage {
            rows {
              requests
            }
          }
        }
        providers {
          name
        }
        usage(grain: MONTH) {
          rows {
            period {
              start
            }
            totalTokens
            share
          }
        }
      }
    }
  }
`;

describeOnEachDatabase('usage nested in a list', (open) => {
  let asker: Asker;

  beforeAll(async () => {
    const database = await open();
    await seedRelease(database.pool, generations);
    asker = askerOf(database);
    await asker.ask(document, { first: 1 });
  });

  it('takes the same number of statements however many models are listed', async () => {
    const statementsFor = async (first: number): Promise<number> => {
      const { result, statements } = await countStatements(() => asker.ask(document, { first }));
      expect(result.errors).toEqual([]);
      return statements.filter((text) => text.startsWith('/* usage')).length;
    };
    expect(await statementsFor(1)).toBe(3);
    expect(await statementsFor(50)).toBe(3);
  });

  it('equals what the same question asks of one model alone, with shares of everything', async () => {
    const { data } = await asker.ask(document, { first: 50 });
    const { nodes } = data.models as unknown as { nodes: ModelNode[] };
    expect(nodes.map(({ id }) => id)).toEqual(fixtureModels.map(({ id }) => id));
    const { data: all } = await asker.ask(
      '{ usage(groupBy: [MODEL], grain: MONTH) { rows { model { id } period { start } totalTokens share } } }',
    );
    const { rows } = all.usage as unknown as {
      rows: (ModelNode['usage']['rows'][number] & { model: { id: string } })[];
    };
    for (const { id, usage } of nodes) {
      const own = rows.filter(({ model }) => model.id === id).map(({ model, ...row }) => row);
      expect(usage.rows).toEqual(own);
    }
  });

  it('has the totals of each, by one statement more for the whole list', async () => {
    const fields = 'requests totalTokens meanPromptTokens promptLength { p50 }';
    const { result, statements } = await countStatements(() =>
      asker.ask(
        `{ models(first: 50) { nodes { id usage(grain: MONTH, groupBy: [SOURCE]) { rows { ${fields} } totals { ${fields} } } } } }`,
      ),
    );
    expect(result.errors).toEqual([]);
    expect(statements.filter((text) => text.startsWith('/* usage'))).toHaveLength(2);
    const { nodes } = result.data.models as unknown as {
      nodes: { id: string; usage: { rows: { requests: number }[]; totals: { requests: number } | null } }[];
    };
    const used = nodes.filter(({ usage }) => usage.rows.length > 0);
    expect(used.length).toBeGreaterThan(1);
    for (const { id, usage } of nodes) {
      const alone = await asker.ask(
        `{ usage(where: { model: { eq: "${id}" } }) { rows { ${fields} } totals { ${fields} } } }`,
      );
      const { totals } = alone.data.usage as unknown as { totals: object | null };
      expect(usage.totals).toEqual(totals);
    }
  });
});

describeOnEachDatabase('lists below lists', (open) => {
  it('are refused where they multiply beyond the limit, and quickly', async () => {
    const database = await open();
    await seedRelease(database.pool, generations.slice(0, 10));
    let document = 'id';
    for (let level = 0; level < 40; level += 1) document = `author { models { ${document} } }`;
    const { errors } = await askerOf(database).ask(`{ models { nodes { ${document} } } }`);
    expect(errors[0]?.originalError).toMatchObject({ code: 'LIMIT_EXCEEDED' });
  });
});
