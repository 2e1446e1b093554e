import type { ErrorCode } from '../../src/errors.ts';

/** A request made to cost the server more than it costs its sender, refused before anything runs. */
export interface CostlyRequest {
  readonly name: string;
  readonly query: string;
  /** As JSON: some nest too deep to be written from objects. */
  readonly variables?: string;
  readonly code: ErrorCode | 'GRAPHQL_VALIDATION_FAILED' | 'GRAPHQL_PARSE_FAILED' | 'BAD_USER_INPUT';
  /** The code where the stack is exhausted before a limit is reached, which depends on how warm the code is. */
  readonly or?: ErrorCode;
}

const times = (count: number, textOf: (n: number) => string): string =>
  Array.from({ length: count }, (_, n) => textOf(n)).join(' ');

/** Each fragment spreads the next twice: 2^levels of what the last one selects. */
const doubling = (levels: number, last: string): string =>
  `${times(levels, (n) => `fragment f${n} on Query { ...f${n + 1} ...f${n + 1} }`)} fragment f${levels} on Query { ${last} }`;

const nested = (levels: number, field: string, last: string): string =>
  `${`${field} { `.repeat(levels)}${last}${' }'.repeat(levels)}`;

/** The request's body. */
export function bodyOf({ query, variables = '{}' }: CostlyRequest): string {
  return `{"query":${JSON.stringify(query)},"variables":${variables}}`;
}

/** Over the real schema, each costly in another way. */
export const costlyRequests: readonly CostlyRequest[] = [
  {
    name: 'as many aliases as a body holds',
    query: `{ ${times(9_000, (n) => `a${n}:__typename`)} }`.slice(0, 100_000),
    code: 'QUERY_TOO_LONG',
  },
  {
    name: 'aliases within the token limit',
    query: `{ ${times(31, (n) => `a${n}: __typename`)} }`,
    code: 'TOO_MANY_ROOT_FIELDS',
  },
  {
    name: 'aliases below the top',
    query: `{ datasets { ${times(400, (n) => `a${n}: title`)} } }`,
    code: 'TOO_MANY_ALIASES',
  },
  {
    name: 'aliases by way of a fragment',
    query: `{ a: datasets { ...t } b: datasets { ...t } } fragment t on Dataset { ${times(15, (n) => `a${n}: title`)} }`,
    code: 'TOO_MANY_ALIASES',
  },
  {
    name: 'root fields',
    query: `{ ${times(400, () => '__typename')} }`,
    code: 'TOO_MANY_ROOT_FIELDS',
  },
  {
    name: 'root fields by way of a fragment bomb',
    query: `{ ...f0 } ${doubling(40, '__typename')}`,
    code: 'TOO_MANY_ROOT_FIELDS',
  },
  {
    name: 'a fragment bomb of 2^100 fields',
    query: `{ ...f0 } ${doubling(100, '__typename')}`,
    code: 'TOO_MANY_ROOT_FIELDS',
  },
  {
    name: 'a fragment bomb below one field',
    query: `{ datasets { ...d0 } } ${times(100, (n) => `fragment d${n} on Dataset { ...d${n + 1} ...d${n + 1} }`)} fragment d100 on Dataset { title }`,
    code: 'TOO_MANY_FIELDS',
  },
  {
    name: 'a circle of fragments',
    query:
      '{ datasets { ...a } } fragment a on Dataset { title ...b } fragment b on Dataset { title ...a ...b }',
    code: 'GRAPHQL_VALIDATION_FAILED',
  },
  {
    name: 'a long circle of fragments',
    query: `{ ...f0 } ${times(200, (n) => `fragment f${n} on Query { ...f${(n + 1) % 200} }`)}`,
    code: 'GRAPHQL_VALIDATION_FAILED',
  },
  {
    name: 'a deep document',
    query: `{ ${nested(21, 'author', '__typename')} }`,
    code: 'QUERY_TOO_DEEP',
  },
  {
    name: 'a document as deep as tokens allow',
    query: `{ ${nested(660, 'a', 'b')} }`,
    code: 'QUERY_TOO_DEEP',
  },
  {
    name: 'depth by way of fragments',
    query: `{ datasets { ...d0 } } ${times(11, (n) => `fragment d${n} on Dataset { latestRelease { dataset { ...d${n + 1} } } }`)} fragment d11 on Dataset { title }`,
    code: 'QUERY_TOO_DEEP',
  },
  {
    name: 'a deep literal',
    query: `{ nodes(ids: ${'['.repeat(900)}${']'.repeat(900)}) { id } }`,
    code: 'GRAPHQL_VALIDATION_FAILED',
  },
  {
    name: 'brackets that never close, more than the stack takes',
    query: '{ nodes(ids: '.padEnd(50_000, '['),
    code: 'QUERY_TOO_LONG',
    or: 'QUERY_TOO_DEEP',
  },
  {
    name: 'a deep literal of objects',
    query: `{ usage(where: ${'{and:['.repeat(390)}${']}'.repeat(390)}) { rows { totalTokens } } }`,
    code: 'QUERY_TOO_LONG',
  },
  {
    name: 'a deep literal of objects within the token limit',
    query: `{ nodes(ids: [${'{a:'.repeat(490)}1${'}'.repeat(490)}]) { id } }`,
    code: 'GRAPHQL_VALIDATION_FAILED',
  },
  {
    name: 'a deep type of a variable',
    query: `query ($a: ${'['.repeat(980)}Int${']'.repeat(980)}) { __typename }`,
    code: 'GRAPHQL_VALIDATION_FAILED',
  },
  {
    name: 'directives on one field',
    query: `{ __typename ${times(280, () => '@include(if: true)')} }`,
    code: 'TOO_MANY_DIRECTIVES',
  },
  {
    name: 'two thousand directives',
    query: `{ __typename ${times(2_000, () => '@include(if: true)')} }`,
    code: 'QUERY_TOO_LONG',
  },
  {
    name: 'directives on spreads, fragments and variables',
    query: `query ($a: Int ${times(16, () => '@x')}) { ...f @skip(if: false) } fragment f on Query { ... on Query ${times(16, () => '@x')} { __typename } }`,
    code: 'TOO_MANY_DIRECTIVES',
  },
  {
    name: 'one field repeated with sub-selections, which validation compares in pairs',
    query: `{ datasets { ${times(480, () => 'latestRelease { id }')} } }`,
    code: 'TOO_MANY_FIELDS',
  },
  {
    name: 'the same by way of inline fragments',
    query: `{ datasets { ${times(220, () => '... { latestRelease { id } }')} } }`,
    code: 'TOO_MANY_FIELDS',
  },
  {
    name: 'unknown fields',
    query: `{ datasets { ${times(900, (n) => `titel${n}`)} } }`,
    code: 'GRAPHQL_VALIDATION_FAILED',
  },
  {
    name: 'introspection of types within types',
    query: '{ __schema { types { fields { type { fields { type { fields { name } } } } } } } }',
    code: 'GRAPHQL_VALIDATION_FAILED',
  },
  {
    name: 'introspection deeper than any client asks',
    query: `{ __schema { types { ${nested(20, 'ofType', 'name')} } } }`,
    code: 'QUERY_TOO_DEEP',
  },
  {
    name: 'variables that nest to exhaust the stack',
    query: 'query ($where: UsageFilter) { usage(where: $where) { rows { totalTokens } } }',
    variables: `{"where":${'{"and":['.repeat(8_000)}${']}'.repeat(8_000)}}`,
    code: 'VARIABLES_TOO_DEEP',
  },
  {
    name: 'a list of variables, each wrong',
    query: 'query ($ids: [ID!]!) { nodes(ids: $ids) { id } }',
    variables: `{"ids":[${'{},'.repeat(9_000)}{}]}`,
    code: 'BAD_USER_INPUT',
  },
];
