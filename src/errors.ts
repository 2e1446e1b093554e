/** Every error a user can meet: its HTTP status where it reaches the API, and what it means and asks to do. */
export const errorCatalogue = {
  // Command line and counting side.
  CONFIG_INVALID: { status: 500, meaning: 'A setting is missing or malformed: fix the named variable.' },
  FILE_UNREADABLE: {
    status: 400,
    meaning: 'The file is missing, damaged or not of a kind that can be read: nothing was changed.',
  },
  FORMAT_UNKNOWN: { status: 400, meaning: 'No log format fits the columns: name one with --format.' },
  COLUMNS_MISSING: { status: 400, meaning: 'The format needs columns the file lacks: give them with --set.' },
  TOO_MANY_REFUSED: {
    status: 400,
    meaning: 'More rows than allowed were refused: the load changed nothing. Read the reasons.',
  },
  KIND_MISMATCH: {
    status: 400,
    meaning: 'The file is a usage feed and the data set holds request logs, or the other way round.',
  },
  DATASET_UNKNOWN: { status: 404, meaning: 'No data set has this id: list them with `datasets`.' },
  DATASET_INVALID: { status: 400, meaning: 'The declaration of a data set is incomplete or malformed.' },
  NOTHING_CHANGED: { status: 409, meaning: 'The data are those of the latest release: use --force.' },
  DATA_CHANGED: {
    status: 409,
    meaning: 'A file was loaded while the release was counted: nothing was published, publish again.',
  },
  NOTHING_LOADED: { status: 409, meaning: 'The data set holds no rows yet: load a file first.' },
  ENGINE_UNAVAILABLE: { status: 500, meaning: 'The event engine can not be opened on this machine.' },
  ENGINE_FAILED: { status: 500, meaning: 'The event engine refused or failed a statement.' },
  DIRECTORY_IN_USE: {
    status: 409,
    meaning: 'Another process holds the data directory: end it, or use a PostgreSQL server.',
  },
  DATABASE_UNAVAILABLE: { status: 503, meaning: 'The database can not be reached.' },
  MIGRATION_FAILED: { status: 500, meaning: 'A migration failed or was edited after it was applied.' },
  SCHEMA_TOO_NEW: {
    status: 500,
    meaning: 'The database was migrated by a newer version of the program: upgrade the program.',
  },
  ADDRESS_UNAVAILABLE: { status: 500, meaning: 'The server can not listen on this address: choose another.' },
  INTERRUPTED: { status: 500, meaning: 'The command was told to stop before it was done.' },
  FIRST_START_FAILED: {
    status: 500,
    meaning: 'A data set that ships could not be published: its own error stands above.',
  },
  PAGES_NOT_BUILT: {
    status: 503,
    meaning:
      'The pages of the explorer are not built where the server is installed: run `npm run build:explorer`.',
  },
  // API.
  BAD_ARGUMENT: { status: 400, meaning: 'An argument is out of its stated range or malformed.' },
  RELEASE_UNKNOWN: { status: 404, meaning: 'No release has this id, or it was pruned.' },
  RELEASE_PRUNED: { status: 410, meaning: 'The release was removed: its numbers are kept no longer.' },
  RELEASE_NOT_PINNED: {
    status: 400,
    meaning: 'The permanent address names no release of a data set that its document reads: add it.',
  },
  PERMALINK_UNKNOWN: {
    status: 404,
    meaning: 'No document with this hash is kept here: select `citation { permalink }` to have one kept.',
  },
  PERMALINKS_FULL: {
    status: 507,
    meaning: 'No more documents are kept for permanent addresses: ask the operator for a larger store.',
  },
  NOTHING_PUBLISHED: { status: 404, meaning: 'The data set has no release yet.' },
  DIMENSION_NOT_COVERED: { status: 400, meaning: 'The data set does not carry this dimension.' },
  NO_ROLLUP: { status: 400, meaning: 'No published rollup answers this combination of dimensions.' },
  NOT_ADDITIVE: {
    status: 400,
    meaning: 'The measure can not be summed over this grouping: ask for a grain and grouping it is kept for.',
  },
  LIMIT_EXCEEDED: { status: 400, meaning: 'The request is over a stated limit: nothing is clamped.' },
  QUERY_TOO_LONG: {
    status: 400,
    meaning: 'The document has more tokens than allowed: send several requests.',
  },
  QUERY_TOO_DEEP: {
    status: 400,
    meaning: 'More fields inside each other than allowed: ask for fewer levels.',
  },
  TOO_MANY_FIELDS: {
    status: 400,
    meaning: 'More fields than allowed, fragments counted at every spread: send several requests.',
  },
  TOO_MANY_ROOT_FIELDS: {
    status: 400,
    meaning: 'More fields at the top of the operation than allowed: send several requests.',
  },
  TOO_MANY_ALIASES: { status: 400, meaning: 'More aliases than allowed: send several requests.' },
  TOO_MANY_DIRECTIVES: { status: 400, meaning: 'More directives than allowed: leave some out.' },
  VARIABLES_TOO_DEEP: {
    status: 400,
    meaning: 'More lists and objects inside each other than allowed: flatten.',
  },
  ANSWER_TOO_LARGE: {
    status: 400,
    meaning: 'The answer is larger than allowed: ask for fewer rows or fields, or by pages.',
  },
  DOCUMENT_NOT_TRUSTED: {
    status: 403,
    meaning: 'This server runs only the documents its operator registered: have yours added to the manifest.',
  },
  CURSOR_INVALID: { status: 400, meaning: 'The cursor is not one of this connection: start without it.' },
  REQUEST_MALFORMED: { status: 400, meaning: 'The HTTP request can not be read as a GraphQL request.' },
  REQUEST_TOO_LARGE: { status: 413, meaning: 'The request body is over the limit.' },
  METHOD_NOT_ALLOWED: { status: 405, meaning: 'The address does not take this HTTP method.' },
  UNSUPPORTED_MEDIA_TYPE: { status: 415, meaning: 'The request body is not JSON in UTF-8.' },
  REQUEST_TIMEOUT: { status: 408, meaning: 'The request took too long to arrive: send it again, at once.' },
  HEADERS_TOO_LARGE: {
    status: 431,
    meaning: 'Address and headers are over 16 KiB: send the query with POST.',
  },
  NOT_FOUND: { status: 404, meaning: 'There is nothing at this address.' },
  STATEMENT_TIMEOUT: { status: 504, meaning: 'The query took too long: narrow its range or its grouping.' },
  SERVER_BUSY: { status: 503, meaning: 'Too many queries wait for the database: try again in some seconds.' },
  DOWNLOAD_CUT_OFF: {
    status: 408,
    meaning: 'The client took too little of a download for too long, or all of it took too long: ask again.',
  },
  KEY_MISSING: { status: 401, meaning: 'This needs an API key: send it as Authorization: Bearer <key>.' },
  KEY_INVALID: {
    status: 401,
    meaning: 'The API key is none of this server, is mistyped, or was not sent in a header.',
  },
  KEY_EXPIRED: { status: 401, meaning: 'The API key has expired: ask for a new one.' },
  KEY_REVOKED: { status: 401, meaning: 'The API key was revoked, or replaced longer ago than the overlap.' },
  SCOPE_MISSING: { status: 403, meaning: 'The API key lacks the scope or the data set that this needs.' },
  QUOTA_EXHAUSTED: {
    status: 429,
    meaning: 'The points of this window are used up: wait as long as Retry-After says.',
  },
  KEY_UNKNOWN: { status: 404, meaning: 'No API key has this id: `atlas keys list` shows them.' },
  KEY_STATE: {
    status: 409,
    meaning: 'The key is expired, revoked or replaced: only an active one can be rotated.',
  },
  INTERNAL: { status: 500, meaning: 'Something failed on our side: report the request id.' },
} as const satisfies Record<string, { status: number; meaning: string }>;

