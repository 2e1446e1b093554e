import { GraphQLError, Kind } from 'graphql';
import { AtlasError, type ErrorCode, errorCatalogue } from '../errors.ts';
import { requestLimits } from '../graphql/shared/request-limits.ts';

/** What a client is told of an error. */
export interface Problem {
  /** One of the catalogue's, or one that GraphQL servers share, such as GRAPHQL_VALIDATION_FAILED. */
  readonly code: string;
  readonly message: string;
  readonly details?: Readonly<Record<string, unknown>>;
  /** True where the cause is on our side and was held back: it belongs in the log. */
  readonly isOurs: boolean;
}

/** Of PostgreSQL (SQLSTATE), of Prisma, and of the network below them. */
const driverCodes: Record<string, ErrorCode> = {
  '57014': 'STATEMENT_TIMEOUT',
  '57P01': 'DATABASE_UNAVAILABLE',
  '57P02': 'DATABASE_UNAVAILABLE',
  '57P03': 'DATABASE_UNAVAILABLE',
  '53300': 'DATABASE_UNAVAILABLE',
  P1001: 'DATABASE_UNAVAILABLE',
  P1002: 'DATABASE_UNAVAILABLE',
  P1017: 'DATABASE_UNAVAILABLE',
  P2037: 'DATABASE_UNAVAILABLE',
  ECONNREFUSED: 'DATABASE_UNAVAILABLE',
  ECONNRESET: 'DATABASE_UNAVAILABLE',
};

const unexpected = {
  code: 'INTERNAL',
  message: 'Something failed on our side. Report the request id and we can find the cause.',
  isOurs: true,
} as const;

/** How graphql-js words that it stopped reading; its error carries nothing else to know it by. */
const tokenLimitMessage = /tokens\. Parsing aborted\.$/;

const queryTooLong = {
  code: 'QUERY_TOO_LONG',
  message: `The document has more than ${requestLimits.queryTokens} tokens: send several requests.`,
  details: { limit: requestLimits.queryTokens },
  isOurs: false,
} as const;

/** The parser reads by recursion, and a document of brackets alone can exhaust the stack within its tokens. */
const documentTooDeep = {
  code: 'QUERY_TOO_DEEP',
  message: `The document has too many brackets inside each other to be read; fields nest ${requestLimits.queryDepth} deep at most.`,
  details: { limit: requestLimits.queryDepth },
  isOurs: false,
} as const;

/** Tells what of an error may reach a client; whatever was not written for clients is masked. */
export function describeProblem(error: unknown): Problem {
  const root = rootOf(error);
  if (root instanceof RangeError && isParseError(error)) return documentTooDeep;
  if (root instanceof AtlasError) return describeAtlasError(root);
  if (root instanceof GraphQLError && error instanceof GraphQLError) return describeGraphQLError(error);
  const code = driverCode(root);
  return code === undefined ? unexpected : { code, message: errorCatalogue[code].meaning, isOurs: true };
}

/** The HTTP status of a code of ours; undefined for GraphQL's own, which Apollo Server knows. */
export function statusOf(code: string): number | undefined {
  return Object.hasOwn(errorCatalogue, code) ? errorCatalogue[code as ErrorCode].status : undefined;
}

function isParseError(error: unknown): boolean {
  return error instanceof GraphQLError && error.extensions.code === 'GRAPHQL_PARSE_FAILED';
}

/** GraphQL wraps what a resolver throws, to add the path. */
function rootOf(error: unknown): unknown {
  let root = error;
  while (root instanceof GraphQLError && root.originalError !== undefined) root = root.originalError;
  return root;
}

/** Failures of the server itself are worded for its operator and may name hosts or files. */
function describeAtlasError({ code, message, details }: AtlasError): Problem {
  const isOurs = errorCatalogue[code].status >= 500;
  if (isOurs && code !== 'STATEMENT_TIMEOUT') return { code, message: errorCatalogue[code].meaning, isOurs };
  return { code, message, ...(Object.keys(details).length > 0 && { details }), isOurs };
}

function describeGraphQLError(error: GraphQLError): Problem {
  const { code } = error.extensions;
  if (isParseError(error) && tokenLimitMessage.test(error.message)) return queryTooLong;
  if (typeof code === 'string') return { code, message: error.message, isOurs: false };
  // Pointing at a field: a resolver threw it, or its result can not be written. Whatever else has no code
  // points at the request, such as a null variable for an argument that forbids null.
  if (error.nodes?.[0]?.kind === Kind.FIELD) return unexpected;
  return { code: 'BAD_USER_INPUT', message: error.message, isOurs: false };
}

/** Prisma puts the driver's error behind its own, as `cause` or in `meta`. */
function driverCode(error: unknown, depth = 0): ErrorCode | undefined {
  if (typeof error !== 'object' || error === null || depth > 5) return undefined;
  for (const key of ['code', 'originalCode']) {
    const value: unknown = Reflect.get(error, key);
    if (typeof value === 'string' && Object.hasOwn(driverCodes, value)) return driverCodes[value];
  }
  for (const key of ['cause', 'meta', 'driverAdapterError']) {
    const code = driverCode(Reflect.get(error, key), depth + 1);
    if (code !== undefined) return code;
  }
  return undefined;
}
