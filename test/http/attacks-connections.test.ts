import { once } from 'node:events';
import type { ServerResponse } from 'node:http';
import { connect, type Socket } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { connectionLimits, headBytes } from '../../src/http/guarded-server.ts';
import { expectHealthy } from './attack.ts';
import { type RunningApp, runApp } from './running-app.ts';

/** Short enough to be waited for. */
const short = { headersMs: 400, requestMs: 800, idleMs: 300, answerMs: 1_500 };

let app: RunningApp;
beforeAll(async () => {
  app = await runApp({ connectionLimits: short });
});
afterAll(() => app.stop());

/** Of an answer that no socket's buffers hold. */
const length = 10_000_000;

interface RawClient {
  readonly socket: Socket;
  received(): string;
  readonly closed: Promise<void>;
}

async function open(url = app.url): Promise<RawClient> {
  const { hostname, port } = new URL(url);
  const socket = connect(Number(port), hostname);
  let received = '';
  socket.on('data', (chunk) => (received += chunk.toString()));
  socket.on('error', () => undefined);
  const closed = new Promise<void>((resolve) => socket.on('close', () => resolve()));
  await once(socket, 'connect');
  return { socket, received: () => received, closed };
}

/** Sends a byte now and then, until the server has had enough. */
async function drip(client: RawClient, first: string, rest: string): Promise<void> {
  client.socket.write(first);
  let sent = 0;
  const timer = setInterval(() => void client.socket.write(rest[sent++ % rest.length] ?? ''), 50);
  await client.closed;
  clearInterval(timer);
}

/** Status line and body of an answer that was read from the socket. */
function parse(text: string): { status: string; headers: string; body: unknown } {
  const [head = '', body = ''] = text.split('\r\n\r\n');
  const [status = '', ...headers] = head.split('\r\n');
  return { status, headers: headers.join('\n').toLowerCase(), body: JSON.parse(body) };
}

const post = (length: number): string =>
  `POST /graphql HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nContent-Length: ${length}\r\n\r\n`;

const errorOf = (code: string) => ({ errors: [{ message: expect.any(String), extensions: { code } }] });

describe('a client that holds its connection', () => {
  it('by dripping a header is answered and cut off', async () => {
    const client = await open();
    await drip(client, 'GET /healthz HTTP/1.1\r\nHost: a\r\nX-Slow: ', 'a');
    const { status, headers, body } = parse(client.received());
    expect([status, body]).toEqual(['HTTP/1.1 408 Request Timeout', errorOf('REQUEST_TIMEOUT')]);
    expect(headers).toContain('content-type: application/json; charset=utf-8');
    expect(headers).toContain('connection: close');
    await expectHealthy(app.url);
  });

  it('by dripping a body is answered and cut off', async () => {
    const client = await open();
    await drip(client, post(50_000), ' ');
    const { status, body } = parse(client.received());
    expect([status, body]).toEqual(['HTTP/1.1 408 Request Timeout', errorOf('REQUEST_TIMEOUT')]);
    await expectHealthy(app.url);
  });

  it('by dripping chunks of a body is answered and cut off', async () => {
    const client = await open();
    const head = post(0).replace('Content-Length: 0', 'Transfer-Encoding: chunked');
    client.socket.write(head);
    const timer = setInterval(() => void client.socket.write('1\r\n \r\n'), 50);
    await client.closed;
    clearInterval(timer);
    expect(parse(client.received()).body).toEqual(errorOf('REQUEST_TIMEOUT'));
  });

  it('by sending nothing is cut off', async () => {
    const client = await open();
    await client.closed;
    await expectHealthy(app.url);
  });

  it('by sending nothing more after an answer is cut off', async () => {
    const client = await open();
    client.socket.write('GET /healthz HTTP/1.1\r\nHost: a\r\n\r\n');
    await client.closed;
    expect(client.received()).toContain('{"status":"ok"}');
  });

  it.each([
    ['by not reading its answer', 0],
    ['by reading its answer in sips', 1_000],
  ])('%s is cut off, and the answer is let go', async (_name, sip) => {
    const client = await open();
    const body = JSON.stringify({ query: `{ text(length: ${length}) }` });
    const responses = once(app.httpServer, 'request') as Promise<[unknown, ServerResponse]>;
    client.socket.removeAllListeners('data').pause();
    client.socket.write(post(body.length) + body);
    const [, response] = await responses;
    const closed = once(response, 'close');
    const timer = setInterval(() => void (sip > 0 && client.socket.read(sip)), 50);
    await closed;
    clearInterval(timer);
    client.socket.resume();
    await client.closed;
    // What the kernel held has come; the rest never left the server's memory, and is gone from there.
    expect(client.socket.bytesRead).toBeGreaterThan(0);
    expect(client.socket.bytesRead).toBeLessThan(length);
    await expectHealthy(app.url);
  });
});

