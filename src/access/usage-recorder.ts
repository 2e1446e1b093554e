import type { Prisma, PrismaClient } from '../database/generated/client.ts';
import { redactKeys } from './key-format.ts';
import { record } from './key-store.ts';
import type { ApiKey } from './viewer.ts';

/** What one request of a key was. */
export interface RecordedRequest {
  readonly keyId: string;
  /** Name of the operation; null where it has none or was refused before it was known. */
  readonly operation: string | null;
  readonly points: number;
  readonly failed: boolean;
}

interface Counts {
  requests: number;
  points: number;
  errors: number;
}

/** Writes are put together for this long. */
const FLUSH_MS = 3_000;
/** Names are the client's to choose: those beyond are counted together, so that the table stays small. */
const NAMES_PER_KEY_AND_DAY = 100;
const MAX_NAME = 100;
const DAY_MS = 86_400_000;
const UNNAMED = '(unnamed)';
const OTHERS = '(others)';

/** Counts what keys ask for, and writes it every few seconds instead of with every request. */
export class UsageRecorder {
  readonly #prisma: PrismaClient;
  readonly #onFailure: (error: unknown) => void;
  readonly #timer: NodeJS.Timeout;
  #counts = new Map<string, Map<string, Counts>>();
  #uses = new Map<string, { readonly first: Date; last: Date }>();
  #expired = new Map<string, Date>();
  readonly #reported = new Set<string>();
  #names = { day: '', ofKey: new Map<string, Set<string>>() };
  #today = { number: -1, name: '' };
  #flushing: Promise<void> = Promise.resolve();

  constructor(prisma: PrismaClient, onFailure: (error: unknown) => void) {
    this.#prisma = prisma;
    this.#onFailure = onFailure;
    this.#timer = setInterval(() => void this.flush(), FLUSH_MS);
    this.#timer.unref();
  }

  recordRequest({ keyId, operation, points, failed }: RecordedRequest): void {
    const now = new Date();
    const day = this.#dayOf(now);
    const ofDay = entry(this.#counts, `${day} ${keyId}`, () => new Map<string, Counts>());
    const counts = entry(ofDay, this.#nameOf(keyId, day, operation), () => ({
      requests: 0,
      points: 0,
      errors: 0,
    }));
    counts.requests += 1;
    counts.points += points;
    counts.errors += failed ? 1 : 0;
    entry(this.#uses, keyId, () => ({ first: now, last: now })).last = now;
  }

  /** The first use of a key after it expired belongs in its story; later ones do not. */
  recordExpired({ id }: ApiKey): void {
    if (this.#reported.has(id)) return;
    this.#reported.add(id);
    this.#expired.set(id, new Date());
  }

  /** Writes what was counted so far. One at a time, so that rows are not locked against each other. */
  flush(): Promise<void> {
    this.#flushing = this.#flushing.then(() => this.#write()).catch(this.#onFailure);
    return this.#flushing;
  }

  async close(): Promise<void> {
    clearInterval(this.#timer);
    await this.flush();
  }

  async #write(): Promise<void> {
    if (this.#counts.size + this.#uses.size + this.#expired.size === 0) return;
    const [counts, uses, expired] = [this.#counts, this.#uses, this.#expired];
    [this.#counts, this.#uses, this.#expired] = [new Map(), new Map(), new Map()];
    await this.#prisma.$transaction(async (transaction) => {
      // Always in the same order, so that servers do not wait for each other in a circle.
      for (const [id, use] of inOrder(uses)) await writeUse(transaction, id, use);
      for (const [id, at] of inOrder(expired)) await writeExpiry(transaction, id, at);
      const rows = inOrder(counts).flatMap(([key, names]) => {
        const [day, keyId] = key.split(' ');
        return [...names].map(([operation, each]) => ({ day, keyId, operation, ...each }));
      });
      await transaction.$executeRaw`
        INSERT INTO key_usage (key_id, day, operation, requests, points, errors)
        SELECT "keyId", day, operation, requests, points, errors
        FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
          AS counted ("keyId" text, day date, operation text, requests bigint, points bigint, errors bigint)
        ON CONFLICT (key_id, day, operation) DO UPDATE SET
          requests = key_usage.requests + excluded.requests,
          points = key_usage.points + excluded.points,
          errors = key_usage.errors + excluded.errors`;
    });
  }

  /** In UTC, as the table has it. */
  #dayOf(now: Date): string {
    const number = Math.floor(now.getTime() / DAY_MS);
    if (number !== this.#today.number) this.#today = { number, name: now.toISOString().slice(0, 10) };
    return this.#today.name;
  }

  #nameOf(keyId: string, day: string, operation: string | null): string {
    if (this.#names.day !== day) this.#names = { day, ofKey: new Map() };
    const names = entry(this.#names.ofKey, keyId, () => new Set<string>());
    // What is known was found to hold no key.
    if (operation !== null && names.has(operation)) return operation;
    const name = operation === null ? UNNAMED : redactKeys(operation).slice(0, MAX_NAME);
    if (names.has(name)) return name;
    if (names.size >= NAMES_PER_KEY_AND_DAY) return OTHERS;
    names.add(name);
    return name;
  }
}

/** Once a minute is enough; the first time is part of the key's story. */
async function writeUse(
  transaction: Prisma.TransactionClient,
  id: string,
  { first, last }: { first: Date; last: Date },
): Promise<void> {
  const written = await transaction.$queryRaw<{ isFirst: boolean }[]>`
    WITH former AS (SELECT id, last_used_at FROM api_keys WHERE id = ${id} FOR UPDATE)
    UPDATE api_keys SET last_used_at = ${last} FROM former
    WHERE api_keys.id = former.id
      AND (former.last_used_at IS NULL OR former.last_used_at < ${last}::timestamptz - interval '1 minute')
    RETURNING former.last_used_at IS NULL AS "isFirst"`;
  if (written[0]?.isFirst === true) await record(transaction, id, 'FIRST_USED', 'server', {}, first);
}

async function writeExpiry(transaction: Prisma.TransactionClient, id: string, at: Date): Promise<void> {
  await transaction.$queryRaw`SELECT id FROM api_keys WHERE id = ${id} FOR UPDATE`;
  const known = await transaction.keyAudit.findFirst({ where: { keyId: id, action: 'EXPIRED' } });
  if (known === null) await record(transaction, id, 'EXPIRED', 'server', {}, at);
}

function inOrder<Value>(map: ReadonlyMap<string, Value>): [string, Value][] {
  return [...map].sort(([a], [b]) => (a < b ? -1 : 1));
}

function entry<Key, Value>(map: Map<Key, Value>, key: Key, make: () => Value): Value {
  const known = map.get(key);
  if (known !== undefined) return known;
  const made = make();
  map.set(key, made);
  return made;
}
