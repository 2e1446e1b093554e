import type { Engine } from '../engine/engine.ts';
import { textField } from '../engine/tab-separated.ts';
import { aliasTable } from './alias-table.ts';
import { firstLabelledDay, months, weeks } from './calendar.ts';
import { hostsOf } from './hosts.ts';
import { tagsOf } from './tag-slots.ts';
import { categoryNames } from './usage.ts';
import { requestsOf, type World } from './world.ts';

type Value = string | number | boolean | readonly number[];

interface LookupTable {
  name: string;
  columns: Readonly<Record<string, string>>;
  rows: Iterable<readonly Value[]>;
}

/** Tables in the engine's memory that rows are drawn from. They are gone with the process. */
export async function createLookupTables(engine: Engine, world: World): Promise<void> {
  for (const table of lookupTables(world)) await createTable(engine, table);
  await engine.command('simulate.drop_rows', 'DROP TABLE IF EXISTS simulated_rows');
  await engine.command('simulate.create_rows', `CREATE TABLE simulated_rows (${rowColumns}) ENGINE = Memory`);
}

export async function dropLookupTables(engine: Engine): Promise<void> {
  for (const name of [...tableNames, 'simulated_rows']) {
    await engine.command('simulate.drop', `DROP TABLE IF EXISTS ${name}`);
  }
}

const tableNames = [
  'simulated_days',
  'simulated_slots',
  'simulated_cells',
  'simulated_models',
  'simulated_cohorts',
  'simulated_people',
  'simulated_hosts',
  'simulated_tags',
] as const;

/** The first 128 bits of a text's SHA-256, as identities and pseudonyms are stored. */
export function digest(text: string): string {
  return `reinterpretAsUInt128(substring(SHA256(${text}), 1, 16))`;
}

/** One chunk of rows, as they were drawn and as they are written. */
const rowColumns = `
  row UInt64,
  id String,
  key UInt128 DEFAULT ${digest("concat('id', char(0), id)")},
  created_at DateTime64(3, 'UTC'),
  user_name String,
  user UInt128 DEFAULT ${digest('user_name')},
  model LowCardinality(String),
  category UInt8,
  provider LowCardinality(String),
  app LowCardinality(Nullable(String)),
  country LowCardinality(String),
  language LowCardinality(String),
  variant LowCardinality(Nullable(String)),
  prompt_tokens UInt64,
  completion_tokens UInt64,
  reasoning_tokens UInt64,
  cached_tokens UInt64,
  spend_usd Decimal(18, 12),
  byok Bool,
  streamed Bool,
  cancelled Bool,
  finish_reason LowCardinality(Nullable(String)),
  tools_offered Nullable(Bool),
  tools_called Bool,
  latency_ms UInt32,
  time_to_first_token_ms UInt32,
  tags Array(LowCardinality(String)),
  confidences Array(Float64)`;

async function createTable(engine: Engine, { name, columns, rows }: LookupTable): Promise<void> {
  const definitions = Object.entries(columns).map(([column, type]) => `${column} ${type}`);
  await engine.command('simulate.drop', `DROP TABLE IF EXISTS ${name}`);
  await engine.command('simulate.create', `CREATE TABLE ${name} (${definitions.join(', ')}) ENGINE = Memory`);
  const lines: string[] = [];
  for (const row of rows) lines.push(`${row.map(field).join('\t')}\n`);
  await engine.insert('simulate.fill', name, Object.keys(columns), Buffer.from(lines.join('')));
}

function field(value: Value): string {
  if (typeof value === 'string') return textField(value);
  return typeof value === 'object' ? `[${value.join(',')}]` : String(value);
}

