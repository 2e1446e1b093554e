import { scopesOf } from '../../access/needed-scopes.ts';
import { dimensionNamed, type DimensionName } from '../../measures/dimensions.ts';
import type { ReleaseCatalog } from '../../measures/release.ts';
import { rollupRowsSql } from '../../measures/rollup-rows.ts';
import { type Rollup, rollups } from '../../measures/rollups.ts';
import type { TextRow } from '../../measures/parse-rows.ts';
import type { RollupKey } from '../../measures/types.ts';
import { type ColumnOf, snakeCase, toBatches } from '../columns.ts';
import { dimensionOfKey, foreignKeyOf, tableName, wordsFor } from './package-columns.ts';
import { joinTables, type LackedScope, type LeftOut, type PackageTables } from './package-table.ts';
import { usageRows } from './release-rows.ts';
import { type SumColumn, sumColumns } from './sum-columns.ts';

/** The usage rollups of a release by day and all their keys: coarser ones are sums of these. */
export function usageTables(catalog: ReleaseCatalog, lackedScope: LackedScope): PackageTables {
  const { dimensions } = catalog.release.coverage;
  const finest = rollups.filter(({ level }) => level === 'BOTH');
  const isCovered = (key: RollupKey): boolean => Boolean(dimensions[dimensionOfKey(key)]);
  // What has no second key is models by day, which any of these would give.
  const kept = finest.filter(({ keys }, index) => index === 0 || keys.every(isCovered));
  return joinTables(
    kept.map((rollup) => usageTable(rollup, rollup.keys.filter(isCovered), catalog, lackedScope)),
  );
}

function usageTable(
  rollup: Rollup,
  keys: readonly RollupKey[],
  catalog: ReleaseCatalog,
  lackedScope: LackedScope,
): PackageTables {
  const { release } = catalog;
  const dimensions = keys.map(dimensionOfKey);
  const name = tableName('usage', dimensions.at(-1) ?? null);
  const sums = sumColumns(rollup, release.coverage);
  const lackedOf = ({ measure }: SumColumn) =>
    lackedScope({ measures: [measure], dimensions: [], isFine: false });
  const kept = sums.filter((column) => lackedOf(column) === null);
  const lackedDays = lackedScope({ measures: [], dimensions, isFine: true });
  const grain = lackedDays === null ? ('DAY' as const) : ('MONTH' as const);
  const columns = [
    dayColumn(grain),
    ...(rollup.sampled ? [weightingColumn] : []),
    ...dimensions.map((each) => keyColumn(each, catalog)),
    ...kept.map(sumColumn),
  ];
  const statement = rollupRowsSql({ rollup, release, grain, keys, sums: kept.map((column) => column.name) });
  const ingredients = {
    measures: [...new Set(kept.map(({ measure }) => measure))],
    dimensions,
    isFine: grain === 'DAY',
  };
  const uniqueKey = columns.slice(0, columns.length - kept.length).map((column) => column.name);
  return {
    tables: [
      {
        name,
        title: `Usage by ${[grain.toLowerCase(), ...dimensions.map(wordsFor)].join(', ')}`,
        description: describeUsage(rollup, release.sampling?.rate ?? null),
        columns,
        primaryKey: [],
        uniqueKey,
        foreignKeys: dimensions.flatMap(foreignKeyOf),
        ingredients: [ingredients],
        mostRows: usageRows(release, rollup.name),
        numbers: kept.length,
        batches: (read) => toBatches(columns, read(`package: ${name}`, statement)),
      },
    ],
    leftOut: [
      ...leftOutColumns(name, sums, lackedOf),
      ...(lackedDays === null
        ? []
        : [{ table: name, columns: ['day'], scope: lackedDays, instead: 'calendar months' }]),
    ],
  };
}

function leftOutColumns(
  table: string,
  sums: readonly SumColumn[],
  lackedOf: (column: SumColumn) => ReturnType<LackedScope>,
): LeftOut[] {
  const scopes = [
    ...scopesOf({ measures: sums.map(({ measure }) => measure), dimensions: [], isFine: false }),
  ];
  return scopes.flatMap((scope) => {
    const columns = sums.filter((column) => lackedOf(column) === scope).map(({ name }) => name);
    return columns.length === 0 ? [] : [{ table, columns, scope, instead: null }];
  });
}

function dayColumn(grain: 'DAY' | 'MONTH'): ColumnOf<TextRow> {
  return {
    name: grain.toLowerCase(),
    type: 'DATE',
    unit: null,
    description: grain === 'DAY' ? 'Day, in UTC.' : 'First day of the calendar month, in UTC.',
    cellOf: ({ day = null }) => day,
  };
}

const weightingColumn: ColumnOf<TextRow> = {
  name: 'weighting',
  type: 'TEXT',
  unit: null,
  description:
    'EACH: a request with several labels counts wholly in each of them. SPLIT: in equal parts. Never add rows of both.',
  cellOf: ({ weighting = null }) => weighting,
};

/** Rows carry numbers for entities, which mean something within one release only: files carry their ids. */
function keyColumn(dimension: DimensionName, catalog: ReleaseCatalog): ColumnOf<TextRow> {
  const { field, description, entity, sources } = dimensionNamed(dimension);
  const key = sources[0]?.column ?? '';
  return {
    name: snakeCase(field),
    type: 'TEXT',
    unit: null,
    description: `${description} Null: unknown, or withheld.`,
    cellOf: (row) => {
      const text = row[key] ?? null;
      if (text === null || entity === undefined) return text;
      return catalog[entity].withKey(entity === 'country' ? text : Number(text))?.id ?? null;
    },
  };
}

/** As PostgreSQL writes it, so that it is exact whatever its size. */
function sumColumn({ name, type, unit, description }: SumColumn): ColumnOf<TextRow> {
  return { name, type, unit, description, cellOf: (row) => row[name] ?? null };
}

function describeUsage({ sampled }: Rollup, rate: number | null): string {
  const whole =
    'Sums; weeks, months and totals are sums of its rows, and shares and means quotients of such sums.';
  if (!sampled) return whole;
  return `${whole} Of the sample with content labels: divide sums by its rate, ${rate ?? 1}, to estimate all requests.`;
}
