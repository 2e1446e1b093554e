import type { NextFunction, Request, Response } from 'express';
import type { Logger } from 'pino';
import { AtlasError } from '../errors.ts';
import { describeCost } from './cost-plugin.ts';
import { PLAIN_JSON } from './media-types.ts';
import { describeProblem, statusOf } from './problem.ts';
import { currentRequest } from './request-scope.ts';

/** Middleware, last of all routes: nothing is here. */
export function answerNotFound(request: Request): never {
  throw new AtlasError('NOT_FOUND', `There is nothing at ${request.path}: the API is at /graphql.`);
}

/** Middleware for a route that knows only these methods. */
export function allowMethods(...methods: string[]) {
  return (request: Request, response: Response, next: NextFunction): void => {
    if (methods.includes(request.method)) return next();
    response.set('Allow', methods.join(', '));
    throw new AtlasError(
      'METHOD_NOT_ALLOWED',
      `${request.path} takes ${methods.join(' and ')}, not ${request.method}.`,
    );
  };
}

/** Error handler: answers in the form of a GraphQL error, whatever failed, and never with a stack. */
export function answerErrors(logger: Logger) {
  // Express knows an error handler by its four parameters.
  return (thrown: unknown, request: Request, response: Response, next: NextFunction): void => {
    if (response.headersSent) return next(thrown);
    const error = asRequestError(thrown) ?? thrown;
    const { code, message, details, isOurs } = describeProblem(error);
    const scope = currentRequest();
    if (isOurs) logger.error({ err: thrown, code }, 'request failed');
    if (scope !== undefined) scope.errorCodes = [code];
    const isGraphQL = request.path === '/graphql';
    response
      .status(statusOf(code) ?? 500)
      .set('Content-Type', (isGraphQL ? scope?.mediaType : undefined) ?? PLAIN_JSON)
      .send(
        JSON.stringify({
          errors: [
            { message, extensions: { code, ...(details && { details }), requestId: scope?.requestId } },
          ],
          ...(scope?.cost && { extensions: { cost: describeCost(scope.cost) } }),
        }),
      );
  };
}

/** Errors of Express and its body parser carry a type, and a status of 4xx where the request is at fault. */
function asRequestError(error: unknown): AtlasError | undefined {
  if (!(error instanceof Error) || !('status' in error)) return undefined;
  const { status } = error;
  const type = 'type' in error ? error.type : undefined;
  if (type === 'entity.parse.failed') {
    return new AtlasError('REQUEST_MALFORMED', 'The body is not valid JSON.');
  }
  if (status === 413) {
    const limit = 'limit' in error ? error.limit : undefined;
    return new AtlasError('REQUEST_TOO_LARGE', `The body is over the limit of ${limit} bytes.`, {
      details: { limit },
    });
  }
  if (status === 415) return new AtlasError('UNSUPPORTED_MEDIA_TYPE', `${error.message}.`);
  if (typeof status === 'number' && status >= 400 && status < 500) {
    return new AtlasError('REQUEST_MALFORMED', 'The request can not be read.');
  }
  return undefined;
}
