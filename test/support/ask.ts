import { graphql, type GraphQLError, type GraphQLSchema } from 'graphql';
import type { Database } from '../../src/database/open-database.ts';
import { createContext, createServices, type Services } from '../../src/graphql/context.ts';
import { buildAtlasSchema } from '../../src/graphql/schema.ts';

export interface Answer {
  // The tests look at the answer as its client does.
  readonly data: Record<string, never>;
  readonly errors: readonly GraphQLError[];
}

export interface Asker {
  readonly services: Services;
  ask(source: string, variables?: Record<string, unknown>): Promise<Answer>;
}

let schema: GraphQLSchema | undefined;

/** Asks the real schema over a database, without HTTP. */
export function askerOf(database: Database, defaultDataset = 'fixture'): Asker {
  schema ??= buildAtlasSchema();
  const built = schema;
  const services = createServices(database, { defaultDataset, publicUrl: 'https://atlas.example' });
  return {
    services,
    ask: async (source, variableValues = {}) => {
      const contextValue = createContext(services, {
        requestId: 'test',
        signal: new AbortController().signal,
      });
      const { data, errors = [] } = await graphql({ schema: built, source, contextValue, variableValues });
      return { data: (data ?? {}) as Answer['data'], errors };
    },
  };
}
