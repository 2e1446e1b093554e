import { unwrapResolverError } from '@apollo/server/errors';
import { GraphQLError, type GraphQLFormattedError, Kind } from 'graphql';
import type { Logger } from 'pino';
import { describeProblem } from './problem.ts';
import { currentRequest } from './request-scope.ts';

/** For Apollo Server: every error of an answer passes here on its way out. */
export function createErrorFormatter(logger: Logger) {
  return (formatted: GraphQLFormattedError, error: unknown): GraphQLFormattedError => {
    const { code, message, details, isOurs } = describeProblem(error);
    const request = currentRequest();
    if (request !== undefined) (request.errorCodes ??= []).push(code);
    // Once the client is gone its resolvers fail by design.
    if (isOurs && request?.signal.aborted !== true) {
      logger.error({ err: unwrapResolverError(error), code, field: fieldOf(error) }, 'request failed');
    }
    const { locations, path } = formatted;
    return {
      message,
      ...(locations && { locations }),
      ...(path && { path }),
      extensions: {
        code,
        ...(details && { details }),
        ...(request && { requestId: request.requestId }),
      },
    };
  };
}

/** The name that the schema has for the field which failed; its alias is the client's own text. */
function fieldOf(error: unknown): string | undefined {
  const node = error instanceof GraphQLError ? error.nodes?.[0] : undefined;
  return node?.kind === Kind.FIELD ? node.name.value : undefined;
}
