import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type AccessControl, openAccess } from '../../src/access/access-control.ts';
import type { Scope } from '../../src/access/scopes.ts';
import { anonymous } from '../../src/access/viewer.ts';
import { type Config, readConfig } from '../../src/config.ts';
import type { Database } from '../../src/database/open-database.ts';
import {
  createContext,
  createServices,
  type RequestContext,
  permalinksOf,
  servicesFor,
} from '../../src/graphql/context.ts';
import { downloadLimits, type DownloadLimits } from '../../src/downloads/download-limits.ts';
import { openDownload } from '../../src/graphql/download/open-download.ts';
import { releaseFeed } from '../../src/feeds/release-feed.ts';
import { describeRelease } from '../../src/graphql/release/describe-release.ts';
import { buildAtlasSchema } from '../../src/graphql/schema.ts';
import { createApp } from '../../src/http/create-app.ts';
import { createLogger } from '../../src/http/logger.ts';
import { allOk } from '../http/readiness-samples.ts';

export const testPepper = '0123456789abcdef'.repeat(4);

export interface Asked {
  readonly status: number;
  readonly headers: Headers;
  // The tests look at the answer as its client does.
  readonly body: {
    data?: Record<string, never> | null;
    errors?: { message: string; extensions: { code: string; details?: Record<string, unknown> } }[];
    extensions?: {
      cost: { requested: number; actual: number; remaining: number; resetAt: string; why: string[] };
    };
  };
}

export interface GuardedServer {
  readonly url: string;
  readonly access: AccessControl;
  /** Log lines as they were written. */
  readonly log: string[];
  ask(
    query: string,
    options?: { key?: string; headers?: Record<string, string>; path?: string },
  ): Promise<Asked>;
  stop(): Promise<void>;
}

type Settings = Partial<
  Pick<Config, 'quotas' | 'redisUrl' | 'trustProxy' | 'keyEnvironment' | 'keyPepper'>
> & { readonly downloadLimits?: Partial<DownloadLimits> };

/** The real app with access control over a database, listening on a free port. */
export async function runGuardedServer(database: Database, settings: Settings = {}): Promise<GuardedServer> {
  const log: string[] = [];
  const logger = createLogger('debug', { write: (line) => void log.push(line) });
  const config = {
    ...readConfig({ ATLAS_KEY_PEPPER: testPepper, ATLAS_DEFAULT_DATASET: 'fixture' }),
    ...settings,
  };
  const access = await openAccess(database, config, logger);
  const services = createServices(database, config, access);
  const schema = buildAtlasSchema();
  const httpServer = createServer();
  const { app, stop } = await createApp<RequestContext>({
    schema,
    createContext: (request) => createContext(services, request),
    checkReadiness: async () => allOk,
    describeRelease: (id, { viewer = anonymous }) => describeRelease(servicesFor(services, viewer), id),
    readFeed: (dataset, { viewer = anonymous }) => releaseFeed(servicesFor(services, viewer), dataset),
    permalinks: permalinksOf(services),
    openDownload: (asked, request, limits) =>
      openDownload(schema, createContext(services, request), asked, limits),
    downloadLimits: { ...downloadLimits, ...settings.downloadLimits },
    access,
    config,
    logger,
    httpServer,
  });
  httpServer.on('request', app);
  await new Promise<void>((resolve) => httpServer.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(httpServer.address() as AddressInfo).port}`;
  return {
    url,
    access,
    log,
    ask: (query, options) => ask(url, query, options),
    stop: async () => {
      await stop();
      await access.close();
    },
  };
}

async function ask(
  url: string,
  query: string,
  {
    key,
    headers = {},
    path = '/graphql',
  }: { key?: string; headers?: Record<string, string>; path?: string } = {},
): Promise<Asked> {
  const answer = await fetch(url + path, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      accept: 'application/graphql-response+json',
      ...(key !== undefined && { authorization: `Bearer ${key}` }),
      ...headers,
    },
    body: JSON.stringify({ query }),
  });
  return { status: answer.status, headers: answer.headers, body: (await answer.json()) as Asked['body'] };
}

/** The header of a new key that opens one data set of partners, as far as its scopes go. */
export async function partnerHeaders(
  { access }: GuardedServer,
  dataset: string,
  scopes: readonly Scope[],
): Promise<{ authorization: string }> {
  const wanted = {
    name: 'Example Inc.',
    scopes: [...scopes],
    datasets: [dataset],
    quotaClass: 'STANDARD' as const,
    expiresAt: null,
  };
  const { text } = await access.keys.create(wanted, 'cli:tester');
  return { authorization: `Bearer ${text}` };
}

/** Code of the first error; undefined where there is none. */
export const codeOf = ({ body }: Asked): string | undefined => body.errors?.[0]?.extensions.code;
