import type { GraphQLSchema } from 'graphql';
import { answerTables } from '../../../downloads/package/answer-tables.ts';
import {
  joinTables,
  type LackedScope,
  type PackageTables,
} from '../../../downloads/package/package-table.ts';
import { usageTables } from '../../../downloads/package/usage-tables.ts';
import type { Dataset, Release } from '../../../measures/release.ts';
import type { RequestContext } from '../../context.ts';
import { catalogTables } from './entity-tables.ts';
import { cohortTables } from './cohort-tables.ts';

/** The tables of a release, as far as this viewer may read them. */
export async function packageOf(
  schema: GraphQLSchema,
  { services, packages }: RequestContext,
  release: Release,
  dataset: Dataset,
): Promise<PackageTables> {
  const catalog = await services.releases.catalog(release);
  const lackedScope: LackedScope = (ingredients) => packages.lackedScope(dataset, ingredients);
  return joinTables([
    { tables: catalogTables(schema, catalog), leftOut: [] },
    usageTables(catalog, lackedScope),
    answerTables(catalog, lackedScope),
    cohortTables(schema, catalog, lackedScope),
  ]);
}
