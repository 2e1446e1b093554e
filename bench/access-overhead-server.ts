// Serves what bench/access-overhead.ts measures: one database, several servers in one process.
import { randomBytes } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { openAccess } from '../src/access/access-control.ts';
import { readConfig } from '../src/config.ts';
import { migrate } from '../src/database/migrate.ts';
import { openDatabase } from '../src/database/open-database.ts';
import { createContext, createServices, type RequestContext } from '../src/graphql/context.ts';
import { buildAtlasSchema } from '../src/graphql/schema.ts';
import { createApp } from '../src/http/create-app.ts';
import { createLogger } from '../src/http/logger.ts';
import { seedRelease } from '../test/support/seed-release.ts';
import { fixtureGenerations } from '../test/support/serving-fixture.ts';
import { inRandomOrder } from './access-clients.ts';
import { onServer } from './servers.ts';

const server = process.env.TEST_DATABASE_URL;
const name = `atlas_bench_${randomBytes(6).toString('hex')}`;

function databaseUrl(): string | undefined {
  if (server === undefined) return undefined;
  const url = new URL(server);
  url.pathname = `/${name}`;
  return url.href;
}

if (server !== undefined) await onServer(server, `CREATE DATABASE ${name} TEMPLATE template0`);
const config = {
  ...readConfig({
    DATABASE_URL: databaseUrl(),
    ATLAS_KEY_PEPPER: randomBytes(32).toString('hex'),
    ATLAS_DEFAULT_DATASET: 'fixture',
    QUOTA_STANDARD: '1000000000',
  }),
  databaseDirectory: 'memory://',
};
const database = await openDatabase(config);
await migrate(database.pool);
await seedRelease(database.pool, fixtureGenerations());
const logger = createLogger('silent');
const schema = buildAtlasSchema();

async function serve(redisUrl: string | undefined, isGuarded: boolean) {
  const access = isGuarded ? await openAccess(database, { ...config, redisUrl }, logger) : undefined;
  const services = createServices(database, config, access ?? null);
  const httpServer = createServer();
  const { app } = await createApp<RequestContext>({
    schema,
    createContext: (request) => createContext(services, request),
    checkReadiness: async () => ({ database: 'ok', migrations: 'ok', release: 'ok' }),
    describeRelease: async () => null,
    ...(access && { access }),
    config,
    logger,
    httpServer,
  });
  httpServer.on('request', app);
  await new Promise<void>((resolve) => httpServer.listen(0, '127.0.0.1', resolve));
  const wanted = {
    name: 'Bench',
    scopes: [],
    datasets: [],
    quotaClass: 'STANDARD' as const,
    expiresAt: null,
  };
  const key = await access?.keys.create(wanted, 'cli:bench');
  return {
    url: `http://127.0.0.1:${(httpServer.address() as AddressInfo).port}`,
    headers: key === undefined ? {} : { authorization: `Bearer ${key.text}` },
  };
}

const redisUrl = process.env.TEST_REDIS_URL;
const wanted = [
  { name: 'without', isGuarded: false, redisUrl: undefined },
  { name: 'with, in memory', isGuarded: true, redisUrl: undefined },
  ...(redisUrl === undefined ? [] : [{ name: 'with, in Redis', isGuarded: true, redisUrl }]),
  // The same once more: how much of a difference is noise.
  { name: 'without, again', isGuarded: false, redisUrl: undefined },
];
const variants = [];
for (const each of inRandomOrder(wanted)) {
  variants.push({ name: each.name, ...(await serve(each.redisUrl, each.isGuarded)) });
}
process.on('message', (message) => {
  if (message === 'cpu') {
    const { user, system } = process.cpuUsage();
    process.send?.((user + system) / 1_000);
    return;
  }
  void database
    .close()
    .then(() => (server === undefined ? undefined : onServer(server, `DROP DATABASE ${name} WITH (FORCE)`)))
    .then(() => process.exit(0));
});
process.send?.(variants);
