import { type GraphQLSchema, isObjectType } from 'graphql';
import { type Cell, type ColumnOf, type ColumnType, snakeCase } from '../../downloads/columns.ts';

/** Makes columns of fields of one object type, with the descriptions that the API gives these. */
export function columnsOfType(schema: GraphQLSchema, typeName: string) {
  const type = schema.getType(typeName);
  if (!isObjectType(type)) throw new Error(`${typeName} is no object type of the schema`);
  const fields = type.getFields();
  return <Row>(
    field: string,
    columnType: ColumnType,
    cellOf: (row: Row) => Cell,
    { name = snakeCase(field), unit = null as string | null } = {},
  ): ColumnOf<Row> => {
    const description = fields[field]?.description;
    if (description == null) throw new Error(`${typeName}.${field} is not in the schema`);
    return { name, type: columnType, unit, description, cellOf };
  };
}
