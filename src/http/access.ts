import type { Express, NextFunction, Request, Response } from 'express';
import type { AccessControl } from '../access/access-control.ts';
import { presentedKey } from '../access/credentials.ts';
import { quotaSubject } from '../access/quota.ts';
import { RequestCost } from '../access/request-cost.ts';
import { anonymous, type Viewer } from '../access/viewer.ts';
import { AtlasError } from '../errors.ts';
import { currentRequest, type RequestScope } from './request-scope.ts';

/** Headers that scripts of other origins may read. */
export const quotaHeaders = ['RateLimit', 'RateLimit-Policy', 'Retry-After'];
const varying = 'Authorization, X-API-Key';

/**
 * Middleware: finds out who asks, takes the points that any request costs, and says in the headers what is
 * left. Wrong keys are charged to the network that they come from, so that guessing ends with its quota.
 */
export function controlAccess(access: AccessControl) {
  return async (request: Request, response: Response, next: NextFunction): Promise<void> => {
    const scope = currentRequest();
    if (scope === undefined) throw new Error('Access is decided within a request.');
    const found = findViewer(access, request);
    const { viewer, refusal } = found instanceof Promise ? await found : found;
    const subject = quotaSubject(viewer, () => request.ip, access.quotas);
    const { cost, admitted } = await RequestCost.open(access.counter, subject);
    scope.viewer = viewer;
    scope.cost = cost;
    response.locals.cost = cost;
    settleWhenClosed(access, viewer, scope, cost);
    if (!admitted) throw cost.exhausted();
    if (refusal !== undefined) {
      response.set('WWW-Authenticate', 'Bearer realm="Token Atlas"');
      throw refusal;
    }
    next();
  };
}

/**
 * Says what is left when the head of an answer is written, whoever writes it: then all is paid, and the headers are
 * made once. For all answers of the app together: a method of each would make them slower to work with.
 */
export function settleWithHead({ response: answers }: Express): void {
  const writeHead = answers.writeHead as (...head: unknown[]) => Response;
  answers.writeHead = function (this: Response, ...head: unknown[]): Response {
    const cost = this.locals.cost as RequestCost | undefined;
    if (cost !== undefined && !this.headersSent) {
      cost.close();
      setQuotaHeaders(this, cost, head[0]);
    }
    return writeHead.apply(this, head);
  };
}

/** `RateLimit` and `RateLimit-Policy` of the IETF draft; the unit is points. */
function setQuotaHeaders(
  response: Response,
  { subject, state, secondsLeft }: RequestCost,
  status: unknown,
): void {
  response.setHeader('RateLimit-Policy', subject.policy);
  response.setHeader('RateLimit', `${subject.label};r=${state.remaining};t=${secondsLeft}`);
  if (status === 429) response.setHeader('Retry-After', String(secondsLeft));
  const vary = response.getHeader('Vary');
  response.setHeader('Vary', vary === undefined ? varying : `${String(vary)}, ${varying}`);
}

interface Found {
  readonly viewer: Viewer;
  readonly refusal?: AtlasError;
}

/** At once where nothing must be looked up. */
function findViewer({ authenticator }: AccessControl, request: Request): Found | Promise<Found> {
  try {
    const text = presentedKey(request.headers, request.originalUrl);
    if (text === undefined) return { viewer: anonymous };
    const key = authenticator.recall(text, request.socket);
    if (key !== undefined) return { viewer: { key } };
    return authenticator.authenticate(text).then((proven) => ({ viewer: { key: proven } }), refused);
  } catch (refusal) {
    return refused(refusal);
  }
}

function refused(refusal: unknown): Found {
  if (refusal instanceof AtlasError) return { viewer: anonymous, refusal };
  throw refusal;
}

function settleWhenClosed(
  access: AccessControl,
  { key }: Viewer,
  scope: RequestScope,
  cost: RequestCost,
): void {
  scope.onClosed = () => {
    // Of a client that went away no head was written.
    cost.close();
    if (key === null) return;
    access.recorder.recordRequest({
      keyId: key.id,
      operation: scope.operationName ?? null,
      points: cost.actual,
      failed: (scope.errorCodes?.length ?? 0) > 0,
    });
  };
}
