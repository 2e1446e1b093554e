import { graphql, type GraphQLError, type GraphQLSchema } from 'graphql';
import { anonymous, type Viewer } from '../../src/access/viewer.ts';
import type { Database } from '../../src/database/open-database.ts';
import type { Figure } from '../../src/figures/figure.ts';
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
export function askerOf(
  database: Database,
  defaultDataset = 'fixture',
  viewer: Viewer = anonymous,
  figures?: readonly Figure[],
): Asker {
  schema ??= buildAtlasSchema();
  const built = schema;
  const settings = { defaultDataset, publicUrl: 'https://atlas.example' };
  const services = createServices(database, settings, null, figures);
  return {
    services,
    ask: async (source, variableValues = {}) => {
      const contextValue = createContext(services, {
        requestId: 'test',
        signal: new AbortController().signal,
        viewer,
      });
      const { data, errors = [] } = await graphql({ schema: built, source, contextValue, variableValues });
      return { data: (data ?? {}) as Answer['data'], errors };
    },
  };
}