describe('many that hold theirs', () => {
  it('do not keep others from being answered', async () => {
    const clients = await Promise.all(Array.from({ length: 200 }, () => open()));
    for (const { socket } of clients) socket.write(post(1_000));
    await expectHealthy(app.url);
    await Promise.all(clients.map(({ closed }) => closed));
    expect(parse(clients[0]!.received()).body).toEqual(errorOf('REQUEST_TIMEOUT'));
  });

  it('are at most as many as is set, and those that leave make room', async () => {
    const narrow = await runApp({
      connectionLimits: { headersMs: 60_000, requestMs: 60_000, connections: 5 },
    });
    const held = await Promise.all(Array.from({ length: 5 }, () => open(narrow.url)));
    const surplus = await open(narrow.url);
    await surplus.closed;
    expect(surplus.received()).toBe('');
    for (const { socket } of held) socket.destroy();
    await Promise.all(held.map(({ closed }) => closed));
    await expect
      .poll(() =>
        fetch(`${narrow.url}/healthz`).then(
          ({ status }) => status,
          () => 0,
        ),
      )
      .toBe(200);
    await narrow.stop();
  });

  it('have so many requests on one connection, and then a new one', async () => {
    const narrow = await runApp({ connectionLimits: { idleMs: 4_000, requestsPerConnection: 3 } });
    const client = await open(narrow.url);
    for (let n = 0; n < 3; n += 1) {
      client.socket.write('GET /healthz HTTP/1.1\r\nHost: a\r\n\r\n');
      await expect.poll(() => client.received().split('{"status":"ok"}').length).toBe(n + 2);
    }
    await client.closed;
    expect(
      client
        .received()
        .toLowerCase()
        .match(/connection: close/g),
    ).toHaveLength(1);
    await narrow.stop();
  });
});

describe('what is no HTTP request', () => {
  it.each([
    ['noise', '\x16\x03\x01\x02\x00\x01\x00', '400 Bad Request', 'REQUEST_MALFORMED'],
    ['an unknown method', 'STEAL / HTTP/1.1\r\n\r\n', '400 Bad Request', 'REQUEST_MALFORMED'],
    [
      'two lengths, with which proxies are deceived',
      'POST /graphql HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\n{}',
      '400 Bad Request',
      'REQUEST_MALFORMED',
    ],
    [
      'a length beside chunks',
      'POST /graphql HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n',
      '400 Bad Request',
      'REQUEST_MALFORMED',
    ],
    [
      'a header line that goes on in the next',
      'GET / HTTP/1.1\r\nHost: a\r\n b: c\r\n\r\n',
      '400 Bad Request',
      'REQUEST_MALFORMED',
    ],
    [
      'a head over its limit',
      `GET /?${'a'.repeat(headBytes)} HTTP/1.1\r\nHost: a\r\n\r\n`,
      '431 Request Header Fields Too Large',
      'HEADERS_TOO_LARGE',
    ],
  ])('%s is refused in JSON', async (_name, text, status, code) => {
    const client = await open();
    client.socket.write(text, 'latin1');
    await client.closed;
    const answer = parse(client.received());
    expect([answer.status, answer.body]).toEqual([`HTTP/1.1 ${status}`, errorOf(code)]);
    await expectHealthy(app.url);
  });

  it('after an answer on the same connection is refused alike', async () => {
    const patient = await runApp();
    const client = await open(patient.url);
    client.socket.write('GET /healthz HTTP/1.1\r\nHost: a\r\n\r\n');
    await expect.poll(client.received).toContain('{"status":"ok"}');
    const before = client.received().length;
    client.socket.write('noise\r\n\r\n');
    await client.closed;
    expect(parse(client.received().slice(before)).body).toEqual(errorOf('REQUEST_MALFORMED'));
    await patient.stop();
  });
});

it('leaves a connection open longer than load balancers do', () => {
  expect(connectionLimits.idleMs).toBeGreaterThan(60_000);
  expect(connectionLimits.headersMs).toBeLessThan(connectionLimits.requestMs);
});
