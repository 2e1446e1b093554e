import path from 'node:path';
import { Kind, parse, validate, type OperationDefinitionNode } from 'graphql';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { migrate } from '../../src/database/migrate.ts';
import { openDatabase, type Database } from '../../src/database/open-database.ts';
import { buildAtlasSchema } from '../../src/graphql/schema.ts';
import { askerOf, type Asker } from '../support/ask.ts';
import { figureDocuments, figureVariables } from '../support/figures.ts';
import { seedRelease } from '../support/seed-release.ts';
import { fixtureGenerations } from '../support/serving-fixture.ts';
import { countStatements } from '../support/statements.ts';

const documents = await figureDocuments();
const schema = buildAtlasSchema();
const golden = path.resolve(import.meta.dirname, '../golden');

it("has a document for each of the study's aggregate questions", () => {
  const questions = Array.from({ length: 26 }, (_, index) => index + 1);
  expect(documents.map(({ name }) => Number(name.slice(1, 3)))).toEqual(questions);
});

describe('the document', () => {
  let database: Database;
  let asker: Asker;

  beforeAll(async () => {
    database = await openDatabase({ databaseDirectory: 'memory://', databasePoolSize: 1 });
    await migrate(database.pool);
    await seedRelease(database.pool, fixtureGenerations(300));
    asker = askerOf(database);
    // The catalogue of the release is read once, before the statements are looked at.
    await asker.ask('{ models(first: 1) { totalCount } }');
  });
  afterAll(() => database.close());

  describe.each(documents)('$name', ({ name, text }) => {
    it('is one named operation that the schema accepts, with a header that says what it needs', () => {
      const document = parse(text);
      expect(validate(schema, document)).toEqual([]);
      const operations = document.definitions.filter(({ kind }) => kind === Kind.OPERATION_DEFINITION);
      expect(operations).toHaveLength(1);
      expect((operations[0] as OperationDefinitionNode).name?.value).toMatch(/^[A-Z]\w+$/);
      expect(text).toMatch(/^# Figure: .+\n# Question: Q\d+.+\n# Needs: /);
    });

    it('sends the statements and gets the rows that were looked at when it was written', async () => {
      const { result, statements } = await countStatements(() =>
        asker.ask(text, figureVariables[name] ?? {}),
      );
      expect(result.errors).toEqual([]);
      const usage = statements.filter((statement) => /^\/\* (usage|retention)/.test(statement));
      await expect(
        `${usage.join('\n\n') || '-- no statement: the catalogue is in memory'}\n`,
      ).toMatchFileSnapshot(path.join(golden, `${name}.sql`));
      await expect(`${JSON.stringify(result.data, null, 1)}\n`).toMatchFileSnapshot(
        path.join(golden, `${name}.json`),
      );
    });
  });
});
