import { daysOf, firstWeek, addDays, longestMonths, monthOf, months, weekCount, weekOf } from './calendar.ts';
import { cohortsOf, type ModelCohorts } from './cohorts.ts';
import { type Lengths, lengthsOf } from './lengths.ts';
import { studyBounds, studyMargins } from './margins.ts';
import { type People, peopleOf } from './people.ts';
import { cellCosts, effectiveCosts } from './prices.ts';
import { normalised, rake } from './rake.ts';
import { toolCallRates } from './tool-calls.ts';
import { categoryNames, Usage } from './usage.ts';

/** A day and the numbers of its rows. */
export interface WorldDay {
  day: string;
  week: number;
  /** Index in `months`. */
  month: number;
  firstRow: number;
  rows: number;
}

/** Everything that is planted. The same for every seed and, but for days and users, every number of rows. */
export interface World {
  usage: Usage;
  lengths: Lengths;
  /** By model: effective cost, USD per 1M tokens. */
  costs: readonly number[];
  /** By cell of `usage`, USD per 1M tokens. */
  cellCosts: Float64Array;
  people: People;
  days: readonly WorldDay[];
  /** By month and model: share of its tokens that end in a tool call. */
  toolCalls: readonly (readonly number[])[];
  cohorts: readonly ModelCohorts[];
  /** Places on the ring of users. */
  ring: number;
}

// Costs follow usage and usage follows what is spent: a few rounds of both settle.
const roundsOfCosts = 3;
const roundsOfRaking = 40;

const weekendFactor = 0.82;

/** What does not depend on the number of rows. */
interface FittedUsage {
  usage: Usage;
  lengths: Lengths;
  costs: readonly number[];
  cellCosts: Float64Array;
}

let fitted: FittedUsage | undefined;

function fit(): FittedUsage {
  const usage = new Usage();
  const bounds = studyBounds(usage);
  for (let round = 0; round < roundsOfCosts; round += 1) {
    const perCell = cellCosts(usage, effectiveCosts(usage));
    rake(usage.tokens, studyMargins(usage, perCell), roundsOfRaking, bounds);
  }
  const costs = effectiveCosts(usage);
  return { usage, costs, cellCosts: cellCosts(usage, costs), lengths: lengthsOf(usage) };
}

export function buildWorld({ generations, months: count }: { generations: number; months: number }): World {
  // It takes some seconds and is always the same.
  fitted ??= fit();
  const { usage, lengths } = fitted;
  const requests = requestsOf(usage, lengths);
  const days = layDays(requests, generations, count);
  const byMonth = monthsOf(usage, requests, days);
  return {
    ...fitted,
    people: peopleOf(usage.volume),
    days,
    toolCalls: byMonth.tokens.map((tokens, month) =>
      toolCallRates(
        months[month] ?? '',
        usage.models.map(({ series }, model) => ({ series, tokens: tokens[model] ?? 0 })),
      ),
    ),
    ...layCohorts(usage, byMonth.requests),
  };
}

/** Requests of each cell, in the unit of its tokens. */
export function requestsOf({ tokens }: Usage, { prompt, completion }: Lengths): Float64Array {
  return tokens.map((each, cell) => each / ((prompt[cell] ?? 0) + (completion[cell] ?? 0)));
}

/** Shares the rows among the days, so that the whole is exact and each day is off by less than one. */
function layDays(requests: Float64Array, generations: number, count: number): WorldDay[] {
  const size = requests.length / weekCount;
  const days = daysOf(count);
  const weights = normalised(
    days.map((day) => {
      const week = weekOf(day);
      const ofWeek = requests.subarray(week * size, (week + 1) * size).reduce((sum, each) => sum + each, 0);
      return ofWeek * dayFactor(day);
    }),
  );
  let before = 0;
  let firstRow = 0;
  return days.map((day, index) => {
    before += weights[index] ?? 0;
    const next = index === days.length - 1 ? generations : Math.round(before * generations);
    const rows = next - firstRow;
    const laid = { day, week: weekOf(day), month: months.indexOf(monthOf(day)), firstRow, rows };
    firstRow = next;
    return laid;
  });
}

function dayFactor(day: string): number {
  const weekday = new Date(day).getUTCDay();
  return weekday === 0 || weekday === 6 ? weekendFactor : 1;
}

/** Part of the days of each month in each week. */
function monthsOf(usage: Usage, requests: Float64Array, days: readonly WorldDay[]) {
  const whole = Array.from({ length: longestMonths }, () => usage.models.map(() => 0));
  const tokens = whole.map((row) => [...row]);
  const rows = whole.map((row) => [...row]);
  const parts = partsOfWeeks();
  const rowsOfMonth = months.map((_, month) =>
    days.reduce((sum, day) => (day.month === month ? sum + day.rows : sum), 0),
  );
  for (let week = 0; week < weekCount; week += 1) {
    months.forEach((name, month) => {
      const part = parts.get(`${week} ${name}`) ?? 0;
      if (part === 0) return;
      usage.models.forEach((_, model) => {
        categoryNames.forEach((_name, category) => {
          const cell = usage.cell(week, model, category);
          add(tokens, month, model, part * (usage.tokens[cell] ?? 0));
          add(rows, month, model, part * (requests[cell] ?? 0));
        });
      });
    });
  }
  return {
    tokens,
    requests: rows.map((ofModels, month) =>
      normalised(ofModels).map((share) => share * (rowsOfMonth[month] ?? 0)),
    ),
  };
}

function partsOfWeeks(): Map<string, number> {
  const parts = new Map<string, number>();
  for (let day = 0; day < weekCount * 7; day += 1) {
    const key = `${Math.floor(day / 7)} ${monthOf(addDays(firstWeek, day))}`;
    parts.set(key, (parts.get(key) ?? 0) + 1 / 7);
  }
  return parts;
}

function add(table: number[][], row: number, column: number, value: number): void {
  const cells = table[row];
  if (cells !== undefined) cells[column] = (cells[column] ?? 0) + value;
}

const goldenSection = 0.618_033_988_749_895;

/** Cohorts of all models on one ring, so that models share users, each from a place of its own. */
function layCohorts(usage: Usage, requests: readonly (readonly number[])[]) {
  const ofModel = (model: number) => requests.map((row) => row[model] ?? 0);
  const sizes = usage.models.map(({ id }, model) =>
    cohortsOf(id, ofModel(model), 0).cohorts.reduce((sum, { size }) => sum + size, 0),
  );
  const ring = Math.ceil(1.2 * Math.max(...sizes));
  const cohorts = usage.models.map(({ id }, model) =>
    cohortsOf(id, ofModel(model), Math.floor(ring * ((model * goldenSection) % 1))),
  );
  return { cohorts, ring };
}
