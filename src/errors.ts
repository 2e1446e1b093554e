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
  // API.
  BAD_ARGUMENT: { status: 400, meaning: 'An argument is out of its stated range or malformed.' },
  RELEASE_UNKNOWN: { status: 404, meaning: 'No release has this id, or it was pruned.' },
  NOTHING_PUBLISHED: { status: 404, meaning: 'The data set has no release yet.' },
  DIMENSION_NOT_COVERED: { status: 400, meaning: 'The data set does not carry this dimension.' },
  NO_ROLLUP: { status: 400, meaning: 'No published rollup answers this combination of dimensions.' },
  NOT_ADDITIVE: {
    status: 400,
    meaning: 'The measure can not be summed over this grouping: ask for a grain and grouping it is kept for.',
  },
  LIMIT_EXCEEDED: { status: 400, meaning: 'The request is over a stated limit: nothing is clamped.' },
  CURSOR_INVALID: { status: 400, meaning: 'The cursor is not one of this connection: start without it.' },
  REQUEST_MALFORMED: { status: 400, meaning: 'The HTTP request can not be read as a GraphQL request.' },
  REQUEST_TOO_LARGE: { status: 413, meaning: 'The request body is over the limit.' },
  METHOD_NOT_ALLOWED: { status: 405, meaning: 'The address does not take this HTTP method.' },
  UNSUPPORTED_MEDIA_TYPE: { status: 415, meaning: 'The request body is not JSON in UTF-8.' },
  NOT_FOUND: { status: 404, meaning: 'There is nothing at this address.' },
  STATEMENT_TIMEOUT: { status: 504, meaning: 'The query took too long: narrow its range or its grouping.' },
  INTERNAL: { status: 500, meaning: 'Something failed on our side: report the request id.' },
} as const satisfies Record<string, { status: number; meaning: string }>;

export type ErrorCode = keyof typeof errorCatalogue;

/** What commands exit with: the first that fits a code. */
const exitCodes: readonly [RegExp, number][] = [
  [/^(CONFIG_INVALID|BAD_ARGUMENT)$/, 2],
  [/^(FILE|FORMAT|COLUMNS|DATASET|KIND)_|^TOO_MANY_REFUSED$/, 3],
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
