import type { EventRow, RefusedRow } from '../events/event-row.ts';
import type { Engine } from './engine.ts';
import type { EventTable } from './event-tables.ts';
import { eventLine } from './event-tables.ts';
import { plainField, textField } from './tab-separated.ts';

// Large enough that an insert's fixed cost does not count, small beside the engine's own memory.
const chunkBytes = 16 * 2 ** 20;
// Text is turned into bytes early: a string that grows to megabytes line by line keeps the garbage collector busy.
const pieceCharacters = 64 * 2 ** 10;

/**
 * Collects lines and hands them to a table in large chunks: while the engine takes one chunk the next is
 * written, and never more than these two are held.
 */
class ChunkedWriter {
  readonly #insert: (lines: Uint8Array) => Promise<void>;
  #text = '';
  #pieces: Buffer[] = [];
  #bytes = 0;
  #inserted: Promise<void> = Promise.resolve();

  constructor(insert: (lines: Uint8Array) => Promise<void>) {
    this.#insert = insert;
  }

  /** Waits for the engine only where it has fallen behind. */
  async write(lines: Iterable<string>): Promise<void> {
    for (const line of lines) {
      this.#text += line;
      if (this.#text.length >= pieceCharacters) this.#cutPiece();
      if (this.#bytes >= chunkBytes) await this.#send();
    }
  }

  async finish(): Promise<void> {
    this.#cutPiece();
    if (this.#bytes > 0) await this.#send();
    await this.#inserted;
  }

  #cutPiece(): void {
    const piece = Buffer.from(this.#text);
    this.#pieces.push(piece);
    this.#bytes += piece.length;
    this.#text = '';
  }

  async #send(): Promise<void> {
    await this.#inserted;
    this.#inserted = this.#insert(Buffer.concat(this.#pieces, this.#bytes));
    // A failure is reported by the next call that waits for it.
    this.#inserted.catch(() => undefined);
    this.#pieces = [];
    this.#bytes = 0;
  }
}

/** Writes what one load reads to the staging tables, where nobody looks but its commit. */
export class Staging {
  readonly #events: ChunkedWriter;
  readonly #refusals: ChunkedWriter;
  #eventCount = 0;
  #refusalCount = 0;

  constructor(engine: Engine, table: EventTable) {
    this.#events = new ChunkedWriter((lines) =>
      engine.insert('load.stage', table.staged, table.writtenColumns, lines),
    );
    this.#refusals = new ChunkedWriter((lines) =>
      engine.insert('load.stage_refused', 'staged_refused_rows', ['line', 'field', 'code', 'reason'], lines),
    );
  }

  get eventCount(): number {
    return this.#eventCount;
  }

  get refusalCount(): number {
    return this.#refusalCount;
  }

  async append(rows: readonly EventRow[]): Promise<void> {
    await this.#events.write(this.#eventLines(rows));
  }

  async refuse(rows: readonly RefusedRow[]): Promise<void> {
    this.#refusalCount += rows.length;
    await this.#refusals.write(rows.map(refusalLine));
  }

  async finish(): Promise<void> {
    await this.#events.finish();
    await this.#refusals.finish();
  }

  *#eventLines(rows: readonly EventRow[]): Generator<string> {
    for (const row of rows) {
      this.#eventCount += 1;
      yield eventLine(row, this.#eventCount);
    }
  }
}

function refusalLine({ line, field, code, reason }: RefusedRow): string {
  return `${line}\t${textField(field)}\t${plainField(code)}\t${textField(reason)}\n`;
}
