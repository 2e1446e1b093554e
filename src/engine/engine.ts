import { AtlasError } from '../errors.ts';

/** A value bound to a typed placeholder, `{name:Type}`; values are never put into the text of a statement. */
export type ParameterValue = string | number | bigint | boolean | null | readonly ParameterValue[];

export type StatementParameters = Readonly<Record<string, ParameterValue>>;

/**
 * Where events live and are counted: a ClickHouse, in this process or on a server.
 * Statements run one after the other. Each has a name, which stands in the statement and in its errors.
 */
export interface Engine {
  /** What one statement may use; what is done in slices takes its slice from it. */
  readonly statementMemoryBytes: number;

  /** Runs a statement that returns nothing. */
  command(name: string, sql: string, parameters?: StatementParameters): Promise<void>;

  /**
   * All rows of a small result, keyed by column. 64-bit integers and decimals come as text, since a number
   * could not hold them exactly: read counts with `exactCount`. Wider integers are to be cast to String.
   */
  rows<Row extends object>(name: string, sql: string, parameters?: StatementParameters): Promise<Row[]>;

  /**
   * A result of any size as TabSeparated text, which is what PostgreSQL's COPY reads (`\N` is null).
   * Read it to its end or leave the loop before the next statement: until then others are refused.
   */
  stream(
    name: string,
    sql: string,
    parameters?: StatementParameters,
    options?: StreamOptions,
  ): AsyncIterable<Uint8Array>;

  /** Appends whole lines of TabSeparated text to a table. */
  insert(name: string, table: string, columns: readonly string[], lines: Uint8Array): Promise<void>;

  close(): Promise<void>;
}

export interface StreamOptions {
  /** Ends the stream at its next chunk; what is being computed for that chunk is computed to its end. */
  signal?: AbortSignal;
}

/** A count that came as text, as a number; refused where a number could not hold it exactly. */
export function exactCount(text: string): number {
  const count = Number(text);
  if (!Number.isSafeInteger(count)) {
    throw new AtlasError('ENGINE_FAILED', `The engine returned ${text}, which is not an exact whole number.`);
  }
  return count;
}
