import { AtlasError } from '../errors.ts';
import type { ReadEvent } from './event-row.ts';
import { eventMaker, type EventOptions } from './event-maker.ts';
import { detectFormat, formatNamed, missingColumns } from './formats/index.ts';
import { readColumns, type Container, type LogFormat } from './formats/log-format.ts';
import { openSource } from './read/open-source.ts';
import type { ReadOptions, ReadRow, RecordSource } from './read/record-source.ts';

export interface ReadEventsOptions extends EventOptions, ReadOptions {
  /** Id of the log format; found by the columns where none is named. */
  format?: string | undefined;
  /** Columns the file lacks, with the one value they have in every row. */
  constants?: Readonly<Record<string, string>> | undefined;
}

export interface EventReading {
  format: LogFormat;
  container: Container;
  /** Columns of the file that the format does not read; of NDJSON those found at the file's beginning. */
  ignoredColumns: string[];
  /** All rows of the file in the order of their lines, in batches of some hundred. */
  rows: AsyncIterable<ReadEvent[]>;
}

/**
 * The door: reads a log file of any known format into events. A bad row is yielded as refused and stops
 * nothing; a file that can not be read, or whose columns fit no format, is an error. Users leave as pseudonyms.
 */
export async function readEvents(path: string, options: ReadEventsOptions): Promise<EventReading> {
  const source = await openSource(path, options);
  const constants = options.constants ?? {};
  const columns = [...new Set([...source.columns, ...Object.keys(constants)])];
  const format = chooseFormat(path, columns, source.container, options.format);
  checkConstants(path, constants, source, format);
  const wanted = readColumns(format);
  return {
    format,
    container: source.container,
    ignoredColumns: source.columns.filter((column) => column !== '' && !isRead(column, wanted)),
    rows: events(source.rows(wanted, options), constants, eventMaker(format, options)),
  };
}

function chooseFormat(
  path: string,
  columns: readonly string[],
  container: Container,
  id: string | undefined,
): LogFormat {
  if (id === undefined) return named(path, () => detectFormat(columns, container));
  const format = formatNamed(id);
  if (!format.containers.includes(container)) {
    const readable = format.containers.join(', ');
    throw new AtlasError(
      'FORMAT_UNKNOWN',
      `${path}: the format ${id} is read from ${readable}, and the file is ${container}.`,
    );
  }
  const missing = missingColumns(format, columns);
  if (missing.length === 0) return format;
  throw new AtlasError(
    'COLUMNS_MISSING',
    `${path}: the format ${id} needs the column${missing.length > 1 ? 's' : ''} ${missing.join(', ')}. ` +
      'Give a column that is the same in all rows with --set column=value.',
    { details: { file: path, format: id, missing } },
  );
}

/** Runs a step whose errors do not know which file they are about. */
function named<T>(path: string, step: () => T): T {
  try {
    return step();
  } catch (error) {
    if (!(error instanceof AtlasError)) throw error;
    throw new AtlasError(error.code, `${path}: ${error.message}`, {
      details: { file: path, ...error.details },
    });
  }
}

function checkConstants(
  path: string,
  constants: Readonly<Record<string, string>>,
  source: RecordSource,
  format: LogFormat,
): void {
  const known = readColumns(format);
  for (const column of Object.keys(constants)) {
    if (!known.includes(column)) {
      throw new AtlasError(
        'BAD_ARGUMENT',
        `${path}: --set ${column}: the format ${format.id} has no such column. Its columns: ${known.join(', ')}.`,
      );
    }
    if (source.columns.includes(column)) {
      throw new AtlasError(
        'BAD_ARGUMENT',
        `${path}: --set ${column}: the file has this column itself, and its values are not replaced.`,
      );
    }
  }
}

function isRead(column: string, wanted: readonly string[]): boolean {
  return wanted.some((name) => name === column || name.startsWith(`${column}.`));
}

async function* events(
  batches: AsyncIterable<ReadRow[]>,
  constants: Readonly<Record<string, string>>,
  toEvent: ReturnType<typeof eventMaker>,
): AsyncGenerator<ReadEvent[]> {
  const completed = Object.keys(constants).length > 0;
  for await (const batch of batches) {
    yield batch.map((row) => {
      if ('malformed' in row) {
        return {
          kind: 'refused',
          line: row.line,
          field: null,
          code: 'MALFORMED',
          reason: row.malformed,
        };
      }
      return toEvent(row.line, completed ? { ...row.values, ...constants } : row.values);
    });
  }
}
