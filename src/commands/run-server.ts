// First: types are declared by decorators as they are loaded, which need it.
import 'reflect-metadata';
import type { Logger } from 'pino';
import { openAccess } from '../access/access-control.ts';
import { anonymous } from '../access/viewer.ts';
import type { Config } from '../config.ts';
import { migrate } from '../database/migrate.ts';
import { type Database, openDatabase } from '../database/open-database.ts';
import {
  createContext,
  createServices,
  permalinksOf,
  servicesFor,
  type RequestContext,
} from '../graphql/context.ts';
import { releaseFeed } from '../feeds/release-feed.ts';
import { openDownload } from '../graphql/download/open-download.ts';
import { FigurePictures } from '../graphql/figures/figure-pictures.ts';
import { describeChart } from '../graphql/figures/describe-chart.ts';
import { describeRelease } from '../graphql/release/describe-release.ts';
import { buildAtlasSchema } from '../graphql/schema.ts';
import { createLogger } from '../http/logger.ts';
import { checkReadiness } from '../http/readiness.ts';
import { type RunningServer, startServer } from '../http/serve.ts';
import { readTrustedDocuments } from '../http/trusted-documents.ts';
import { stopOnSignal } from './stop-signals.ts';

/**
 * Migrates the database and serves it until a signal ends the process; `onListening` learns the address.
 * This is the serving side alone: the event engine is never loaded.
 */
export async function runServer(config: Config, onListening: (url: string) => void): Promise<void> {
  const logger = createLogger(config.logLevel);
  const database = await openDatabase(config);
  let server: RunningServer;
  try {
    server = await startServing(config, database, logger);
  } catch (error) {
    await database.close();
    throw error;
  }
  logger.info({ url: server.url, database: database.kind }, 'listening');
  onListening(server.url);
  await stopOnSignal(server.stop, logger);
}

/** Everything that answers requests, over a database that is open. */
export async function startServing(
  config: Config,
  database: Database,
  logger: Logger,
): Promise<RunningServer> {
  await migrate(database.pool);
  const access = await openAccess(database, config, logger);
  const services = createServices(database, config, access);
  const schema = buildAtlasSchema();
  const pictures = new FigurePictures(schema, services);
  pictures.prepare();
  const { trustedDocuments: manifest } = config;
  try {
    return await startServer<RequestContext>({
      schema,
      trustedDocuments: manifest && (await readTrustedDocuments(manifest.file, manifest.mode, schema)),
      createContext: (request) => createContext(services, request),
      checkReadiness: () => checkReadiness(database.pool),
      describeRelease: (id, { viewer = anonymous }) => describeRelease(servicesFor(services, viewer), id),
      readFeed: (dataset, { viewer = anonymous }) => releaseFeed(servicesFor(services, viewer), dataset),
      permalinks: permalinksOf(services),
      drawFigure: (asked) => pictures.picture(asked),
      describeChart: (asked, request) => describeChart(schema, createContext(services, request), asked),
      openDownload: (asked, request, limits) =>
        openDownload(schema, createContext(services, request), asked, limits),
      access,
      config,
      logger,
      close: async () => {
        await pictures.close();
        await access.close();
        await database.close();
      },
    });
  } catch (error) {
    await access.close();
    throw error;
  }
}
