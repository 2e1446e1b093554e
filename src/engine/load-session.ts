import type { EventRow, RefusedRow } from '../events/event-row.ts';
import { decideRepeats } from './deduplicate.ts';
import type { Engine } from './engine.ts';
import { exactCount } from './engine.ts';
import type { EventKind, EventTable } from './event-tables.ts';
import { eventTables } from './event-tables.ts';
import { keySlices } from './key-slices.ts';
import type { LoadSummary } from './load-summary.ts';
import { countRefusals, tooManyRefused } from './load-summary.ts';
import { Staging } from './staging.ts';
import { emptyStaging, sealLoad, storeStaged } from './store-load.ts';

/** The file a load reads. */
export interface LoadSource {
  dataset: string;
  file: string;
  format: string;
  kind: EventKind;
}

export interface CommitOptions {
  /** Refused rows ÷ all rows, above which nothing is loaded. */
  maxRefusedShare?: number;
  /** Of the file as it lies on disk, for the record. */
  bytes?: number;
  sha256?: string;
}

const defaultMaxRefusedShare = 0.05;

/**
 * One file on its way into the store. Nothing of it can be seen before `commit` has returned, and nothing is
 * left of it after `abort`, an error or the end of the process.
 */
export class LoadSession {
  readonly #engine: Engine;
  readonly #source: LoadSource;
  readonly #table: EventTable;
  readonly #staging: Staging;
  readonly #startedAt = new Date();
  #dropped = 0;
  readonly #close: () => void;

  constructor(engine: Engine, source: LoadSource, close: () => void) {
    this.#engine = engine;
    this.#source = source;
    this.#table = eventTables[source.kind];
    this.#staging = new Staging(engine, this.#table);
    this.#close = close;
  }

  /** Takes rows in the order of the file; their number may be small or large. */
  async append(rows: readonly EventRow[]): Promise<void> {
    const stranger = rows.find((row) => row.kind !== this.#source.kind);
    if (stranger !== undefined) {
      throw new TypeError(`a row of kind ${stranger.kind} in a load of kind ${this.#source.kind}`);
    }
    await this.#staging.append(rows);
  }

  /** Takes rows that were refused when they were read. */
  async quarantine(rows: readonly RefusedRow[]): Promise<void> {
    await this.#staging.refuse(rows);
  }

  /** Counts rows that a rule of counting left out when they were read. */
  drop(rows: number): void {
    this.#dropped += rows;
  }

  /** Stores what is new, all of it at one moment. Throws where too many rows were refused. */
  async commit(options: CommitOptions = {}): Promise<LoadSummary> {
    try {
      return await this.#commit(options);
    } finally {
      await this.abort();
    }
  }

  /** Gives the load up. */
  async abort(): Promise<void> {
    // Nobody looks at the staging tables, and the next load empties them too: what fails here changes nothing.
    await this.#staging.finish().catch(() => undefined);
    await emptyStaging(this.#engine).catch(() => undefined);
    this.#close();
  }

  async #commit(options: CommitOptions): Promise<LoadSummary> {
    await this.#staging.finish();
    const slices = keySlices(this.#staging.eventCount, this.#engine.statementMemoryBytes);
    await decideRepeats(this.#engine, this.#source.dataset, this.#table, slices);
    const refusedByReason = await countRefusals(this.#engine);
    const counts = await this.#count(refusedByReason);

    const { maxRefusedShare = defaultMaxRefusedShare } = options;
    // A row that logs something else is in order: it is kept out and listed, but is no sign of a damaged file.
    const others = refusedByReason.filter(({ code }) => code === 'NOT_A_GENERATION');
    const otherRows = others.reduce((sum, { count }) => sum + count, 0);
    const rowsRead = counts.rowsRead - otherRows;
    const refused = counts.refused - otherRows;
    if (refused > rowsRead * maxRefusedShare) {
      const { file } = this.#source;
      throw await tooManyRefused(this.#engine, { file, rowsRead, refused, maxRefusedShare }, refusedByReason);
    }
    if (counts.accepted === 0) return { ...counts, ...nothingNew, refusedByReason };

    const stored = await storeStaged(this.#engine, this.#source, this.#table, slices, counts.accepted);
    await sealLoad(this.#engine, this.#source, stored, counts, { ...options, startedAt: this.#startedAt });
    return { ...counts, ...stored, refusedByReason };
  }

  async #count(refusedByReason: LoadSummary['refusedByReason']) {
    const verdicts = await this.#engine.rows<{ already_loaded: string; not_stored: string }>(
      'load.count_verdicts',
      `SELECT countIf(verdict = 'ALREADY_LOADED') AS already_loaded, count() AS not_stored FROM staged_verdicts`,
    );
    const { eventCount, refusalCount } = this.#staging;
    return {
      rowsRead: eventCount + refusalCount + this.#dropped,
      accepted: eventCount - exactCount(verdicts[0]?.not_stored ?? '0'),
      alreadyLoaded: exactCount(verdicts[0]?.already_loaded ?? '0'),
      refused: refusedByReason.reduce((sum, { count }) => sum + count, 0),
      dropped: this.#dropped,
    };
  }
}

const nothingNew = { loadId: null, totalTokens: 0, spendUsd: null, from: null, to: null };
