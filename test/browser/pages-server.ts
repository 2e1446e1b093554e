import type { AddressInfo } from 'node:net';
import { createServer } from 'node:net';
import { openAccess } from '../../src/access/access-control.ts';
import { scopeNames } from '../../src/access/scopes.ts';
import { startServing } from '../../src/commands/run-server.ts';
import { readConfig } from '../../src/config.ts';
import { migrate } from '../../src/database/migrate.ts';
import { openDatabase } from '../../src/database/open-database.ts';
import { createLogger } from '../../src/http/logger.ts';
import type { RunningServer } from '../../src/http/serve.ts';
import { hidden, seedHiddenDataset } from '../support/hidden-dataset.ts';
import { seedRelease } from '../support/seed-release.ts';
import { fixtureGenerations } from '../support/serving-fixture.ts';

export const synthetic = 'synthetic';

export interface PagesServer {
  readonly url: string;
  /** Opens the PARTNER data set, with every scope. */
  readonly partnerKey: string;
  /** Of the same partner, over. */
  readonly expiredKey: string;
  /** Ends the server; its data and its address stay. */
  stop(): Promise<void>;
  /** The same server again, at the same address. */
  restart(): Promise<void>;
  close(): Promise<void>;
}

/** The whole server over small data sets: one for all, one for a partner, one that is marked as synthetic. */
export async function servePages(): Promise<PagesServer> {
  const database = await openDatabase({ databaseDirectory: 'memory://', databasePoolSize: 1 });
  await migrate(database.pool);
  await seedHiddenDataset(database.pool);
  await seedRelease(database.pool, fixtureGenerations(300), { dataset: synthetic });
  await database.pool.query('UPDATE datasets SET synthetic = true WHERE id = $1', [synthetic]);

  const port = await freePort();
  const config = readConfig({
    ATLAS_KEY_PEPPER: '0123456789abcdef'.repeat(4),
    ATLAS_DEFAULT_DATASET: 'fixture',
    HOST: '127.0.0.1',
    PORT: String(port),
    PUBLIC_URL: `http://127.0.0.1:${port}`,
    LOG_LEVEL: 'silent',
  });
  const logger = createLogger('silent');
  const access = await openAccess(database, config, logger);
  const partner = {
    name: 'Example Inc.',
    scopes: [...scopeNames],
    datasets: [hidden],
    quotaClass: 'LARGE' as const,
    expiresAt: null,
  };
  const { text: partnerKey } = await access.keys.create(partner, 'cli:tester');
  const { key, text: expiredKey } = await access.keys.create(partner, 'cli:tester');
  // No key is made that is over: its time is set back.
  await database.pool.query("UPDATE api_keys SET expires_at = now() - interval '1 hour' WHERE id = $1", [
    key.id,
  ]);
  await access.close();

  // The database outlives the servers over it.
  const kept = { ...database, close: async () => undefined };
  let server: RunningServer = await startServing(config, kept, logger);
  return {
    url: `http://127.0.0.1:${port}`,
    partnerKey,
    expiredKey,
    stop: () => server.stop(),
    restart: async () => {
      server = await startServing(config, kept, logger);
    },
    close: async () => {
      await server.stop();
      await database.close();
    },
  };
}

/** A server that is started again needs the port that it had: it is chosen once. */
async function freePort(): Promise<number> {
  const probe = createServer();
  await new Promise<void>((resolve) => probe.listen(0, '127.0.0.1', resolve));
  const { port } = probe.address() as AddressInfo;
  await new Promise((resolve) => probe.close(resolve));
  return port;
}
