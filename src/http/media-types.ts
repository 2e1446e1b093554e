import type { Request } from 'express';

export const PLAIN_JSON = 'application/json; charset=utf-8';
export const GRAPHQL_RESPONSE_JSON = 'application/graphql-response+json; charset=utf-8';

export type GraphQLMediaType = typeof PLAIN_JSON | typeof GRAPHQL_RESPONSE_JSON;

/** The media type of a GraphQL answer to this request, chosen as Apollo Server chooses it. */
export function negotiateMediaType(request: Request): GraphQLMediaType {
  return request.accepts([PLAIN_JSON, GRAPHQL_RESPONSE_JSON]) === GRAPHQL_RESPONSE_JSON
    ? GRAPHQL_RESPONSE_JSON
    : PLAIN_JSON;
}
