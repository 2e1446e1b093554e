import { AsyncLocalStorage } from 'node:async_hooks';
import { randomUUID } from 'node:crypto';
import type { NextFunction, Request, Response } from 'express';
import type { RequestCost } from '../access/request-cost.ts';
import type { Viewer } from '../access/viewer.ts';
import { type GraphQLMediaType, negotiateMediaType } from './media-types.ts';

/** What is known of one HTTP request everywhere below it, without being passed along. */
export interface RequestScope {
  readonly requestId: string;
  /** Fires when the client goes away before its answer is complete. */
  readonly signal: AbortSignal;
  /** Of the answer, if it is one of GraphQL. */
  readonly mediaType: GraphQLMediaType;
  /** Set as soon as it is known who asks. */
  viewer?: Viewer;
  /** What the request has cost so far, and what is left. */
  cost?: RequestCost;
  /** Set as soon as GraphQL has found the operation. */
  operationName?: string;
  /** Nothing of the caller's account is in the answer, so that it is the same for everybody. */
  isRepeatable?: boolean;
  /** Codes of the errors in the answer, for the log. */
  errorCodes?: string[];
  /** Called once the answer is sent or given up. */
  onClosed?: () => void;
}

const storage = new AsyncLocalStorage<RequestScope>();

/** A caller's id ends up in logs and headers: nothing that could forge either. */
const safeRequestId = /^[A-Za-z0-9._:-]{1,100}$/;

/** The scope of the request being answered; undefined outside of requests. */
export function currentRequest(): RequestScope | undefined {
  return storage.getStore();
}

/** Middleware: gives the request its id, the caller's own where it is safe, and its abort signal. */
export function openRequestScope(request: Request, response: Response, next: NextFunction): void {
  const offered = request.get('x-request-id');
  const requestId = offered !== undefined && safeRequestId.test(offered) ? offered : randomUUID();
  const client = new AbortController();
  const scope: RequestScope = {
    requestId,
    signal: client.signal,
    mediaType: negotiateMediaType(request),
  };
  response.on('close', () => {
    if (!response.writableFinished) client.abort();
    scope.onClosed?.();
  });
  response.set('X-Request-Id', requestId);
  storage.run(scope, next);
}
