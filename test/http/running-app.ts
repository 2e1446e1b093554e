import { EventEmitter } from 'node:events';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { BaseContext } from '@apollo/server';
import type { GraphQLSchema } from 'graphql';
import { type AppOptions, createApp } from '../../src/http/create-app.ts';
import type { DescribeChart } from '../../src/http/chart-file.ts';
import type { CrossOrigin } from '../../src/http/cross-origin.ts';
import {
  type ConnectionLimits,
  connectionLimits,
  createGuardedServer,
} from '../../src/http/guarded-server.ts';
import { createLogger } from '../../src/http/logger.ts';
import type { Readiness } from '../../src/http/readiness.ts';
import type { TrustedDocuments } from '../../src/http/trusted-documents.ts';
import { allOk } from './readiness-samples.ts';
import { type SmallContext, smallSchema } from './small-schema.ts';

export interface RunningApp {
  readonly url: string;
  readonly httpServer: Server;
  /** Parsed log lines so far. */
  readonly log: Record<string, unknown>[];
  /** Emits what the resolver `wait` sees. */
  readonly resolvers: EventEmitter;
  readiness: Readiness;
  stop(): Promise<void>;
}

export interface AppSettings<Context extends BaseContext = SmallContext> {
  createContext?: AppOptions<Context>['createContext'];
  describeRelease?: AppOptions<Context>['describeRelease'];
  describeChart?: DescribeChart;
  schema?: GraphQLSchema;
  crossOrigin?: CrossOrigin;
  trustedDocuments?: TrustedDocuments;
  connectionLimits?: Partial<ConnectionLimits>;
}

/** The real app over the small schema, listening on a free port. */
export async function runApp<Context extends BaseContext = SmallContext>(
  settings: AppSettings<Context> = {},
): Promise<RunningApp> {
  const log: Record<string, unknown>[] = [];
  const resolvers = new EventEmitter();
  const { schema = smallSchema, crossOrigin, trustedDocuments } = settings;
  const httpServer = createGuardedServer({ ...connectionLimits, ...settings.connectionLimits });
  const running = { httpServer, log, resolvers, readiness: allOk };
  const { app, stop } = await createApp<Context | SmallContext>({
    schema,
    createContext:
      settings.createContext ?? ((request) => ({ ...request, seen: (event) => void resolvers.emit(event) })),
    checkReadiness: async () => running.readiness,
    describeRelease:
      settings.describeRelease ?? (async (id) => (id === 'known@2026-01-01.1' ? { id } : null)),
    describeChart: settings.describeChart,
    trustedDocuments,
    config: { publicUrl: 'https://atlas.example', ...(crossOrigin && { crossOrigin }) },
    logger: createLogger('debug', { write: (line) => void log.push(JSON.parse(line)) }),
    httpServer,
  });
  httpServer.on('request', app);
  await new Promise<void>((resolve) => httpServer.listen(0, '127.0.0.1', resolve));
  const { port } = httpServer.address() as AddressInfo;
  return Object.assign(running, { url: `http://127.0.0.1:${port}`, stop });
}
