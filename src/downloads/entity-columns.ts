import { dimensionNamed, type DimensionName } from '../measures/dimensions.ts';
import { type ColumnOf, snakeCase } from './columns.ts';

interface Named {
  readonly id: string;
  readonly name: string;
}

/** Id and name of an entity of the catalogue; ids without their kind, which the column says. */
export function entityColumns<Row>(
  dimension: DimensionName,
  entityOf: (row: Row) => Named | null | undefined,
): ColumnOf<Row>[] {
  const { field, description } = dimensionNamed(dimension);
  const column = { type: 'TEXT' as const, unit: null };
  return [
    {
      ...column,
      name: snakeCase(field),
      description: `Id. ${description}`,
      cellOf: (row) => entityOf(row)?.id ?? null,
    },
    {
      ...column,
      name: `${snakeCase(field)}_name`,
      description: `Name of the ${field}.`,
      cellOf: (row) => entityOf(row)?.name ?? null,
    },
  ];
}
