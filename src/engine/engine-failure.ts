import { AtlasError } from '../errors.ts';

/** A statement that failed, under its name and with what ClickHouse said of it. */
export function engineFailure(statement: string, cause: unknown): AtlasError {
  if (cause instanceof AtlasError) return cause;
  const text = describeCause(cause);
  const name = exceptionName(text);
  const advice =
    name === 'MEMORY_LIMIT_EXCEEDED' ? ' Give the engine more memory, or count less at a time.' : '';
  return new AtlasError('ENGINE_FAILED', `Statement ${statement} failed: ${firstLine(text)}${advice}`, {
    cause,
    details: { statement, exception: name },
  });
}

/** A failed insert: ClickHouse quotes the rows in its message, so only the exception's name is kept. */
export function insertFailure(statement: string, table: string, cause: unknown): AtlasError {
  const text = describeCause(cause);
  const name = exceptionName(text);
  return new AtlasError(
    'ENGINE_FAILED',
    `Statement ${statement} failed: rows for ${table} were not taken (${name ?? 'unknown reason'}).`,
    { details: { statement, exception: name } },
  );
}

/** ClickHouse ends its messages with the name of the exception, as in `(MEMORY_LIMIT_EXCEEDED)`. */
function exceptionName(text: string): string | null {
  return /\(([A-Z][A-Z0-9_]+)\)\.?\s*$/.exec(text.trim())?.[1] ?? null;
}

function firstLine(text: string): string {
  const line = text.trim().split('\n')[0] ?? '';
  return line.length > 600 ? `${line.slice(0, 600)}…` : line;
}

/** The message of whatever was thrown. */
export function describeCause(cause: unknown): string {
  return cause instanceof Error ? cause.message : String(cause);
}
