import type { Column, ColumnType } from './columns.ts';
import type { TableDescription } from './table-description.ts';

/** Types of Frictionless Table Schema. Decimals are `number`, which has no precision there. */
const types: Readonly<Record<ColumnType, string>> = {
  INTEGER: 'integer',
  DECIMAL: 'number',
  FLOAT: 'number',
  BOOLEAN: 'boolean',
  TEXT: 'string',
  DATE: 'date',
};

/** Columns as a Frictionless Table Schema; `unit` is an addition of ours, which the standard allows. */
export function toTableSchema(columns: readonly Column[]) {
  return {
    fields: columns.map(({ name, type, unit, description }) => ({
      name,
      type: types[type],
      description,
      ...(unit !== null && { unit }),
    })),
    missingValues: [''],
  };
}

/** What stands beside a file that has no place for it: a Frictionless Table Schema with where the table comes from. */
export function describeTable(columns: readonly Column[], about: TableDescription) {
  return {
    $schema: 'https://datapackage.org/profiles/2.0/tableschema.json',
    ...toTableSchema(columns),
    ...about,
  };
}
