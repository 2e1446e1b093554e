import sql, { join, type Sql } from 'sql-template-tag';
import type { Release } from './release.ts';
import type { Rollup } from './rollups.ts';
import { identifier } from './sql/names.ts';
import type { RollupKey } from './types.ts';

/** Which rows of a rollup are wanted, and what of them. All names are of the catalogue. */
export interface RollupRows {
  readonly rollup: Rollup;
  readonly release: Release;
  readonly grain: 'DAY' | 'MONTH';
  readonly keys: readonly RollupKey[];
  /** Columns, which are summed where a key is left out. */
  readonly sums: readonly string[];
}

/** Every row of a rollup as it was published: first day, keys and sums as text, in a total order. */
export function rollupRowsSql({ rollup, release, grain, keys, sums }: RollupRows): Sql {
  const groups = [
    sql`usage.day`,
    ...(rollup.sampled ? [sql`usage.weighting`] : []),
    ...keys.map((key) => sql`usage.${identifier(key)}`),
  ];
  const columns = [
    sql`usage.day::text AS day`,
    ...(rollup.sampled ? [sql`usage.weighting AS weighting`] : []),
    ...keys.map((key) => sql`usage.${identifier(key)}::text AS ${identifier(key)}`),
    ...sums.map((column) => sql`${total(column, rollup)}::text AS ${identifier(column)}`),
  ];
  return sql`
SELECT
  ${join(columns, ',\n  ')}
FROM
  ${identifier(rollup.name)} AS usage
WHERE
  usage.release_key = ${release.key}
  AND usage.level = ${rollup.level}
  AND usage.grain = ${grain}
GROUP BY
  ${join(groups, ',\n  ')}
ORDER BY
  ${join(groups, ',\n  ')}`;
}

/** Decimals without zeros at their end; squares are no decimals. */
function total(column: string, { sampled }: Rollup): Sql {
  const sum = sql`sum(usage.${identifier(column)})`;
  const isDecimal = column.endsWith('_usd') || (sampled && !column.endsWith('_squares'));
  return isDecimal ? sql`trim_scale(${sum})` : sum;
}
