import {
  getNamedType,
  type GraphQLArgument,
  type GraphQLInputField,
  isInputObjectType,
  isListType,
  isNonNullType,
} from 'graphql';
import { beforeAll, expect, it } from 'vitest';
import { buildAtlasSchema } from '../../src/graphql/schema.ts';
import { type Asker, askerOf } from '../support/ask.ts';
import { describeOnEachDatabase } from '../support/databases.ts';
import { seedRelease } from '../support/seed-release.ts';
import { fixtureGenerations } from '../support/serving-fixture.ts';
import { countStatements } from '../support/statements.ts';
import { type Arguments, WholeDocuments } from '../support/whole-documents.ts';

const schema = buildAtlasSchema();
const roots = Object.values(schema.getQueryType()!.getFields());

/** What fields need beside the argument that is tried. */
const needed: Readonly<Record<string, Arguments>> = {
  costMap: { of: 'MODEL' },
  releaseDifference: { from: '"fixture@2024-03-07.1"', to: '"fixture@2024-03-07.1"' },
  usage: { groupBy: '[MODEL]' },
};

const hostile = ["'; DROP TABLE models; --", '__proto__', '" OR "1"="1', '$1::text[]); --', 'a\u0000b'];

/** Every way to write the text into an argument: as it is, in a list, or somewhere in an object. */
function places(argument: GraphQLArgument | GraphQLInputField, text: string, depth = 3): string[] {
  const type = isNonNullType(argument.type) ? argument.type.ofType : argument.type;
  if (isListType(type)) {
    return places({ ...argument, type: type.ofType } as GraphQLArgument, text, depth).map(
      (each) => `[${each}]`,
    );
  }
  const named = getNamedType(type);
  if (isInputObjectType(named)) {
    if (depth === 0) return [];
    return Object.values(named.getFields()).flatMap((field) =>
      places(field, text, depth - 1).map((each) => `{ ${field.name}: ${each} }`),
    );
  }
  return ['String', 'ID', 'Date'].includes(named.name) ? [JSON.stringify(text)] : [];
}

describeOnEachDatabase('a hostile text', (open) => {
  let asker: Asker;
  beforeAll(async () => {
    const database = await open();
    await seedRelease(database.pool, fixtureGenerations(50));
    asker = askerOf(database);
  });

  it.each(hostile)(
    '%j reaches no SQL text, whatever argument of whatever field it is given for',
    async (text) => {
      let asked = 0;
      for (const root of roots) {
        for (const argument of root.args) {
          for (const place of places(argument, text)) {
            const given = { ...needed[root.name], [argument.name]: place };
            const document = new WholeDocuments(schema).query(root, given, 3);
            const { result, statements } = await countStatements(() => asker.ask(document));
            asked += 1;
            const name = `${root.name}(${argument.name}: ${place})`;
            for (const error of result.errors) {
              // Refused by the type of the argument, or by a code that says what to do.
              const { code } = (error.originalError ?? {}) as { code?: string };
              if (error.originalError !== undefined) expect([name, code]).toEqual([name, expect.any(String)]);
              expect([name, code]).not.toEqual([name, 'INTERNAL']);
            }
            expect([name, statements.filter((each) => each.includes(text))]).toEqual([name, []]);
          }
        }
      }
      expect(asked).toBeGreaterThan(100);
    },
  );
});
