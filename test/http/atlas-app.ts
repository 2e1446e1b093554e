import type { Database } from '../../src/database/open-database.ts';
import { createContext, createServices, type RequestContext } from '../../src/graphql/context.ts';
import { describeChart } from '../../src/graphql/figures/describe-chart.ts';
import { describeRelease } from '../../src/graphql/release/describe-release.ts';
import { buildAtlasSchema } from '../../src/graphql/schema.ts';
import { type RunningApp, runApp } from './running-app.ts';

/** The real app over the real schema and a database, as `atlas serve` puts them together. */
export function runAtlas(database: Database, defaultDataset = 'fixture'): Promise<RunningApp> {
  const services = createServices(database, { defaultDataset, publicUrl: 'https://atlas.example' });
  const schema = buildAtlasSchema();
  return runApp<RequestContext>({
    schema,
    createContext: (request) => createContext(services, request),
    describeRelease: (id) => describeRelease(services, id),
    describeChart: (asked, request) => describeChart(schema, createContext(services, request), asked),
  });
}
