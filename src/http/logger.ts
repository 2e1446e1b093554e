import { type DestinationStream, type Logger, pino, stdSerializers } from 'pino';
import { redactKeys } from '../access/key-format.ts';
import type { Config } from '../config.ts';
import { currentRequest } from './request-scope.ts';

/**
 * JSON lines on standard output. Lines written while a request is answered carry its id. Of an error only
 * name, message and stack are kept: drivers hang the statement and its values on theirs.
 */
export function createLogger(level: Config['logLevel'], destination?: DestinationStream): Logger {
  const options = {
    level,
    base: {},
    timestamp: () => `,"time":"${new Date().toISOString()}"`,
    formatters: { level: (label: string) => ({ level: label }) },
    serializers: { err: serializeError },
    // Paths, names of operations and request ids are the client's own text, and may hold a key by mistake.
    hooks: { streamWrite: redactKeys },
    mixin: () => {
      const requestId = currentRequest()?.requestId;
      return requestId === undefined ? {} : { requestId };
    },
  };
  return destination === undefined ? pino(options) : pino(options, destination);
}

function serializeError(error: unknown): unknown {
  if (!(error instanceof Error)) return String(error);
  // The standard serializer joins the stacks of the causes.
  const { type, message, stack } = stdSerializers.err(error);
  return { type, message, stack };
}
