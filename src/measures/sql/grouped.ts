import sql, { empty, join, type Sql } from 'sql-template-tag';
import type { UsagePlan } from '../plan.ts';
import type { Top, UsageQuery } from '../query.ts';
import { isFilled } from './base.ts';
import { componentColumns, measureOver, needsModels } from './components.ts';
import { filterEpoch, havingAskedFor, type Epoch } from './epochs.ts';
import { groupNames } from './keys.ts';
import { baseSumColumn, identifier, sumColumn } from './names.ts';

/**
 * Ranks groups by the measure over the range or in each period, and says of every row whether its group is left
 * out. Groups that are unknown take no rank, so those that have one can be found by equality.
 */
export function rankedQuery(query: UsageQuery, top: Top): Sql {
  const groups = groupNames(query);
  const scope = rankedScope(top);
  const keys = rankedKeys(query, top);
  const known = groups.map((group) => sql`${group} IS NOT NULL`);
  const same = keys.map((key) => sql`top.${key} = source.${key}`);
  const partition = scope.length === 0 ? empty : sql`PARTITION BY ${join(scope, ', ')} `;
  const weight = measureOver(
    top.by,
    (column) => sql`sum(${identifier(sumColumn(column))})${filterEpoch(query, 0)}`,
  );
  return sql`,
  weighed AS (
    SELECT
      ${join([...keys, sql`${weight} AS weight`], ',\n      ')}
    FROM
      ${source(query)} AS source
    WHERE
      ${join(known, ' AND ')}
    GROUP BY
      ${join(keys, ', ')}
  ),
  top AS (
    SELECT
      weighed.*,
      row_number() OVER (${partition}ORDER BY weight DESC NULLS LAST, ${join(groups, ', ')}) AS rank
    FROM
      weighed
  ),
  ranked AS (
    SELECT
      source.*,
      top.rank IS NULL AS others
    FROM
      ${source(query)} AS source
      LEFT JOIN top ON ${join(same, ' AND ')} AND top.rank <= ${top.count}
  )`;
}

/** What has a rank: groups, in the range or in each period. */
export function rankedKeys(query: UsageQuery, top: Top): Sql[] {
  return [...rankedScope(top), ...groupNames(query)];
}

function rankedScope({ within }: Top): Sql[] {
  return within === 'PERIOD' ? [identifier('period')] : [];
}

/** One row per period and group, with what the top leaves out as one group or dropped. */
export function groupedQuery(query: UsageQuery, plan: UsagePlan): Sql {
  const { top } = query;
  const groups = groupNames(query);
  const columns = [
    sql`period`,
    top === null ? sql`FALSE AS others` : sql`others`,
    ...groups.map((group) =>
      top === null ? group : sql`CASE WHEN NOT others THEN ${group} END AS ${group}`,
    ),
  ];
  const positions = columns.map((_, index) => identifier(String(index + 1)));
  return sql`
    SELECT
      ${join([...columns, ...used(query), ...sums(query, plan)], ',\n      ')}
    FROM
      ${top === null ? source(query) : sql`ranked`}${
        top?.others === 'DROP'
          ? sql`
    WHERE
      NOT others`
          : empty
      }
    GROUP BY
      ${join(positions, ', ')}${havingAskedFor(query)}`;
}

/** Whether a group was used in a period at all. */
function used(query: UsageQuery): Sql[] {
  return isFilled(query) ? [sql`bool_or(real)${filterEpoch(query, 0)} AS used`] : [];
}

function sums(query: UsageQuery, plan: UsagePlan): Sql[] {
  const columns = componentColumns(query, plan);
  return [
    ...columns.map((name) => {
      const column = identifier(sumColumn(name));
      return sql`sum(${column})${filterEpoch(query, 0)} AS ${column}`;
    }),
    ...(query.comparedTo === null ? [] : columns).map(
      (name) =>
        sql`sum(${identifier(sumColumn(name))})${filterEpoch(query, 1)} AS ${identifier(baseSumColumn(name))}`,
    ),
    ...(needsModels(query) ? models(query) : []),
  ];
}

function models(query: UsageQuery): Sql[] {
  const count = (epoch: Epoch): Sql => sql`count(DISTINCT model_key)${filterEpoch(query, epoch)}`;
  return [
    sql`${count(0)} AS models`,
    ...(query.comparedTo === null ? [] : [sql`${count(1)} AS base_models`]),
  ];
}

function source(query: UsageQuery): Sql {
  return identifier(isFilled(query) ? 'filled' : 'base');
}
