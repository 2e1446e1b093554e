import { Duplex } from 'node:stream';
import type { PGlite } from '@electric-sql/pglite';

const TERMINATE = 'X'.charCodeAt(0);

/**
 * A socket that ends in an in-process PGlite, so that node-postgres and Prisma's adapter speak to
 * the embedded database with the code they use for a server. PGlite is one session: each new
 * connection first ends whatever the last one left open. (PGlite's own node-postgres bridge does not
 * work with Prisma's adapter, which sends parse messages without parameter types.)
 */
export class PgliteStream extends Duplex {
  readonly #database: PGlite;
  #pending: Buffer = Buffer.alloc(0);
  #started = false;

  constructor(database: PGlite) {
    super();
    this.#database = database;
  }

  // What node-postgres calls on a socket and an in-process stream has no need of.
  connect(): this {
    this.#resetSession().then(
      () => this.emit('connect'),
      (error: unknown) => this.destroy(error instanceof Error ? error : new Error(String(error))),
    );
    return this;
  }
  async #resetSession(): Promise<void> {
    await this.#database.exec('ROLLBACK');
    await this.#database.exec('DISCARD ALL');
    await this.#database.exec("SET TimeZone = 'UTC'");
  }
  setNoDelay(): this {
    return this;
  }
  setKeepAlive(): this {
    return this;
  }
  ref(): this {
    return this;
  }
  unref(): this {
    return this;
  }

  override _read(): void {
    // Data is pushed as PGlite answers.
  }

  override _write(chunk: Buffer, _encoding: string, done: (error?: Error | null) => void): void {
    this.#send(chunk).then(() => done(), done);
  }

  override _writev(chunks: { chunk: Buffer }[], done: (error?: Error | null) => void): void {
    this.#send(Buffer.concat(chunks.map(({ chunk }) => chunk))).then(() => done(), done);
  }

  override _final(done: () => void): void {
    this.push(null);
    done();
  }

  /** PGlite wants whole protocol messages; a socket cuts them anywhere. */
  async #send(chunk: Buffer): Promise<void> {
    this.#pending = this.#pending.length > 0 ? Buffer.concat([this.#pending, chunk]) : chunk;
    const messages: Buffer[] = [];
    for (;;) {
      // The first message of a connection (startup) has no type byte.
      const typeBytes = this.#started ? 1 : 0;
      if (this.#pending.length < typeBytes + 4) break;
      const length = typeBytes + this.#pending.readInt32BE(typeBytes);
      if (this.#pending.length < length) break;
      const message = this.#pending.subarray(0, length);
      this.#pending = this.#pending.subarray(length);
      // A client that says goodbye must not end the database.
      if (!this.#started || message[0] !== TERMINATE) messages.push(message);
      this.#started = true;
    }
    if (messages.length === 0) return;
    await this.#database.runExclusive(() =>
      this.#database.execProtocolRawStream(Buffer.concat(messages), {
        onRawData: (data) => void this.push(Buffer.from(data)),
      }),
    );
  }
}
