import { EventEmitter } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createApp } from '../../src/http/create-app.ts';
import { createLogger } from '../../src/http/logger.ts';
import type { Readiness } from '../../src/http/readiness.ts';
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

/** The real app over the small schema, listening on a free port. */
export async function runApp(): Promise<RunningApp> {
  const log: Record<string, unknown>[] = [];
  const resolvers = new EventEmitter();
  const httpServer = createServer();
  const running = { httpServer, log, resolvers, readiness: allOk };
  const { app, stop } = await createApp<SmallContext>({
    schema: smallSchema,
    createContext: (request) => ({ ...request, seen: (event) => void resolvers.emit(event) }),
    checkReadiness: async () => running.readiness,
    describeRelease: async (id) => (id === 'known@2026-01-01.1' ? { id } : null),
    config: { publicUrl: 'https://atlas.example' },
    logger: createLogger('debug', { write: (line) => void log.push(JSON.parse(line)) }),
    httpServer,
  });
  httpServer.on('request', app);
  await new Promise<void>((resolve) => httpServer.listen(0, '127.0.0.1', resolve));
  const { port } = httpServer.address() as AddressInfo;
  return Object.assign(running, { url: `http://127.0.0.1:${port}`, stop });
}
