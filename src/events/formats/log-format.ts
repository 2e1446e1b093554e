import { Fault } from '../values/fault.ts';
import { isMissing } from '../values/read-value.ts';
import { shapeOf } from '../values/shape.ts';
import type { ActivityField } from '../activity.ts';
import type { GenerationField } from '../generation.ts';
import type { LabelField } from '../label.ts';
import type { UsageFeedField } from '../usage-feed.ts';

export const containers = ['csv', 'ndjson', 'json', 'parquet'] as const;
export type Container = (typeof containers)[number];

/** A row as its container holds it, cut down to the columns that were asked for. */
export type LogRow = Readonly<Record<string, unknown>>;

/** Where a field comes from: a column, the first of several that has a value, or a value worked out from columns. */
export type ColumnSource =
  string | readonly string[] | { readonly from: readonly string[]; readonly value: (row: LogRow) => unknown };

/** What a row is identified by; a row whose id is missing is identified by its content. */
export type Identity = { readonly id: string } | 'content' | 'day-and-model' | 'day-model-user' | 'label';

interface LogFormatBase {
  /** What `--format` takes. */
  id: string;
  title: string;
  containers: readonly Container[];
  /** What the format is, and every decision taken in reading it. */
  description: string;
  /** Columns without which no row can be read; of a list, any one. */
  requiredColumns: readonly (string | readonly string[])[];
  /** What a line means that repeats another in every value, where no id tells them apart. */
  identicalRows: 'one-event' | 'separate-events';
  identity: Identity;
  /** For a log of several kinds of event: the column that tells them apart, and which of them are counted. */
  counted?: { column: string; accepts: (value: unknown) => boolean; otherwise: string };
}

interface GenerationFormat extends LogFormatBase {
  kind: 'generation';
  fields: Partial<Record<GenerationField, ColumnSource>>;
}

interface UsageFeedFormat extends LogFormatBase {
  kind: 'usage_feed';
  fields: Record<UsageFeedField, ColumnSource>;
}

interface LabelFormat extends LogFormatBase {
  kind: 'label';
  fields: Record<LabelField, ColumnSource>;
}

interface ActivityFormat extends LogFormatBase {
  kind: 'activity';
  fields: Record<ActivityField, ColumnSource>;
}

/** A log format, as its file in this folder declares it. */
export type LogFormatDeclaration = GenerationFormat | UsageFeedFormat | ActivityFormat | LabelFormat;

/** A log format ready for use. */
export type LogFormat = LogFormatDeclaration & {
  /** Columns that are read where present. No other column is ever read. */
  optionalColumns: readonly string[];
  /** The raw values of a row by field, or the reason why the row is not counted. */
  map: (row: LogRow) => Record<string, unknown> | NotCounted;
  /** The file's own name for a field, for messages. */
  columnOf: (field: string, row: LogRow) => string | null;
};

/** A row in order that logs something else. */
export class NotCounted {
  readonly column: string;
  readonly fault: Fault;

  constructor(column: string, reason: string) {
    this.column = column;
    this.fault = new Fault('NOT_A_GENERATION', reason);
  }
}

/** Makes a declaration usable: derives the mapping, the columns read and their names for messages. */
export function defineFormat(declaration: LogFormatDeclaration): LogFormat {
  const sources = Object.entries<ColumnSource>(declaration.fields);
  const required = new Set(declaration.requiredColumns.flat());
  const { counted } = declaration;
  const emptyRecord = shapeOf(sources.map(([field]) => field));
  return {
    ...declaration,
    optionalColumns: [...columnsOf(sources), ...(counted ? [counted.column] : [])].filter(
      (column) => !required.has(column),
    ),
    map: (row) => {
      if (counted !== undefined && !counted.accepts(row[counted.column])) {
        return new NotCounted(counted.column, counted.otherwise);
      }
      const raw = emptyRecord();
      for (const [field, source] of sources) raw[field] = valueOf(source, row);
      return raw;
    },
    columnOf: (field, row) => {
      const source = sources.find(([name]) => name === field)?.[1];
      return source === undefined ? null : columnNamed(source, row);
    },
  };
}

/** Every column a format reads. */
export function readColumns(format: LogFormat): string[] {
  return [...new Set([...format.requiredColumns.flat(), ...format.optionalColumns])];
}

function columnsOf(sources: [string, ColumnSource][]): Set<string> {
  return new Set(sources.flatMap(([, source]) => columnList(source)));
}

function columnList(source: ColumnSource): readonly string[] {
  if (typeof source === 'string') return [source];
  return 'from' in source ? source.from : source;
}

function valueOf(source: ColumnSource, row: LogRow): unknown {
  if (typeof source === 'string') return row[source];
  if ('from' in source) return source.value(row);
  for (const column of source) if (!isMissing(row[column])) return row[column];
  return undefined;
}

function columnNamed(source: ColumnSource, row: LogRow): string | null {
  const columns = columnList(source);
  return columns.find((column) => !isMissing(row[column])) ?? columns[0] ?? null;
}
