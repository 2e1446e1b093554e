import { nestedObjectsLimit } from './object-budget.ts';

/**
 * What one request may be, whatever it asks for. Stated in every refusal and in `dataset { limits }`; a request
 * over a limit is refused, never cut. For scale: the largest document in schema/figures has 216 tokens and 46
 * fields, the introspection query of GraphiQL and graphql-codegen 184 tokens, 230 fields and 15 levels.
 */
export const requestLimits = {
  /** Lexical tokens of a document, comments aside. */
  queryTokens: 2_000,
  /** Fields inside each other. */
  queryDepth: 20,
  /** Fields of an operation; here and below, a fragment counts each time it is spread. */
  queryFields: 1_000,
  /** Fields of an operation that stand at its top. */
  rootFields: 20,
  /** Fields whose response name another one beside them has: validation compares these in pairs. */
  repeatedFields: 100,
  aliases: 30,
  directives: 30,
  /** Lists and objects inside each other in the variables. */
  variablesDepth: 20,
  /** Bytes of a request's body, after decompression. */
  bodyBytes: 102_400,
  /** Bytes of an answer, before compression. */
  answerBytes: 10_485_760,
  /** Objects in lists below lists. */
  nestedObjects: nestedObjectsLimit,
} as const;
