import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { Agent, request as httpRequest } from 'node:http';
import path from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { afterEach, describe, expect, it } from 'vitest';

let child: ChildProcess | undefined;
afterEach(() => void child?.kill('SIGKILL'));

interface StoppableServer {
  readonly url: string;
  readonly process: ChildProcess;
  readonly events: string[];
  readonly exited: Promise<[number | null, NodeJS.Signals | null]>;
}

async function startServer(): Promise<StoppableServer> {
  const server = fork(path.join(import.meta.dirname, 'stoppable-server.ts'), {
    execArgv: ['--import', 'tsx'],
  });
  child = server;
  const events: string[] = [];
  server.on('message', (event) => void events.push(String(event)));
  const exited = once(server, 'exit') as StoppableServer['exited'];
  await once(server, 'message');
  return { url: events[0]!, process: server, events, exited };
}

/** Asks with Node's own client, whose agents show whether a connection was kept. */
function ask(url: string, query: string, agent = new Agent()): Promise<{ status: number; body: string }> {
  return new Promise((resolve, reject) => {
    const sent = httpRequest(
      `${url}/graphql`,
      { method: 'POST', agent, headers: { 'content-type': 'application/json' } },
      (answer) => {
        let body = '';
        answer.on('data', (chunk: Buffer) => (body += chunk.toString()));
        answer.on('end', () => resolve({ status: answer.statusCode ?? 0, body }));
        answer.on('error', reject);
      },
    );
    sent.on('error', reject);
    sent.end(JSON.stringify({ query }));
  });
}

async function resolverStarted(server: StoppableServer): Promise<void> {
  while (!server.events.includes('started')) await setTimeout(10);
}

/** The signal reaches the process a moment after it was sent; until then it answers. */
async function untilRefused(url: string): Promise<void> {
  for (;;) {
    const outcome = await ask(url, '{ hello }').catch((error: NodeJS.ErrnoException) => error);
    if ('code' in outcome && outcome.code === 'ECONNREFUSED') return;
    await setTimeout(20);
  }
}

/** How long the server would wait for requests that run on. */
const graceMs = 10_000;

describe('a server that is told to stop', () => {
  it.each(['SIGTERM', 'SIGINT'] as const)(
    'by %s lets running requests finish, takes no more, closes and exits with 0',
    async (signal) => {
      const server = await startServer();
      const running = ask(server.url, '{ wait(ms: 4000) }');
      await resolverStarted(server);
      server.process.kill(signal);
      await untilRefused(server.url);
      expect(await running).toEqual({ status: 200, body: '{"data":{"wait":"waited"}}\n' });
      expect(await server.exited).toEqual([0, null]);
      expect(server.events.slice(1)).toEqual(['started', 'finished', 'closed']);
    },
  );

  it('does not wait for connections that are merely kept open', async () => {
    const server = await startServer();
    const agent = new Agent({ keepAlive: true });
    await ask(server.url, '{ hello }', agent);
    const startedAt = performance.now();
    server.process.kill('SIGTERM');
    expect(await server.exited).toEqual([0, null]);
    expect(performance.now() - startedAt).toBeLessThan(graceMs);
    agent.destroy();
  });

  it('exits at once at a second signal, though not at the echo of the first', async () => {
    const server = await startServer();
    const running = ask(server.url, '{ wait(ms: 30000) }').catch((error: Error) => error);
    await resolverStarted(server);
    server.process.kill('SIGINT');
    server.process.kill('SIGINT');
    await setTimeout(700);
    expect(server.process.exitCode).toBeNull();
    server.process.kill('SIGINT');
    expect(await server.exited).toEqual([130, null]);
    expect(await running).toBeInstanceOf(Error);
    expect(server.events).not.toContain('closed');
  });

  it('cuts a request off that takes too long, so that it ends all the same', async () => {
    const server = await startServer();
    const running = ask(server.url, '{ wait(ms: 60000) }').catch((error: Error) => error);
    await resolverStarted(server);
    server.process.kill('SIGTERM');
    expect(await server.exited).toEqual([0, null]);
    expect(await running).toBeInstanceOf(Error);
    // While the database is still open, so that a running statement can be cancelled.
    expect(server.events.slice(1)).toEqual(['started', 'aborted', 'closed']);
  });
});

describe('a server that can not listen', () => {
  it('says so and names the settings', async () => {
    const server = await startServer();
    const { startServer: start } = await import('../../src/http/serve.ts');
    const { createLogger } = await import('../../src/http/logger.ts');
    const { smallSchema } = await import('./small-schema.ts');
    const second = start({
      schema: smallSchema,
      createContext: () => ({}),
      checkReadiness: async () => ({ database: 'ok', migrations: 'ok', release: 'ok' }),
      describeRelease: async () => null,
      config: { publicUrl: server.url, host: '127.0.0.1', port: Number(new URL(server.url).port) },
      logger: createLogger('silent'),
      close: async () => undefined,
    });
    await expect(second).rejects.toMatchObject({
      code: 'ADDRESS_UNAVAILABLE',
      message: expect.stringMatching(/EADDRINUSE.*HOST and PORT/),
    });
    expect((await fetch(`${server.url}/healthz`)).status).toBe(200);
  });
});
