import { ingredientsOf } from '../../access/needed-scopes.ts';
import { buildUsageSql } from '../../measures/build-sql.ts';
import { dimensionNamed, type DimensionName } from '../../measures/dimensions.ts';
import { type DistributionName, distributions, measureNamed } from '../../measures/measures.ts';
import { parseRows } from '../../measures/parse-rows.ts';
import { partsOf } from '../../measures/periods.ts';
import { planUsage } from '../../measures/plan.ts';
import type { UsageQuery } from '../../measures/query.ts';
import type { ReadRows } from '../../measures/reading-transaction.ts';
import type { Release, ReleaseCatalog } from '../../measures/release.ts';
import { userGroupings } from '../../measures/rollups.ts';
import { type Cells, type Column, snakeCase, toCells } from '../columns.ts';
import { usageColumns } from '../usage-columns.ts';
import { foreignKeyOf, tableName, withoutNames, wordsFor } from './package-columns.ts';
import { joinTables, type LackedScope, type PackageTables } from './package-table.ts';
import { percentileRows, userRows } from './release-rows.ts';

/** Periods that what can not be added up is answered for. */
export const answeredGrains = ['DAY', 'WEEK', 'MONTH'] as const;

/** Periods of one statement: percentiles of a year of days take the embedded database, and all who wait, minutes. */
const periodsAtOnce = { DAY: 7, WEEK: 4, MONTH: 1 } as const;

export const grainColumn: Column = {
  name: 'grain',
  type: 'TEXT',
  unit: null,
  description:
    'Length of the period: DAY, WEEK (from Monday) or MONTH. Rows of one can not be added up to another.',
};

interface Wanted {
  readonly what: string;
  readonly title: string;
  readonly description: string;
  readonly by: DimensionName | null;
  readonly measures: UsageQuery['measures'];
  readonly distributions: readonly DistributionName[];
  readonly mostRows: number;
}

/** What days do not add up to: distinct users, and percentiles. These are answers of the API, period by period. */
export function answerTables(catalog: ReleaseCatalog, lackedScope: LackedScope): PackageTables {
  const { release } = catalog;
  const { measures, dimensions } = release.coverage;
  const users = measureNamed('DISTINCT_USERS');
  const userTables = [null, ...userGroupings].map((by): Wanted => ({
    what: 'distinct_users',
    title: 'Distinct users',
    description:
      'Users active at least once in the period. Null where none are known, or too few to be told.',
    by,
    measures: ['DISTINCT_USERS'],
    distributions: [],
    mostRows: userRows(release),
  }));
  const covered = coveredDistributions(release);
  const percentileTables = ([null, 'MODEL'] as const).map((by): Wanted => ({
    what: 'percentiles',
    title: 'Percentiles of lengths and times',
    description:
      'Percentiles of requests, from histograms with logarithmic buckets: within 2 % of the true value.',
    by,
    measures: [],
    distributions: covered,
    mostRows: percentileRows(release, covered.length),
  }));
  const wanted = [
    ...(measures[users.coverage] ? userTables : []),
    ...(covered.length > 0 ? percentileTables : []),
  ];
  return joinTables(
    wanted
      .filter(({ by }) => by === null || dimensions[by])
      .map((each) => answerTable(each, catalog, lackedScope)),
  );
}

export function coveredDistributions({ coverage: { measures } }: Release): DistributionName[] {
  return distributions.filter(({ coverage }) => measures[coverage]).map(({ name }) => name);
}

function answerTable(wanted: Wanted, catalog: ReleaseCatalog, lackedScope: LackedScope): PackageTables {
  const { by, what, title, description, mostRows } = wanted;
  const name = tableName(what, by);
  const asked = answeredGrains.map((grain) => {
    const query = wholeRelease(wanted, catalog, grain);
    const plan = planUsage(query);
    const ingredients = ingredientsOf(query, plan);
    return { grain, query, plan, ingredients, lacked: lackedScope(ingredients) };
  });
  const kept = asked.filter(({ lacked }) => lacked === null);
  const refused = asked.flatMap(({ grain, lacked }) => (lacked === null ? [] : [{ grain, scope: lacked }]));
  const [first] = kept;
  const [refusal] = refused;
  const leftOut =
    refusal === undefined
      ? []
      : [
          {
            table: name,
            columns: first === undefined ? null : refused.map(({ grain }) => `grain ${grain}`),
            scope: refusal.scope,
            instead: null,
          },
        ];
  if (first === undefined) return { tables: [], leftOut };
  const columnsFor = ({ query, plan }: (typeof asked)[number]) =>
    withoutNames(usageColumns(query, plan, catalog));
  const columns = [grainColumn, ...columnsFor(first)];
  const group = by === null ? [] : [by];
  async function* batches(read: ReadRows): AsyncGenerator<readonly Cells[]> {
    for (const each of kept) {
      const { query, plan, grain } = each;
      const own = columnsFor(each);
      for (const part of partsOf(query, { grain, weekStart: 'MONDAY' }, periodsAtOnce[grain])) {
        const statement = buildUsageSql({ ...query, ...part }, plan, false);
        for await (const rows of read(`package: ${name}`, statement)) {
          yield parseRows(query, plan, rows).rows.map((row) => [grain, ...toCells(own, row)]);
        }
      }
    }
  }
  return {
    tables: [
      {
        name,
        title: by === null ? title : `${title} by ${wordsFor(by)}`,
        description,
        columns,
        primaryKey: [],
        uniqueKey: columns
          .map((column) => column.name)
          .filter((column) =>
            ['grain', 'period_from', ...group.map((each) => snakeCase(dimensionNamed(each).field))].includes(
              column,
            ),
          ),
        foreignKeys: group.flatMap(foreignKeyOf),
        ingredients: kept.map(({ ingredients }) => ingredients),
        mostRows,
        numbers: Math.max(1, wanted.measures.length + 4 * wanted.distributions.length),
        batches,
      },
    ],
    leftOut,
  };
}

/** A question for every row of a release: no page, and more periods than an answer may have. */
function wholeRelease(
  { by, measures, distributions: read }: Wanted,
  { release }: ReleaseCatalog,
  grain: (typeof answeredGrains)[number],
): UsageQuery {
  return {
    release,
    groupBy: by === null ? [] : [by],
    calendar: { grain, weekStart: 'MONDAY' },
    from: release.periodFrom,
    to: release.periodTo,
    where: null,
    measures,
    shares: [],
    distributions: read,
    shareOf: 'PERIOD',
    top: null,
    comparedTo: null,
    emptyPeriods: false,
    labelWeighting: 'EACH',
    orderBy: [],
    only: null,
    limit: Number.MAX_SAFE_INTEGER,
    offset: 0,
  };
}
