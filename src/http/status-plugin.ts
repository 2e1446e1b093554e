import type { ApolloServerPlugin } from '@apollo/server';
import { PLAIN_JSON } from './media-types.ts';
import { statusOf } from './problem.ts';
import { currentRequest } from './request-scope.ts';

/** The document or its variables do not fit the schema: what GraphQL itself refuses. */
const refusedByGraphQL = new Set(['GRAPHQL_PARSE_FAILED', 'GRAPHQL_VALIDATION_FAILED', 'BAD_USER_INPUT']);

/**
 * The HTTP status of a GraphQL answer, after the GraphQL over HTTP specification:
 * - any data: 200, whatever failed beside it;
 * - no data for a reason in our catalogue: the status given there, the gravest of several;
 * - refused by GraphQL: 400, but 200 under the older media type `application/json`, whose clients take any
 *   other status for a broken transport.
 */
export function statusPlugin(): ApolloServerPlugin {
  return {
    async requestDidStart() {
      return {
        async willSendResponse({ response }) {
          if (response.body.kind !== 'single') return;
          const { data, errors } = response.body.singleResult;
          if (errors === undefined || (data !== undefined && data !== null)) return;
          const codes = errors.map(({ extensions }) => String(extensions?.code));
          const statuses = codes.map(statusOf).filter((status) => status !== undefined);
          if (statuses.length > 0) response.http.status = Math.max(...statuses);
          else if (codes.every((code) => refusedByGraphQL.has(code)) && answersAsPlainJson()) {
            response.http.status = 200;
          }
        },
      };
    },
  };
}

function answersAsPlainJson(): boolean {
  return currentRequest()?.mediaType === PLAIN_JSON;
}
