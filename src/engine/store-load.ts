import { AtlasError } from '../errors.ts';
import type { Engine } from './engine.ts';
import { exactCount } from './engine.ts';
import { eventTables, type EventTable } from './event-tables.ts';
import type { KeySlice } from './key-slices.ts';
import type { CommitOptions, LoadSource } from './load-session.ts';
import type { LoadSummary } from './load-summary.ts';

const tables = Object.values(eventTables);
const stagingTables = [...tables.map(({ staged }) => staged), 'staged_refused_rows', 'staged_verdicts'];
const storedTables = [...tables.map(({ stored }) => stored), 'stored_keys', 'stored_quarantine'];

/** What a load has stored and not yet sealed. */
export type StoredLoad = Pick<LoadSummary, 'totalTokens' | 'spendUsd'> & {
  loadId: number;
  from: string | null;
  to: string | null;
};
type LoadCounts = Pick<LoadSummary, 'rowsRead' | 'accepted' | 'alreadyLoaded' | 'refused' | 'dropped'>;

/** Empties the tables that one load reads into. */
export async function emptyStaging(engine: Engine): Promise<void> {
  for (const table of stagingTables) await engine.command('load.empty_staging', `TRUNCATE TABLE ${table}`);
}

/**
 * Removes what a load that never ended has left. Loads come one at a time and take the number after the last
 * finished one, so nothing else can carry a higher number.
 */
export async function sweepUnfinished(engine: Engine): Promise<void> {
  await emptyStaging(engine);
  const last = await lastLoadId(engine);
  for (const table of storedTables) {
    const [left] = await engine.rows<{ rows: string }>(
      'sweep.find',
      `SELECT count() AS rows FROM ${table} WHERE load_id > {last:UInt32}`,
      { last },
    );
    if (left?.rows === '0') continue;
    await engine.command('sweep.delete', `ALTER TABLE ${table} DELETE WHERE load_id > {last:UInt32}`, {
      last,
    });
  }
}

/** Copies the staged rows that are new to the stored tables, where `sealLoad` then lets them be seen. */
export async function storeStaged(
  engine: Engine,
  source: LoadSource,
  table: EventTable,
  slices: readonly KeySlice[],
  expectedRows: number,
): Promise<StoredLoad> {
  const { dataset, file } = source;
  const load = { dataset, loadId: (await lastLoadId(engine)) + 1 };
  for (const { from, to } of slices) {
    await engine.command(
      'load.store_keys',
      `INSERT INTO stored_keys (dataset, load_id, key, content_hash)
       SELECT {dataset:String}, {loadId:UInt32}, key, content_hash FROM ${newRows(table)}`,
      { ...load, from, to },
    );
    await engine.command(
      'load.store_events',
      `INSERT INTO ${table.stored} (dataset, load_id, ${table.columns.join(', ')})
       SELECT {dataset:String}, {loadId:UInt32}, ${table.columns.join(', ')} FROM ${newRows(table)}`,
      { ...load, from, to },
    );
  }
  await engine.command(
    'load.store_quarantine',
    `INSERT INTO stored_quarantine (dataset, load_id, file, line, field, code, reason)
     SELECT {dataset:String}, {loadId:UInt32}, {file:String}, line, field, code, reason FROM staged_refusals`,
    { ...load, file },
  );
  return readBack(engine, table, load, expectedRows);
}

const newRows = (table: EventTable) => `${table.staged}
  WHERE key BETWEEN {from:UInt128} AND {to:UInt128}
    AND row NOT IN (SELECT row FROM staged_verdicts WHERE key BETWEEN {from:UInt128} AND {to:UInt128})`;

/** Counts the stored rows of a load, and refuses where they are not as many as they should be. */
export async function readBack(
  engine: Engine,
  table: EventTable,
  load: { dataset: string; loadId: number },
  expectedRows: number,
): Promise<StoredLoad> {
  const [totals] = await engine.rows<{
    rows: string;
    keys: string;
    tokens: string;
    spend: string | null;
    from: string | null;
    to: string | null;
  }>(
    'load.read_back',
    `SELECT
       count() AS rows,
       (SELECT count() FROM stored_keys WHERE dataset = {dataset:String} AND load_id = {loadId:UInt32}) AS keys,
       sum(${table.tokens}) AS tokens,
       sum(${table.spendUsd}) AS spend,
       min(${table.day}) AS from,
       max(${table.day}) + 1 AS to
     FROM ${table.stored}
     WHERE dataset = {dataset:String} AND load_id = {loadId:UInt32}`,
    load,
  );
  if (totals === undefined || totals.rows !== String(expectedRows) || totals.keys !== totals.rows) {
    throw new AtlasError(
      'ENGINE_FAILED',
      `${expectedRows} rows were to be stored; the engine holds ${totals?.rows} of them and ${totals?.keys} keys.`,
    );
  }
  return {
    loadId: load.loadId,
    totalTokens: exactCount(totals.tokens),
    spendUsd: totals.spend,
    from: totals.from,
    to: totals.to,
  };
}

/** The moment of the load: one row, written as one block, makes all its rows visible. */
export async function sealLoad(
  engine: Engine,
  source: LoadSource,
  stored: StoredLoad,
  counts: LoadCounts,
  { bytes, sha256, startedAt }: CommitOptions & { startedAt: Date },
): Promise<void> {
  await engine.command(
    'load.seal',
    `INSERT INTO loads
     SELECT
       {loadId:UInt32} AS load_id,
       {dataset:String} AS dataset,
       {kind:String} AS kind,
       {file:String} AS file,
       {format:String} AS format,
       {bytes:Nullable(UInt64)} AS file_bytes,
       {sha256:Nullable(String)} AS file_sha256,
       {rowsRead:UInt64} AS rows_read,
       {accepted:UInt64} AS accepted,
       {alreadyLoaded:UInt64} AS already_loaded,
       {refused:UInt64} AS refused,
       {totalTokens:UInt64} AS total_tokens,
       {spendUsd:Nullable(Decimal(38, 12))} AS spend_usd,
       {from:Nullable(Date)} AS first_day,
       {to:Nullable(Date)} - 1 AS last_day,
       fromUnixTimestamp64Milli({startedAt:Int64}, 'UTC') AS started_at,
       now64(3, 'UTC') AS committed_at,
       {dropped:UInt64} AS dropped`,
    {
      ...source,
      ...stored,
      ...counts,
      bytes: bytes ?? null,
      sha256: sha256 ?? null,
      startedAt: startedAt.getTime(),
    },
  );
}

/** Number of the latest finished load, 0 where there is none. */
export async function lastLoadId(engine: Engine): Promise<number> {
  const [row] = await engine.rows<{ last: number }>('loads.last', 'SELECT max(load_id) AS last FROM loads');
  return row?.last ?? 0;
}
