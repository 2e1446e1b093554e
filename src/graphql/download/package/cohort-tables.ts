import type { GraphQLSchema } from 'graphql';
import { cohortIngredients } from '../../../access/needed-scopes.ts';
import { type Cells, type ColumnOf, toCells } from '../../../downloads/columns.ts';
import { entityColumns } from '../../../downloads/entity-columns.ts';
import { answeredGrains, grainColumn } from '../../../downloads/package/answer-tables.ts';
import { foreignKeyOf, tableName, withoutNames } from '../../../downloads/package/package-columns.ts';
import type { LackedScope, PackageTable, PackageTables } from '../../../downloads/package/package-table.ts';
import { cohortRows } from '../../../downloads/package/release-rows.ts';
import type { ReleaseCatalog } from '../../../measures/release.ts';
import type { ReadRows } from '../../../measures/reading-transaction.ts';
import {
  hasCohorts,
  type RetentionQuery,
  validateRetention,
} from '../../../measures/retention/retention-query.ts';
import { cohortOf } from '../../../measures/retention/retention-service.ts';
import { allCohortsSql } from '../../../measures/retention/retention-sql.ts';
import { subjectOf } from '../../retention/retention.loader.ts';
import type { ReportSubject } from '../../retention/retention.report.ts';
import { cohortColumns, type RetentionRow, rowsOf } from '../retention-download.ts';

/** Every cohort in every period, of all together, of models and of authors. */
export function cohortTables(
  schema: GraphQLSchema,
  catalog: ReleaseCatalog,
  lackedScope: LackedScope,
): PackageTables {
  if (!hasCohorts(catalog.release)) return { tables: [], leftOut: [] };
  const groupings = ['ALL', 'MODEL', 'AUTHOR'] as const;
  const tables = groupings.map((grouping) => cohortTable(schema, catalog, grouping));
  const scope = lackedScope(cohortIngredients);
  if (scope === null) return { tables, leftOut: [] };
  return {
    tables: [],
    leftOut: tables.map(({ name }) => ({ table: name, columns: null, scope, instead: null })),
  };
}

function cohortTable(
  schema: GraphQLSchema,
  catalog: ReleaseCatalog,
  grouping: RetentionQuery['grouping'],
): PackageTable {
  const by = grouping === 'ALL' ? null : grouping;
  const name = tableName('retention', by);
  const columns = cohortColumns(schema);
  const keyOf = (subject: ReportSubject): ColumnOf<RetentionRow>[] =>
    by === null ? [] : withoutNames(entityColumns<RetentionRow>(by, () => subject));
  async function* batches(read: ReadRows): AsyncGenerator<readonly Cells[]> {
    for (const grain of answeredGrains) {
      const query = validateRetention(catalog.release, grouping, { grain, minimumCohort: 1 });
      for await (const rows of read(`package: ${name}`, allCohortsSql(query))) {
        for (const row of rows) {
          const subject = findSubject(catalog, grouping, row.entity_key ?? null);
          const cohort = cohortOf(row, query, subjectOf(subject));
          const own = [...keyOf(subject), ...columns];
          yield rowsOf(cohort).map((each) => [grain, ...toCells(own, each)]);
        }
      }
    }
  }
  return {
    name,
    title: by === null ? 'Retention' : `Retention by ${by.toLowerCase()}`,
    description:
      'Users whose first use fell into one period, and how many of them came back in each later one. Withheld counts are null; a cohort that is withheld as a whole is one row.',
    columns: [grainColumn, ...keyOf(null), ...columns],
    primaryKey: [],
    uniqueKey: ['grain', ...keyOf(null).map((column) => column.name), 'cohort_from', 'age'],
    foreignKeys: by === null ? [] : foreignKeyOf(by),
    ingredients: [cohortIngredients],
    mostRows: cohortRows(catalog.release),
    numbers: 1,
    batches,
  };
}

function findSubject(
  catalog: ReleaseCatalog,
  grouping: RetentionQuery['grouping'],
  key: string | null,
): ReportSubject {
  if (key === null || grouping === 'ALL') return null;
  return catalog[grouping === 'MODEL' ? 'model' : 'author'].withKey(Number(key)) ?? null;
}
