import path from 'node:path';
import type * as Chdb from 'chdb';
import { lockDirectory } from '../database/directory-lock.ts';
import { AtlasError } from '../errors.ts';
import type { EmbeddedEngineSettings } from './chdb.ts';
import { connectionArguments, loadChdb } from './chdb.ts';
import { describeCause, engineFailure, insertFailure } from './engine-failure.ts';
import type { Engine, StatementParameters, StreamOptions } from './engine.ts';

/**
 * Opens ClickHouse inside this process, with its data in the directory, which is taken for this process alone.
 * The library (some 500 MB) is loaded here and nowhere else, so that what never counts never loads it.
 */
export async function openEmbeddedEngine(settings: EmbeddedEngineSettings): Promise<Engine> {
  const chdb = await loadChdb();
  const lock = await lockDirectory(settings.directory, 'event engine');
  try {
    const session = new chdb.Session(path.join(settings.directory, 'clickhouse'), {
      connectionArgs: connectionArguments(settings),
    });
    return new EmbeddedEngine(settings.maxMemoryBytes, session, async () => {
      session.close();
      await chdb.drainPending();
      await lock.release();
    });
  } catch (cause) {
    await lock.release();
    throw new AtlasError(
      'ENGINE_UNAVAILABLE',
      `The event engine could not open ${settings.directory} (${describeCause(cause)}).`,
      { cause },
    );
  }
}

class EmbeddedEngine implements Engine {
  readonly statementMemoryBytes: number;
  readonly #session: Chdb.Session;
  readonly #release: () => Promise<void>;
  // chdb's parameters are shared by all running statements, and a statement ends an open stream of its session.
  #last: Promise<unknown> = Promise.resolve();
  #openStream: string | null = null;

  constructor(statementMemoryBytes: number, session: Chdb.Session, release: () => Promise<void>) {
    this.statementMemoryBytes = statementMemoryBytes;
    this.#session = session;
    this.#release = release;
  }

  async command(name: string, sql: string, parameters: StatementParameters = {}): Promise<void> {
    await this.#run(name, () =>
      this.#session.queryBindAsync(named(name, sql), parameters, { format: 'TabSeparated' }),
    );
  }

  async rows<Row extends object>(
    name: string,
    sql: string,
    parameters: StatementParameters = {},
  ): Promise<Row[]> {
    const result = await this.#run(name, () =>
      this.#session.queryBindAsync(named(name, sql), parameters, { format: 'JSONEachRow' }),
    );
    const lines = result.text().split('\n');
    return lines.filter((line) => line !== '').map((line) => JSON.parse(line) as Row);
  }

  async *stream(
    name: string,
    sql: string,
    parameters: StatementParameters = {},
    options: StreamOptions = {},
  ): AsyncGenerator<Uint8Array> {
    const stream = await this.#run(name, async () => {
      const opened = this.#session.queryStreamBind(named(name, sql), parameters, {
        format: 'TabSeparated',
        ...(options.signal === undefined ? {} : { signal: options.signal }),
      });
      this.#openStream = name;
      return opened;
    });
    try {
      for await (const chunk of stream) yield chunk.raw();
    } catch (cause) {
      options.signal?.throwIfAborted();
      throw engineFailure(name, cause);
    } finally {
      this.#openStream = null;
    }
  }

  async insert(name: string, table: string, columns: readonly string[], lines: Uint8Array): Promise<void> {
    const insert = { table, columns, values: lines, format: 'TabSeparated' } as const;
    await this.#run(
      name,
      () => this.#session.insert({ ...insert, settings: { log_comment: name } }),
      (cause) => insertFailure(name, table, cause),
    );
  }

  async close(): Promise<void> {
    await this.#last;
    await this.#release();
  }

  #run<Result>(
    name: string,
    start: () => Promise<Result>,
    failure = (cause: unknown) => engineFailure(name, cause),
  ): Promise<Result> {
    const result = this.#last.then(async () => {
      if (this.#openStream !== null) {
        throw new AtlasError(
          'ENGINE_FAILED',
          `Statement ${name}: the stream ${this.#openStream} is still open; read it to its end first.`,
        );
      }
      try {
        return await start();
      } catch (cause) {
        throw failure(cause);
      }
    });
    this.#last = result.catch(() => undefined);
    return result;
  }
}

function named(name: string, sql: string): string {
  return `-- ${name}\n${sql}`;
}
