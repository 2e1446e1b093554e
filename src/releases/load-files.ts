import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import type { EventStore } from '../engine/event-store.ts';
import type { LoadSession } from '../engine/load-session.ts';
import type { LoadSummary } from '../engine/load-summary.ts';
import { AtlasError } from '../errors.ts';
import type { EventRow, ReadEvent, RefusedRow } from '../events/event-row.ts';
import { readEvents } from '../events/validate.ts';
import type { DatasetDeclaration } from './dataset-declaration.ts';

export interface LoadFileOptions {
  store: EventStore;
  declaration: DatasetDeclaration;
  file: string;
  /** Id of a log format; unset: as declared for this file, else told from its columns. */
  format?: string | undefined;
  /** Columns the file lacks, with the one value they have in every row, on top of those declared for it. */
  constants?: Readonly<Record<string, string>> | undefined;
  /** Refused rows ÷ all rows above which the load as a whole fails. */
  maxRefusedShare?: number | undefined;
  pseudonymKey: Buffer;
  onProgress?: ((bytesRead: number, bytesTotal: number) => void) | undefined;
  signal?: AbortSignal | undefined;
}

/** Loads a log file into the event store, whole or not at all: an error on the way changes nothing. */
export async function loadFile(options: LoadFileOptions): Promise<LoadSummary> {
  const { store, declaration, file, signal } = options;
  const declared = declaration.files.find((entry) => entry.path === path.resolve(file));
  const reading = await readEvents(file, {
    format: options.format ?? declared?.format,
    constants: { ...declared?.set, ...options.constants },
    pseudonymKey: options.pseudonymKey,
    usersArePseudonymous: declaration.usersArePseudonymous,
    onProgress: options.onProgress,
    signal,
  });
  refuseOtherKind(file, reading.format, declaration);
  const digest = await digestFile(file, signal);
  refuseOtherContent(file, digest.sha256, declared?.sha256);

  const { id: format, kind } = reading.format;
  const session = await store.beginLoad({ dataset: declaration.id, file, format, kind });
  try {
    for await (const batch of reading.rows) await append(session, batch);
  } catch (error) {
    await session.abort();
    throw error;
  }
  const { maxRefusedShare } = options;
  return session.commit({ ...digest, ...(maxRefusedShare === undefined ? {} : { maxRefusedShare }) });
}

async function append(session: LoadSession, batch: readonly ReadEvent[]): Promise<void> {
  const refused: RefusedRow[] = [];
  const events: EventRow[] = [];
  let dropped = 0;
  for (const row of batch) {
    if (row.kind === 'refused') refused.push(row);
    else if (row.kind === 'dropped') dropped += 1;
    else events.push(row);
  }
  session.drop(dropped);
  await session.quarantine(refused);
  await session.append(events);
}

/** What files hold, and the kind of data set it goes into. */
const kinds = {
  generation: { holds: 'GENERATIONS', into: 'GENERATIONS' },
  usage_feed: { holds: 'USAGE_FEED', into: 'USAGE_FEED' },
  activity: { holds: 'activity by user, a USAGE_FEED', into: 'USAGE_FEED' },
  label: { holds: 'labels of GENERATIONS', into: 'GENERATIONS' },
} as const;

function refuseOtherKind(
  file: string,
  format: { id: string; kind: keyof typeof kinds },
  declaration: DatasetDeclaration,
): void {
  const { holds, into } = kinds[format.kind];
  if (into === declaration.kind) return;
  throw new AtlasError(
    'KIND_MISMATCH',
    `${file}: the format ${format.id} holds ${holds}, and the data set ${declaration.id} is declared as ` +
      `${declaration.kind}: load it into a data set of kind ${into}.`,
  );
}

function refuseOtherContent(file: string, sha256: string, declared: string | undefined): void {
  if (declared === undefined || declared === sha256) return;
  throw new AtlasError(
    'FILE_UNREADABLE',
    `${file} is not the declared file: its SHA-256 is ${sha256}, declared is ${declared}.`,
  );
}

async function digestFile(file: string, signal: AbortSignal | undefined) {
  const hash = createHash('sha256');
  let bytes = 0;
  await pipeline(
    createReadStream(file),
    async function (chunks: AsyncIterable<Buffer>) {
      for await (const chunk of chunks) {
        hash.update(chunk);
        bytes += chunk.length;
      }
    },
    signal === undefined ? {} : { signal },
  );
  return { bytes, sha256: hash.digest('hex') };
}
