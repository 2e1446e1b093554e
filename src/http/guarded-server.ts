import { createServer, type Server, type ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { type ErrorCode, errorCatalogue } from '../errors.ts';

/** What one client may hold of the server before it has been answered; times in milliseconds. */
export interface ConnectionLimits {
  /** Within which the whole head of a request must arrive. */
  readonly headersMs: number;
  /** Within which the whole request must arrive. */
  readonly requestMs: number;
  /** A connection may wait for its next request as long. */
  readonly idleMs: number;
  /** Within which an answer must have been taken, once it is complete; or its next part, while it is not. */
  readonly answerMs: number;
  /** After which a connection is closed, so that load spreads over new servers. */
  readonly requestsPerConnection: number;
  /** Further ones are closed at once. */
  readonly connections: number;
}

export const connectionLimits: ConnectionLimits = {
  headersMs: 10_000,
  requestMs: 30_000,
  // Longer than load balancers keep theirs (60 s), so that they never send into a closing connection.
  idleMs: 65_000,
  answerMs: 120_000,
  requestsPerConnection: 1_000,
  connections: 1_000,
};

/** Bytes of the request line with all headers. */
export const headBytes = 16_384;

/** An HTTP server that slow, silent and malformed clients can not hold, and that answers in JSON even these. */
export function createGuardedServer(limits: ConnectionLimits = connectionLimits): Server {
  const server = createServer({
    headersTimeout: limits.headersMs,
    requestTimeout: limits.requestMs,
    connectionsCheckingInterval: Math.ceil(limits.headersMs / 2),
    keepAliveTimeout: limits.idleMs,
    maxHeaderSize: headBytes,
  });
  server.maxRequestsPerSocket = limits.requestsPerConnection;
  server.maxConnections = limits.connections;
  server.setTimeout(limits.answerMs);
  const answering = new WeakMap<Socket, ServerResponse>();
  server.on('request', ({ socket }, response) => {
    answering.set(socket, response);
    limitSending(response, limits.answerMs);
  });
  server.on('clientError', (error: NodeJS.ErrnoException, socket: Socket) => {
    const response = answering.get(socket);
    const isAmidAnswer = response !== undefined && response.headersSent && !response.writableFinished;
    if (!socket.writable || error.code === 'ECONNRESET' || isAmidAnswer) socket.destroy();
    else refuse(socket, codeOf(error));
  });
  return server;
}

/** A client that takes a byte now and then would keep the whole answer in memory. */
function limitSending(response: ServerResponse, answerMs: number): void {
  response.once('prefinish', () => {
    const timer = setTimeout(() => response.destroy(), answerMs);
    timer.unref();
    response.once('close', () => clearTimeout(timer));
  });
}

function codeOf({ code }: NodeJS.ErrnoException): ErrorCode {
  if (code === 'ERR_HTTP_REQUEST_TIMEOUT') return 'REQUEST_TIMEOUT';
  return code === 'HPE_HEADER_OVERFLOW' ? 'HEADERS_TOO_LARGE' : 'REQUEST_MALFORMED';
}

const reasons: Readonly<Record<number, string>> = {
  400: 'Bad Request',
  408: 'Request Timeout',
  431: 'Request Header Fields Too Large',
};

/** What could not be read has no response object: the answer is written by hand. */
function refuse(socket: Socket, code: ErrorCode): void {
  const { status, meaning } = errorCatalogue[code];
  const body = JSON.stringify({ errors: [{ message: meaning, extensions: { code } }] });
  const head = [
    `HTTP/1.1 ${status} ${reasons[status]}`,
    'Content-Type: application/json; charset=utf-8',
    `Content-Length: ${Buffer.byteLength(body)}`,
    'Cache-Control: no-store',
    'X-Content-Type-Options: nosniff',
    'Connection: close',
  ];
  socket.end(`${head.join('\r\n')}\r\n\r\n${body}`, () => socket.destroy());
}
