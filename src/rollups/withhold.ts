import type { Rollup } from './rollup.ts';

/** Raised with every change of what is withheld: another version of it makes another release of the same data. */
export const withholdingVersion = 3;

/** Cells by the keys of a block and one key more, of which small values are to be folded. */
export interface FoldableCells {
  /**
   * Its columns: the keys, `total_tokens`, and `some_users`: distinct users of the cell, all of them where they are
   * fewer than {minimum_users}. So a state has a bounded size, and still tells whether cells have enough together.
   */
  sql: string;
  block: readonly string[];
  key: string;
}

/**
 * Which cells keep their value of the key: those that stand for {minimum_users} or more. The rest, with what is
 * unknown anyway, is folded into one. Where that one stands for too few, the smallest of the others joins it, so
 * that no subtraction gives it away; where there is no other, the block is left out.
 */
export function judgedCells({ sql, block, key }: FoldableCells): string {
  return `
    SELECT
      *,
      folded_are_few AND large_cells = 0 AS is_left_out,
      is_small OR (folded_are_few AND size_rank = 1) AS is_folded,
      is_left_out OR (is_folded AND ${key} IS NOT NULL) AS is_withheld
    FROM (
      SELECT
        *,
        countIf(is_small) OVER block > 0
          AND length(groupUniqArrayArrayIf({minimum_users:UInt32})(some_users, is_small) OVER block)
            < {minimum_users:UInt32} AS folded_are_few,
        countIf(NOT is_small) OVER block AS large_cells,
        row_number() OVER (block ORDER BY is_small, total_tokens, ${key}) AS size_rank
      FROM (
        SELECT *, ${key} IS NULL OR length(some_users) < {minimum_users:UInt32} AS is_small FROM (${sql})
      )
      WINDOW block AS (PARTITION BY ${block.join(', ')})
    )`;
}

/**
 * Whether the cells that a condition selects stand for enough users together, or there are none: a sum over fewer may
 * not be told. The cells need `some_users`.
 */
export function ofEnoughUsers(condition: string): string {
  return `toBool(
    countIf(${condition}) = 0
    OR length(groupUniqArrayArrayIf({minimum_users:UInt32})(some_users, ${condition})) >= {minimum_users:UInt32}
  )`;
}

/** The rows of a rollup that may be published, in the order of its columns. */
export function publishedRows(rollup: Rollup, minimumUsers: number | null): string {
  const { keys, columns, withhold, sql } = rollup;
  const order = keys.slice(1).join(', ');
  const isAsItIs = withhold === null ? rollup.apart.length === 0 : withhold.cohorts;
  if (minimumUsers === null || isAsItIs) {
    return `SELECT ${columns.join(', ')} FROM (${sql}) ORDER BY ${order}`;
  }
  if (withhold === null) {
    const kept = keys.map((key) => `cells.${key} AS ${key}`);
    return `SELECT ${[...kept, ...sumsOf(rollup)].join(', ')} FROM (${sql}) AS cells GROUP BY ALL ORDER BY ${order}`;
  }
  if (withhold.fold === null) {
    return `SELECT ${columns.join(', ')} FROM (${sql}) WHERE users >= {minimum_users:UInt32} ORDER BY ${order}`;
  }
  const { fold } = withhold;
  const kept = keys.map((key) => (key === fold ? `if(is_folded, NULL, cells.${key}) AS ${key}` : key));
  return `
    SELECT ${[...kept, ...sumsOf(rollup)].join(', ')}
    FROM (${judgedCells(foldable(rollup, fold))}) AS cells
    WHERE NOT is_left_out
    GROUP BY ALL
    ORDER BY ${order}`;
}

/**
 * The measures of published cells, with parts of too few users not told apart: those are NULL, and the tokens of the
 * cell are in the column that says so.
 */
function sumsOf({ measures, apart }: Rollup): string[] {
  const [requests] = apart;
  if (requests === undefined) return measures.map(({ name }) => `sum(cells.${name}) AS ${name}`);
  const areEnough = (users: string) =>
    `length(groupUniqArrayArray({minimum_users:UInt32})(cells.${users})) >= {minimum_users:UInt32}`;
  const isTold = `
      ((sum(cells.${requests}) = 0 OR ${areEnough('part_users')})
      AND (sum(cells.${requests}) = sum(cells.requests) OR ${areEnough('rest_users')}))`;
  return measures.map(({ name }) => {
    if (name === 'unsplit_tokens') return `if(${isTold}, 0, sum(cells.total_tokens)) AS ${name}`;
    return apart.includes(name)
      ? `if(${isTold}, sum(cells.${name}), NULL) AS ${name}`
      : `sum(cells.${name}) AS ${name}`;
  });
}

/**
 * Counts the cells of a rollup that are folded or left out, and their tokens where its rows hold tokens; with whether
 * these cells stand for enough users for their tokens to be told.
 */
export function withheldCount(rollup: Rollup): string {
  const { withhold, sql } = rollup;
  if (withhold === null) return 'SELECT 0 AS cells, 0 AS tokens, true AS are_of_enough';
  if (withhold.fold === null) {
    return `SELECT countIf(users < {minimum_users:UInt32}) AS cells, 0 AS tokens, true AS are_of_enough
      FROM (${sql})`;
  }
  return `
    SELECT
      countIf(is_withheld) AS cells,
      toString(sum(if(is_withheld, total_tokens, folded_tokens))) AS tokens,
      ${ofEnoughUsers('is_withheld')} AS are_of_enough
    FROM (${judgedCells(foldable(rollup, withhold.fold))})`;
}

/** The release is the same in all rows, so it takes no part in a block. */
function foldable({ keys, sql }: Rollup, key: string): FoldableCells {
  return { sql, key, block: keys.slice(1).filter((each) => each !== key) };
}
