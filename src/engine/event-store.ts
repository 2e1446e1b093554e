import { createHash } from 'node:crypto';
import { AtlasError } from '../errors.ts';
import type { RefusalCode } from '../events/event-row.ts';
import type { Engine } from './engine.ts';
import { exactCount } from './engine.ts';
import type { EventKind } from './event-tables.ts';
import type { LoadSource } from './load-session.ts';
import { LoadSession } from './load-session.ts';
import { sweepUnfinished } from './store-load.ts';

/** A file that was loaded. */
export interface LoadRecord {
  loadId: number;
  kind: EventKind;
  file: string;
  format: string;
  bytes: number | null;
  sha256: string | null;
  rowsRead: number;
  accepted: number;
  alreadyLoaded: number;
  refused: number;
  dropped: number;
  totalTokens: number;
  /** UTC, `YYYY-MM-DD HH:MM:SS.mmm`. */
  startedAt: string;
  committedAt: string;
}

/** What the store holds of a data set: its events, and how many labels of them. */
export interface DatasetSummary {
  rows: number;
  refused: number;
  labels: number;
  /** Of the rows, those of activity: users without tokens. */
  activity: number;
  totalTokens: number;
  /** Decimal text; null where no row carries its spend. */
  spendUsd: string | null;
  /** First UTC day, `YYYY-MM-DD`; null where nothing is loaded. */
  from: string | null;
  /** The day after the last. */
  to: string | null;
  loads: LoadRecord[];
}

export interface QuarantinedRow {
  loadId: number;
  file: string;
  line: number;
  field: string | null;
  code: RefusalCode;
  reason: string;
}

/** The events of all data sets: loading them, and what is known of the loads. */
export class EventStore {
  readonly #engine: Engine;
  #loading: string | null = null;

  constructor(engine: Engine) {
    this.#engine = engine;
  }

  /** Begins to load a file. One load at a time; what an earlier one left behind is removed first. */
  async beginLoad(source: LoadSource): Promise<LoadSession> {
    if (this.#loading !== null) {
      throw new AtlasError(
        'ENGINE_FAILED',
        `${source.file}: ${this.#loading} is still being loaded; one file is loaded at a time.`,
      );
    }
    this.#loading = source.file;
    try {
      await sweepUnfinished(this.#engine);
    } catch (error) {
      this.#loading = null;
      throw error;
    }
    return new LoadSession(this.#engine, source, () => {
      this.#loading = null;
    });
  }

  /** Refused rows, those of the latest load first. */
  async quarantined(dataset: string, { limit = 1000 } = {}): Promise<QuarantinedRow[]> {
    const rows = await this.#engine.rows<Omit<QuarantinedRow, 'line'> & { line: string }>(
      'quarantine.list',
      `SELECT load_id AS loadId, file, line, field, code, reason
       FROM quarantine WHERE dataset = {dataset:String}
       ORDER BY load_id DESC, line LIMIT {limit:UInt32}`,
      { dataset, limit },
    );
    return rows.map((row) => ({ ...row, line: exactCount(row.line) }));
  }

  /** What the data set holds, by the records of its loads. */
  async datasetSummary(dataset: string): Promise<DatasetSummary> {
    const [totals] = await this.#engine.rows<
      Record<'rows' | 'refused' | 'labels' | 'activity' | 'tokens', string> & DatasetRange
    >(
      'dataset.totals',
      `SELECT
         sumIf(accepted, kind != 'label') AS rows,
         sumIf(refused, kind != 'label') AS refused,
         sumIf(accepted, kind = 'label') AS labels,
         sumIf(accepted, kind = 'activity') AS activity,
         sum(total_tokens) AS tokens,
         sum(spend_usd) AS spend,
         minOrNull(first_day) AS from,
         maxOrNull(last_day) + 1 AS to
       FROM loads WHERE dataset = {dataset:String}`,
      { dataset },
    );
    return {
      rows: exactCount(totals?.rows ?? '0'),
      refused: exactCount(totals?.refused ?? '0'),
      labels: exactCount(totals?.labels ?? '0'),
      activity: exactCount(totals?.activity ?? '0'),
      totalTokens: exactCount(totals?.tokens ?? '0'),
      spendUsd: totals?.spend ?? null,
      from: totals?.from ?? null,
      to: totals?.to ?? null,
      loads: await this.#loads(dataset),
    };
  }

  /** Changes whenever a load adds to the data set, and only then; null where nothing is loaded. */
  async fingerprint(dataset: string): Promise<string | null> {
    const loads = await this.#loads(dataset);
    if (loads.length === 0) return null;
    const parts = loads.map(({ loadId, sha256, accepted, totalTokens, committedAt }) =>
      [loadId, sha256, accepted, totalTokens, committedAt].join(' '),
    );
    return createHash('sha256').update(parts.join('\n')).digest('hex');
  }

  async #loads(dataset: string): Promise<LoadRecord[]> {
    const rows = await this.#engine.rows<StoredLoadRecord>(
      'loads.list',
      `SELECT
         load_id AS loadId, kind, file, format, file_bytes AS bytes, file_sha256 AS sha256,
         rows_read AS rowsRead, accepted, already_loaded AS alreadyLoaded, refused, dropped,
         total_tokens AS totalTokens, started_at AS startedAt, committed_at AS committedAt
       FROM loads WHERE dataset = {dataset:String} ORDER BY load_id`,
      { dataset },
    );
    return rows.map((row) => ({
      ...row,
      bytes: row.bytes === null ? null : exactCount(row.bytes),
      rowsRead: exactCount(row.rowsRead),
      accepted: exactCount(row.accepted),
      alreadyLoaded: exactCount(row.alreadyLoaded),
      refused: exactCount(row.refused),
      dropped: exactCount(row.dropped),
      totalTokens: exactCount(row.totalTokens),
    }));
  }
}

interface DatasetRange {
  spend: string | null;
  from: string | null;
  to: string | null;
}

type CountColumn = 'rowsRead' | 'accepted' | 'alreadyLoaded' | 'refused' | 'dropped' | 'totalTokens';
type StoredLoadRecord = Omit<LoadRecord, CountColumn | 'bytes'> &
  Record<CountColumn, string> & { bytes: string | null };
