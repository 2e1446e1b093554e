import type { LogRow } from '../formats/log-format.ts';

type JsonObject = Record<string, unknown>;

// An array of API answers whose `data` is an array: nothing known is nested deeper.
const maximumDepth = 3;

/** The records in a JSON value: its elements, what an API's `data` envelope holds, or the object itself. */
export function* recordsIn(value: unknown, depth = 0): Generator<unknown> {
  if (depth < maximumDepth && Array.isArray(value)) {
    for (const element of value) yield* recordsIn(element, depth + 1);
  } else if (depth < maximumDepth && isObject(value) && isEnvelope(value['data'])) {
    yield* recordsIn(value['data'], depth + 1);
  } else {
    yield value;
  }
}

function isEnvelope(data: unknown): boolean {
  return typeof data === 'object' && data !== null;
}

/** The column names of records, with `a.b` for the members of an object. */
export function columnsOf(records: Iterable<unknown>): string[] {
  const columns = new Set<string>();
  for (const record of records) {
    if (!isObject(record)) continue;
    for (const [name, value] of Object.entries(record)) {
      columns.add(name);
      if (isObject(value)) for (const member of Object.keys(value)) columns.add(`${name}.${member}`);
    }
  }
  return [...columns];
}

/** A function that cuts a record down to the wanted columns; undefined for what is no object. */
export function picker(wanted: readonly string[]): (record: unknown) => LogRow | undefined {
  const paths = wanted.map((column) => [column, column.split('.')] as const);
  return (record) => {
    if (!isObject(record)) return undefined;
    const values: JsonObject = {};
    for (const [column, path] of paths)
      values[column] = path.length === 1 ? record[column] : member(record, path);
    return values;
  };
}

function member(record: JsonObject, path: readonly string[]): unknown {
  let value: unknown = record;
  for (const name of path) value = isObject(value) ? value[name] : undefined;
  return value;
}

function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