function* lookupTables(world: World): Generator<LookupTable> {
  const { usage, lengths, people } = world;
  const requests = requestsOf(usage, lengths);
  const slots = weeks.map((_, week) => weekSlots(world, requests, week));
  yield {
    name: 'simulated_days',
    columns: {
      one: 'UInt8',
      first_row: 'UInt64',
      rows: 'UInt64',
      day: 'Date',
      week: 'UInt16',
      month: 'UInt8',
      slots: 'UInt32',
      labelled: 'Bool',
      acceptance: 'Array(Float64)',
    },
    rows: world.days
      .filter(({ rows }) => rows > 0)
      .map(({ firstRow, rows, day, week, month }) => [
        1,
        firstRow,
        rows,
        day,
        week,
        month,
        slots[week]?.length ?? 0,
        day >= firstLabelledDay,
        people.acceptance[week] ?? [],
      ]),
  };
  yield {
    name: 'simulated_slots',
    columns: { week: 'UInt16', slot: 'UInt32', threshold: 'Float64', own: 'UInt32', other: 'UInt32' },
    rows: slots.flatMap((ofWeek, week) =>
      ofWeek.map(({ threshold, own, other }, slot) => [week, slot, threshold, own, other]),
    ),
  };
  yield {
    name: 'simulated_cells',
    columns: {
      cell: 'UInt32',
      model: 'UInt16',
      category: 'UInt8',
      prompt_mean: 'Float64',
      completion_mean: 'Float64',
      cost: 'Float64',
    },
    rows: usedCells(world).map((cell) => {
      const category = cell % categoryNames.length;
      const model = Math.floor(cell / categoryNames.length) % usage.models.length;
      const free = usage.models[model]?.free ?? 0;
      return [
        cell,
        model,
        category,
        lengths.prompt[cell] ?? 0,
        lengths.completion[cell] ?? 0,
        (world.cellCosts[cell] ?? 0) / (1 - free),
      ];
    }),
  };
  yield {
    name: 'simulated_models',
    columns: {
      month: 'UInt8',
      model: 'UInt16',
      name: 'LowCardinality(String)',
      reasons: 'Bool',
      free: 'Float64',
      tool_calls: 'Float64',
      cohorts: 'UInt16',
    },
    rows: months.flatMap((_, month) =>
      usage.models.map(({ id, reasoning, free }, model) => [
        month,
        model,
        id,
        reasoning,
        free,
        world.toolCalls[month]?.[model] ?? 0,
        world.cohorts[model]?.active[month]?.length ?? 0,
      ]),
    ),
  };
  yield {
    name: 'simulated_cohorts',
    columns: {
      month: 'UInt8',
      model: 'UInt16',
      slot: 'UInt16',
      threshold: 'Float64',
      own_first: 'UInt64',
      own_active: 'UInt64',
      other_first: 'UInt64',
      other_active: 'UInt64',
    },
    rows: cohortRows(world),
  };
  yield {
    name: 'simulated_people',
    columns: {
      kind: 'UInt32',
      country: 'LowCardinality(String)',
      language: 'LowCardinality(String)',
    },
    rows: people.kinds.map(({ country, language }, kind) => [kind, country, language]),
  };
  yield {
    name: 'simulated_hosts',
    columns: { model: 'UInt16', slot: 'UInt8', provider: 'LowCardinality(String)' },
    rows: usage.models.flatMap((model, index) =>
      hostsOf(model, index).map((provider, slot) => [index, slot, provider] as const),
    ),
  };
  yield {
    name: 'simulated_tags',
    columns: { category: 'UInt8', slot: 'UInt16', tag: 'LowCardinality(String)' },
    rows: categoryNames.flatMap((name, category) =>
      tagsOf(name).map((tag, slot) => [category, slot, tag] as const),
    ),
  };
}

function weekSlots(world: World, requests: Float64Array, week: number) {
  const cells = [...world.usage.cells(week, () => true)].filter((cell) => (requests[cell] ?? 0) > 0);
  return aliasTable(cells.map((cell) => requests[cell] ?? 0)).map(({ threshold, own, other }) => ({
    threshold,
    own: cells[own] ?? 0,
    other: cells[other] ?? 0,
  }));
}

function usedCells({ usage }: World): number[] {
  const cells: number[] = [];
  usage.tokens.forEach((tokens, cell) => {
    if (tokens > 0) cells.push(cell);
  });
  return cells;
}

function cohortRows({ cohorts }: World): number[][] {
  return cohorts.flatMap(({ active }, model) =>
    active.flatMap((ofMonth, month) =>
      aliasTable(ofMonth.map((cohort) => cohort.active)).map(({ threshold, own, other }, slot) => [
        month,
        model,
        slot,
        threshold,
        ofMonth[own]?.first ?? 0,
        ofMonth[own]?.active ?? 1,
        ofMonth[other]?.first ?? 0,
        ofMonth[other]?.active ?? 1,
      ]),
    ),
  );
}
