import sql, { empty, join, type Sql } from 'sql-template-tag';
import { measureNamed, type MeasureName } from '../measures.ts';
import { periodStart } from '../periods.ts';
import type { UsagePlan } from '../plan.ts';
import type { UsageQuery } from '../query.ts';
import { isFilled } from './base.ts';
import { computedMeasures, measureOver, sampledMeasures, squaresOf } from './components.ts';
import {
  baseColumn,
  baseSumColumn,
  errorColumn,
  groupColumn,
  identifier,
  measureColumn,
  shareColumn,
  sumColumn,
} from './names.ts';

/** Measures, their values of the earlier time, shares and sampling errors of each grouped row. */
export function answerColumns(query: UsageQuery, plan: UsagePlan): Sql[] {
  return [
    ...computedMeasures(query).map(
      (name) => sql`${current(query, plan, name)} AS ${identifier(measureColumn(name))}`,
    ),
    ...(query.comparedTo === null ? [] : query.measures).map(
      (name) => sql`${earlier(query, plan, name)} AS ${identifier(baseColumn(name))}`,
    ),
    ...query.shares.map(
      (name) => sql`${share(query, sumColumn(columnOf(name)))} AS ${identifier(shareColumn(name))}`,
    ),
    ...(plan.rollup.sampled ? sampledMeasures(query) : []).map(
      (name) => sql`${samplingError(query, name)} AS ${identifier(errorColumn(name))}`,
    ),
  ];
}

function current(query: UsageQuery, plan: UsagePlan, name: MeasureName): Sql {
  const { kind } = measureNamed(name);
  if (kind === 'USERS') return plan.users === null ? sql`NULL::bigint` : sql`active_users.users`;
  const value =
    kind === 'MODELS'
      ? sql`grouped.models`
      : measureOver(name, (column) =>
          estimated(query, plan, name, sql`grouped.${identifier(sumColumn(column))}`),
        );
  return kind === 'RATIO' ? value : zeroWhenUnused(query, name, value);
}

function earlier(query: UsageQuery, plan: UsagePlan, name: MeasureName): Sql {
  const { kind } = measureNamed(name);
  if (kind === 'USERS') return sql`NULL::bigint`;
  if (kind === 'MODELS') return sql`grouped.base_models`;
  return measureOver(name, (column) =>
    estimated(query, plan, name, sql`grouped.${identifier(baseSumColumn(column))}`),
  );
}

/** Sums of a sample stand for all requests; in a quotient the rate cancels. */
function estimated({ release }: UsageQuery, { rollup }: UsagePlan, name: MeasureName, sum: Sql): Sql {
  if (!rollup.sampled || measureNamed(name).kind !== 'SUM') return sum;
  return sql`(${sum} / ${release.sampling?.rate ?? 1}::numeric)`;
}

/** In a period that the data cover, a group without rows was not used: that is a count of 0, not a gap. */
function zeroWhenUnused(query: UsageQuery, name: MeasureName, value: Sql): Sql {
  const { calendar, release } = query;
  if (calendar === null || !isFilled(query)) return value;
  if (!release.coverage.measures[measureNamed(name).coverage]) return value;
  const first = periodStart(release.periodFrom, calendar);
  return sql`CASE WHEN grouped.used OR grouped.period < ${first}::date OR grouped.period >= ${release.periodTo}::date THEN ${value} ELSE 0 END`;
}

function columnOf(name: MeasureName): string {
  return measureNamed(name).columns[0] ?? '';
}

function share(query: UsageQuery, column: string): Sql {
  const part = sql`grouped.${identifier(column)}`;
  return sql`(${part} / nullif(sum(${part}) OVER (${shareWindow(query)}), 0))::double precision`;
}

/** The rows that a share is a share of. */
function shareWindow({ shareOf, calendar }: UsageQuery): Sql {
  if (shareOf === 'ALL') return empty;
  const columns = [
    ...(calendar === null ? [] : [sql`grouped.period`]),
    ...(shareOf === 'PERIOD' ? [] : [sql`grouped.${identifier(groupColumn(shareOf))}`]),
  ];
  return columns.length === 0 ? empty : sql`PARTITION BY ${join(columns, ', ')}`;
}

/**
 * Standard error of an estimate from a random sample with the finite-population correction.
 * Share R = y/Y: √((1−f)·((1−2R)·Σy² of the group + R²·Σy² of the base))/Y. Mean ȳ over n: √((1−f)·(Σy² − n·ȳ²)/(n−1)/n).
 */
function samplingError(query: UsageQuery, name: MeasureName): Sql {
  const correction = sql`(1 - ${query.release.sampling?.rate ?? 1}::double precision)`;
  const squares = sql`grouped.${identifier(sumColumn(squaresOf(name)))}`;
  const sum = sql`grouped.${identifier(sumColumn(columnOf(name)))}::double precision`;
  if (measureNamed(name).kind === 'RATIO') {
    if (query.labelWeighting === 'SPLIT') return sql`NULL::double precision`;
    const requests = sql`grouped.sum_requests::double precision`;
    return sql`sqrt(${correction} * greatest(${squares} - ${sum} * ${sum} / nullif(${requests}, 0), 0) / nullif(${requests} - 1, 0) / nullif(${requests}, 0))`;
  }
  const whole = sql`nullif(sum(${sum}) OVER (${shareWindow(query)}), 0)`;
  const part = sql`(${sum} / ${whole})`;
  return sql`sqrt(${correction} * greatest((1 - 2 * ${part}) * ${squares} + ${part} * ${part} * sum(${squares}) OVER (${shareWindow(query)}), 0)) / ${whole}`;
}