/** Codes that GraphQL servers share. The first three are 200 under `application/json`, as clients of old expect. */
export const sharedErrorCatalogue = {
  GRAPHQL_PARSE_FAILED: { status: 400, meaning: 'The document is not GraphQL: the message says where.' },
  GRAPHQL_VALIDATION_FAILED: {
    status: 400,
    meaning: 'The document does not fit the schema: the message says where; introspection shows the schema.',
  },
  BAD_USER_INPUT: {
    status: 400,
    meaning: 'A variable has the wrong type or is missing: the message names it.',
  },
  BAD_REQUEST: {
    status: 400,
    meaning:
      'The request is not GraphQL over HTTP, or a foreign page could have sent it: use POST with JSON, or GET with a non-empty `apollo-require-preflight` header. 405 for a mutation by GET, 406 where no JSON is accepted, 415 for a GET with another content type.',
  },
  OPERATION_RESOLUTION_FAILURE: {
    status: 400,
    meaning: 'The document has no operation of this name, or several and none is named: set `operationName`.',
  },
  PERSISTED_QUERY_NOT_FOUND: {
    status: 200,
    meaning: 'No document with this hash is known, or no longer: send the document with its hash once more.',
  },
} as const satisfies Record<string, { status: number; meaning: string }>;

export type ErrorCode = keyof typeof errorCatalogue;

/** What commands exit with: the first that fits a code. */
const exitCodes: readonly [RegExp, number][] = [
  [/^(CONFIG_INVALID|BAD_ARGUMENT)$/, 2],
  [/^(FILE|FORMAT|COLUMNS|DATASET|KIND|KEY)_|^TOO_MANY_REFUSED$/, 3],
  [/^NOTHING_/, 4],
  [/^INTERRUPTED$/, 130],
  [/^(DATABASE|ENGINE|MIGRATION|SCHEMA|ADDRESS)_|^(DIRECTORY_IN_USE|DATA_CHANGED)$/, 5],
];

/**
 * The exit code of a command that ended with an error: 1 unexpected; 2 usage or settings; 3 input refused;
 * 4 nothing to do; 5 database, engine or address not available; 130 interrupted, as shells have it.
 */
export function exitCodeOf(error: unknown): number {
  if (!(error instanceof AtlasError)) return 1;
  return exitCodes.find(([pattern]) => pattern.test(error.code))?.[1] ?? 1;
}

/** An error whose message is meant for the person who caused it, or who can mend it. */
export class AtlasError extends Error {
  readonly code: ErrorCode;
  /** Machine-readable particulars: counts, limits, names. Never a user identifier, never a secret. */
  readonly details: Readonly<Record<string, unknown>>;

  constructor(
    code: ErrorCode,
    message: string,
    options: { cause?: unknown; details?: Record<string, unknown> } = {},
  ) {
    super(message, options.cause === undefined ? {} : { cause: options.cause });
    this.name = 'AtlasError';
    this.code = code;
    this.details = options.details ?? {};
  }
}
