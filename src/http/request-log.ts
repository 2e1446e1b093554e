import type { NextFunction, Request, Response } from 'express';
import type { Logger } from 'pino';
import { currentRequest } from './request-scope.ts';

/** Probes come every few seconds and would drown the rest. */
const quietPaths = new Set(['/healthz', '/readyz']);
const MAX_OPERATION_NAME = 100;

/**
 * Middleware: one line per request when its answer is sent or given up. Never headers, variables, the query
 * text or the query string, which can carry any of these.
 */
export function logRequests(logger: Logger) {
  return (request: Request, response: Response, next: NextFunction): void => {
    const startedAt = performance.now();
    const scope = currentRequest();
    const { method, path } = request;
    response.on('close', () => {
      const isAnswered = response.writableFinished;
      const line = {
        requestId: scope?.requestId,
        method,
        path,
        status: isAnswered ? response.statusCode : undefined,
        ms: Math.round((performance.now() - startedAt) * 10) / 10,
        operation: scope?.operationName?.slice(0, MAX_OPERATION_NAME),
        errors: scope?.errorCodes,
        // The client went away.
        aborted: isAnswered ? undefined : true,
      };
      logger[quietPaths.has(path) ? 'debug' : 'info'](line, 'request');
    });
    next();
  };
}
