import type { Logger } from 'pino';
import type { Config } from '../config.ts';
import { migrate } from '../database/migrate.ts';
import { type Database, openDatabase } from '../database/open-database.ts';
import { createContext, createServices, type RequestContext } from '../graphql/context.ts';
import { describeRelease } from '../graphql/release/describe-release.ts';
import { buildAtlasSchema } from '../graphql/schema.ts';
import { createLogger } from '../http/logger.ts';
import { checkReadiness } from '../http/readiness.ts';
import { type RunningServer, startServer } from '../http/serve.ts';
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
    server = await start(config, database, logger);
  } catch (error) {
    await database.close();
    throw error;
  }
  logger.info({ url: server.url, database: database.kind }, 'listening');
  onListening(server.url);
  await stopOnSignal(server.stop, logger);
}

async function start(config: Config, database: Database, logger: Logger): Promise<RunningServer> {
  await migrate(database.pool);
  const services = createServices(database, config);
  return startServer<RequestContext>({
    schema: buildAtlasSchema(),
    createContext: (request) => createContext(services, request),
    checkReadiness: () => checkReadiness(database.pool),
    describeRelease: (id) => describeRelease(services, id),
    config,
    logger,
    close: () => database.close(),
  });
}
