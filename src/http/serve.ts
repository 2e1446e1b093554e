import { once } from 'node:events';
import type { Server, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { BaseContext } from '@apollo/server';
import { AtlasError } from '../errors.ts';
import { type AppOptions, createApp } from './create-app.ts';
import { type ConnectionLimits, connectionLimits, createGuardedServer } from './guarded-server.ts';

export interface ServerOptions<Context extends BaseContext> extends Omit<AppOptions<Context>, 'httpServer'> {
  config: AppOptions<Context>['config'] & {
    readonly host: string;
    readonly port: number;
    readonly connectionLimits?: Partial<ConnectionLimits>;
  };
  /** Closes what requests use, after the last of them. */
  close: () => Promise<void>;
}

export interface RunningServer {
  /** Where it can be reached from this machine. */
  readonly url: string;
  /** Lets running requests finish, 10 s at most, then closes everything. May be called again. */
  stop(): Promise<void>;
}

/** Creates the app and listens. */
export async function startServer<Context extends BaseContext>(
  options: ServerOptions<Context>,
): Promise<RunningServer> {
  const { config, close } = options;
  const httpServer = createGuardedServer({ ...connectionLimits, ...config.connectionLimits });
  const { app, stop } = await createApp({ ...options, httpServer });
  const unanswered = trackResponses(httpServer);
  httpServer.on('request', app);
  await listen(httpServer, config.host, config.port);

  const stopInOrder = async (): Promise<void> => {
    try {
      await stop();
      // Requests that were cut off cancel their statements as they learn of it, which needs the database.
      await Promise.all([...unanswered].map((response) => once(response, 'close')));
    } finally {
      await close();
    }
  };
  let stopped: Promise<void> | undefined;
  return {
    url: localUrl(httpServer.address() as AddressInfo),
    stop: () => (stopped ??= stopInOrder()),
  };
}

/** Responses that are being worked on. */
function trackResponses(server: Server): ReadonlySet<ServerResponse> {
  const unanswered = new Set<ServerResponse>();
  server.on('request', (_request, response) => {
    unanswered.add(response);
    response.on('close', () => unanswered.delete(response));
  });
  return unanswered;
}

function listen(server: Server, host: string, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', (cause: NodeJS.ErrnoException) => {
      reject(
        new AtlasError(
          'ADDRESS_UNAVAILABLE',
          `Can not listen on ${host}:${port} (${cause.code}): choose another with HOST and PORT.`,
          { cause },
        ),
      );
    });
    server.listen(port, host, resolve);
  });
}

/** An address that means "all interfaces" is not one to connect to. */
function localUrl({ address, family, port }: AddressInfo): string {
  if (['0.0.0.0', '::', '127.0.0.1', '::1'].includes(address)) return `http://localhost:${port}`;
  return family === 'IPv6' ? `http://[${address}]:${port}` : `http://${address}:${port}`;
}
