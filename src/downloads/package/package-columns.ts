import { dimensionNamed, type DimensionName, dimensions } from '../../measures/dimensions.ts';
import type { Dimension, EntityName, RollupKey } from '../../measures/types.ts';
import { type ColumnOf, snakeCase } from '../columns.ts';
import type { ForeignKey } from './package-table.ts';

/** Tables of the catalogue, by kind of entity. */
export const entityTables: Readonly<Record<EntityName, string>> = {
  model: 'models',
  author: 'authors',
  provider: 'providers',
  category: 'categories',
  tag: 'tags',
  country: 'countries',
  continent: 'continents',
};

/** The dimension that a key of a rollup is of. */
export function dimensionOfKey(key: RollupKey): DimensionName {
  const all: readonly Dimension[] = dimensions;
  const found = all.find(({ sources }) => sources.some(({ of, key: own }) => of === 'usage' && own === key));
  if (found === undefined) throw new Error(`No dimension is of the key ${key}`);
  return found.name as DimensionName;
}

/** A reference to the table of an entity; none for what is no entity. */
export function foreignKeyOf(name: DimensionName): ForeignKey[] {
  const { entity, field } = dimensionNamed(name);
  return entity === undefined ? [] : [{ field: snakeCase(field), table: entityTables[entity], key: 'id' }];
}

/** `usage_by_country`, `distinct_users`. */
export function tableName(what: string, by: DimensionName | null): string {
  return by === null ? what : `${what}_by_${snakeCase(dimensionNamed(by).field)}`;
}

/** `source group`. */
export function wordsFor(name: DimensionName): string {
  return snakeCase(dimensionNamed(name).field).replaceAll('_', ' ');
}

/** A column for whoever reads the file: names stand in the table of the entity. */
export function withoutNames<Row>(columns: readonly ColumnOf<Row>[]): ColumnOf<Row>[] {
  return columns.filter(({ name }) => !name.endsWith('_name'));
}
