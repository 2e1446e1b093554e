import type { Duplex } from 'node:stream';
import pg from 'pg';

/** What node-postgres has for COPY on its connections; its types leave it out. */
interface CopyConnection {
  readonly stream: Duplex;
  query(statement: string): void;
  sendCopyFromChunk(chunk: Buffer): void;
  endCopyFrom(): void;
}

const BATCH_BYTES = 2 ** 20;
const NEWLINE = '\n'.charCodeAt(0);

/**
 * Copies TabSeparated rows into a table inside the client's transaction and returns how many PostgreSQL
 * took. Rows stream: about one batch is held in memory, and the source waits while a batch is written.
 */
export async function copyRows(
  client: pg.ClientBase,
  table: string,
  columns: readonly string[],
  rows: AsyncIterable<Uint8Array>,
): Promise<number> {
  const names = columns.map((column) => pg.escapeIdentifier(column)).join(', ');
  const statement = `COPY ${pg.escapeIdentifier(table)} (${names}) FROM STDIN`;
  let copied = 0;
  for await (const batch of inBatches(rows)) {
    copied += await copyBatch(client, statement, batch);
  }
  return copied;
}

/** Joins chunks and cuts them at row ends: TabSeparated escapes newlines, so a bare one ends a row. */
async function* inBatches(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Buffer> {
  let pending: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of chunks) {
    pending.push(chunk);
    bytes += chunk.length;
    if (bytes < BATCH_BYTES) continue;
    const joined = Buffer.concat(pending);
    const end = joined.lastIndexOf(NEWLINE) + 1;
    if (end > 0) yield joined.subarray(0, end);
    pending = [joined.subarray(end)];
    bytes = joined.length - end;
  }
  if (bytes > 0) yield Buffer.concat(pending);
}

/**
 * One COPY statement with all its rows in one piece. The embedded database has to be handed a whole COPY at
 * once, which COPY streams do not do; a server takes it as well, so both run the same code.
 */
function copyBatch(client: pg.ClientBase, statement: string, rows: Buffer): Promise<number> {
  return new Promise((resolve, reject) => {
    let copied = 0;
    client.query({
      submit(connection: unknown): void {
        const copy = connection as CopyConnection;
        copy.stream.cork();
        copy.query(statement);
        copy.sendCopyFromChunk(rows);
        copy.endCopyFrom();
        copy.stream.uncork();
      },
      // What node-postgres calls as the answers arrive; by the first one the rows are on their way.
      handleCopyInResponse: () => undefined,
      handleCommandComplete({ text }: { text: string }): void {
        copied = Number(/^COPY (\d+)$/.exec(text)?.[1]);
      },
      handleReadyForQuery: () => resolve(copied),
      handleError: reject,
    });
  });
}
