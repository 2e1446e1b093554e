import type { GraphQLSchema } from 'graphql';
import { type ColumnOf, toBatches } from '../../../downloads/columns.ts';
import { inBatches } from '../../../downloads/in-batches.ts';
import { entityTables } from '../../../downloads/package/package-columns.ts';
import type { ForeignKey, PackageTable } from '../../../downloads/package/package-table.ts';
import { USD_PER_MILLION } from '../../../downloads/units.ts';
import type {
  AuthorEntity,
  CategoryEntity,
  ContinentEntity,
  CountryEntity,
  ModelEntity,
  ProviderEntity,
  ReleaseCatalog,
  TagEntity,
} from '../../../measures/release.ts';
import type { EntityName } from '../../../measures/types.ts';
import { columnsOfType } from '../schema-columns.ts';

const PRICE = { unit: USD_PER_MILLION };
const BILLIONS = { unit: 'billion parameters' };
const TOKENS = { unit: 'tokens' };

/** The catalogue as it was when the release was published: models with their labels, and whatever else rows refer to. */
export function catalogTables(schema: GraphQLSchema, catalog: ReleaseCatalog): PackageTable[] {
  const table = <E extends { readonly id: string }>(
    kind: EntityName,
    title: string,
    columns: readonly ColumnOf<E>[],
    all: readonly E[],
    foreignKeys: readonly ForeignKey[] = [],
  ): PackageTable => ({
    name: entityTables[kind],
    title,
    description: 'As the catalogue of the release knows them.',
    columns: [idColumn, ...columns],
    primaryKey: ['id'],
    uniqueKey: [],
    foreignKeys,
    ingredients: [],
    mostRows: all.length,
    numbers: 0,
    batches: () => toBatches([idColumn, ...columns], inBatches(all)),
  });
  const refersTo = (field: string, kind: EntityName): ForeignKey[] => [
    { field, table: entityTables[kind], key: 'id' },
  ];
  const { model, author, provider, category, tag, country, continent } = catalog;
  return [
    table('model', 'Models', modelColumns(schema, catalog), model.all, refersTo('author', 'author')),
    table('author', 'Authors of models', authorColumns(schema), author.all),
    table('provider', 'Providers', providerColumns(schema), provider.all),
    table('category', 'Categories of content', categoryColumns(schema), category.all),
    table('tag', 'Tags of content', tagColumns(schema, catalog), tag.all, refersTo('category', 'category')),
    table('country', 'Countries', countryColumns(schema), country.all, refersTo('continent', 'continent')),
    table('continent', 'Continents', continentColumns(schema), continent.all),
  ];
}

const idColumn: ColumnOf<{ readonly id: string }> = {
  name: 'id',
  type: 'TEXT',
  unit: null,
  description: 'Id, which other tables refer to.',
  cellOf: ({ id }) => id,
};

function modelColumns(schema: GraphQLSchema, { author }: ReleaseCatalog): ColumnOf<ModelEntity>[] {
  const model = columnsOfType(schema, 'Model');
  const price = columnsOfType(schema, 'ListPrice');
  return [
    model('name', 'TEXT', ({ name }) => name),
    model('author', 'TEXT', ({ authorKey }) =>
      authorKey === null ? null : (author.withKey(authorKey)?.id ?? null),
    ),
    model('source', 'TEXT', ({ source }) => source),
    model('origin', 'TEXT', ({ origin }) => origin),
    model('sourceGroup', 'TEXT', ({ sourceGroup }) => sourceGroup),
    model('size', 'TEXT', ({ size }) => size),
    model('parametersBillions', 'FLOAT', (each) => each.parametersBillions, BILLIONS),
    model('activeParametersBillions', 'FLOAT', (each) => each.activeParametersBillions, BILLIONS),
    model('reasoning', 'BOOLEAN', ({ reasoning }) => reasoning),
    model('tools', 'BOOLEAN', ({ tools }) => tools),
    model('contextTokens', 'INTEGER', ({ contextTokens }) => contextTokens, TOKENS),
    model('releaseDate', 'DATE', ({ releaseDate }) => releaseDate),
    price('inputUsd', 'DECIMAL', (each) => each.inputPriceUsd, {
      name: 'input_price_usd',
      ...PRICE,
    }),
    price('outputUsd', 'DECIMAL', (each) => each.outputPriceUsd, {
      name: 'output_price_usd',
      ...PRICE,
    }),
    price('cachedInputUsd', 'DECIMAL', (each) => each.cachedInputPriceUsd, {
      name: 'cached_input_price_usd',
      ...PRICE,
    }),
    price('asOf', 'DATE', ({ priceAsOf }) => priceAsOf, { name: 'price_as_of' }),
    model('labelled', 'BOOLEAN', ({ labelled }) => labelled),
    model('totalTokens', 'INTEGER', ({ totalTokens }) => totalTokens, TOKENS),
  ];
}

function authorColumns(schema: GraphQLSchema): ColumnOf<AuthorEntity>[] {
  const author = columnsOfType(schema, 'Author');
  return [
    author('name', 'TEXT', ({ name }) => name),
    author('origin', 'TEXT', ({ origin }) => origin),
    author('country', 'TEXT', ({ country }) => country),
    author('homepage', 'TEXT', ({ homepage }) => homepage),
    author('totalTokens', 'INTEGER', ({ totalTokens }) => totalTokens, TOKENS),
  ];
}

function providerColumns(schema: GraphQLSchema): ColumnOf<ProviderEntity>[] {
  const provider = columnsOfType(schema, 'Provider');
  return [
    provider('name', 'TEXT', ({ name }) => name),
    provider('country', 'TEXT', ({ country }) => country),
    provider('totalTokens', 'INTEGER', ({ totalTokens }) => totalTokens, TOKENS),
  ];
}

function categoryColumns(schema: GraphQLSchema): ColumnOf<CategoryEntity>[] {
  const category = columnsOfType(schema, 'Category');
  return [
    category('name', 'TEXT', ({ name }) => name),
    category('description', 'TEXT', ({ description }) => description),
  ];
}

function tagColumns(schema: GraphQLSchema, { category }: ReleaseCatalog): ColumnOf<TagEntity>[] {
  const tag = columnsOfType(schema, 'Tag');
  return [
    tag('name', 'TEXT', ({ name }) => name),
    tag('category', 'TEXT', ({ categoryKey }) => category.withKey(categoryKey)?.id ?? null),
  ];
}

function countryColumns(schema: GraphQLSchema): ColumnOf<CountryEntity>[] {
  const country = columnsOfType(schema, 'Country');
  return [
    country('name', 'TEXT', ({ name }) => name),
    country('continent', 'TEXT', ({ continent }) => continent),
  ];
}

function continentColumns(schema: GraphQLSchema): ColumnOf<ContinentEntity>[] {
  return [columnsOfType(schema, 'Continent')('name', 'TEXT', ({ name }) => name)];
}
