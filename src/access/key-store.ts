import { createHmac } from 'node:crypto';
import type { Database } from '../database/open-database.ts';
import type { PrismaClient, Prisma } from '../database/generated/client.ts';
import { AtlasError } from '../errors.ts';
import { isKeyId, makeKey, type KeyEnvironment } from './key-format.ts';
import { isScope, type QuotaClass, quotaClassNames, type Scope } from './scopes.ts';
import { type ApiKey, stateOf } from './viewer.ts';

/** What is decided about a key when it is made. */
export interface NewKey {
  readonly name: string;
  readonly scopes: readonly Scope[];
  readonly datasets: readonly string[];
  readonly quotaClass: QuotaClass;
  readonly expiresAt: Date | null;
}

/** A key with its text, which is shown once and not kept. */
export interface CreatedKey {
  readonly key: ApiKey;
  readonly text: string;
}

/** A key with what proves it. */
export interface StoredKey {
  readonly key: ApiKey;
  readonly digest: Buffer;
}

export interface AuditEntry {
  readonly at: Date;
  readonly keyId: string;
  readonly action: string;
  readonly actor: string;
  readonly detail: Readonly<Record<string, unknown>>;
}

type Transaction = Prisma.TransactionClient;
type KeyRow = Awaited<ReturnType<PrismaClient['apiKey']['findUniqueOrThrow']>>;

/** What is stored of a key: high entropy needs no slow hash, and the pepper makes a copy of the table useless. */
export function digestOf(pepper: Buffer, text: string): Buffer {
  return createHmac('sha256', pepper).update(text).digest();
}

/** Keys in the database. Every change writes its audit row in the same transaction. */
export class KeyStore {
  readonly #prisma: PrismaClient;
  readonly #environment: KeyEnvironment;

  constructor(database: Database, environment: KeyEnvironment) {
    this.#prisma = database.prisma;
    this.#environment = environment;
  }

  async find(id: string): Promise<StoredKey | null> {
    const row = await this.#prisma.apiKey.findUnique({ where: { id } });
    return row === null ? null : { key: toKey(row), digest: Buffer.from(row.digest) };
  }

  async get(id: string): Promise<ApiKey> {
    return toKey(await this.#row(this.#prisma, id));
  }

  /** Newest first. */
  async list(): Promise<ApiKey[]> {
    return (await this.#prisma.apiKey.findMany({ orderBy: [{ createdAt: 'desc' }, { id: 'asc' }] })).map(
      toKey,
    );
  }

  /** What became of a key, oldest first. */
  async audit(keyId: string): Promise<AuditEntry[]> {
    // What a server notices is written some seconds after it happened.
    const rows = await this.#prisma.keyAudit.findMany({
      where: { keyId },
      orderBy: [{ at: 'asc' }, { id: 'asc' }],
    });
    return rows.map(({ at, action, actor, detail }) => ({
      at,
      keyId,
      action,
      actor,
      detail: detail as Record<string, unknown>,
    }));
  }

  async create(pepper: Buffer, wanted: NewKey, actor: string): Promise<CreatedKey> {
    checkExpiry(wanted.expiresAt);
    return this.#prisma.$transaction(async (transaction) => {
      await checkDatasets(transaction, wanted.datasets);
      const created = await this.#insert(transaction, pepper, wanted, actor, null);
      await record(transaction, created.key.id, 'CREATED', actor, describeKey(created.key));
      return created;
    });
  }

  /** Makes a key that allows the same; the former one is accepted until the overlap is over. */
  async rotate(
    pepper: Buffer,
    id: string,
    overlapSeconds: number,
    actor: string,
    expiresAt: Date | null,
  ): Promise<CreatedKey> {
    checkExpiry(expiresAt);
    return this.#prisma.$transaction(async (transaction) => {
      const former = toKey(await this.#row(transaction, id, true));
      const state = stateOf(former);
      if (state !== 'ACTIVE') {
        const reason =
          state === 'REPLACED'
            ? `was replaced by ${former.replacedById} already`
            : `is ${state.toLowerCase()}`;
        throw new AtlasError('KEY_STATE', `The key ${id} ${reason}: only an active key can be rotated.`);
      }
      const created = await this.#insert(
        transaction,
        pepper,
        { ...former, expiresAt },
        actor,
        former.familyId,
      );
      const overlapUntil = new Date(Date.now() + overlapSeconds * 1_000);
      await transaction.apiKey.update({
        where: { id },
        data: { replacedById: created.key.id, overlapUntil },
      });
      await record(transaction, id, 'ROTATED', actor, { replacedBy: created.key.id, overlapUntil });
      await record(transaction, created.key.id, 'CREATED', actor, {
        ...describeKey(created.key),
        replaces: id,
      });
      return created;
    });
  }

  /** Ends a key for good; a second time changes nothing. */
  async revoke(id: string, reason: string | null, actor: string): Promise<ApiKey> {
    return this.#prisma.$transaction(async (transaction) => {
      const key = toKey(await this.#row(transaction, id, true));
      if (key.revokedAt !== null) return key;
      const row = await transaction.apiKey.update({ where: { id }, data: { revokedAt: new Date() } });
      await record(transaction, id, 'REVOKED', actor, reason === null ? {} : { reason });
      return toKey(row);
    });
  }

  /** Locks the row where it is about to be changed, so that two rotations can not both succeed. */
  async #row(client: Transaction, id: string, isChanged = false): Promise<KeyRow> {
    if (isChanged) await client.$queryRaw`SELECT id FROM api_keys WHERE id = ${id} FOR UPDATE`;
    const row = isKeyId(id) ? await client.apiKey.findUnique({ where: { id } }) : null;
    if (row !== null) return row;
    throw new AtlasError(
      'KEY_UNKNOWN',
      'There is no key with this id: give the part between `atlas_live_` and the next underscore, as `atlas keys list` shows it.',
    );
  }

  async #insert(
    transaction: Transaction,
    pepper: Buffer,
    { name, scopes, datasets, quotaClass, expiresAt }: NewKey,
    createdBy: string,
    familyId: string | null,
  ): Promise<CreatedKey> {
    const { id, environment, text } = makeKey(this.#environment);
    const row = await transaction.apiKey.create({
      data: {
        id,
        environment,
        name,
        digest: new Uint8Array(digestOf(pepper, text)),
        familyId: familyId ?? id,
        scopes: [...scopes],
        datasets: [...datasets],
        quotaClass,
        createdBy,
        createdAt: new Date(),
        expiresAt,
      },
    });
    return { key: toKey(row), text };
  }
}

export async function record(
  transaction: Transaction,
  keyId: string,
  action: string,
  actor: string,
  detail: Record<string, unknown>,
  at: Date = new Date(),
): Promise<void> {
  await transaction.keyAudit.create({
    data: { at, keyId, action, actor, detail: JSON.parse(JSON.stringify(detail)) as object },
  });
}

function describeKey({ name, scopes, datasets, quotaClass, expiresAt }: ApiKey): Record<string, unknown> {
  return { name, scopes, datasets, quotaClass, expiresAt };
}

function checkExpiry(expiresAt: Date | null): void {
  if (expiresAt === null || expiresAt > new Date()) return;
  throw new AtlasError('BAD_ARGUMENT', 'The key would have expired already: give a time to come.');
}

/** A key for a data set that does not exist would be a mistake found late. */
async function checkDatasets(transaction: Transaction, datasets: readonly string[]): Promise<void> {
  const known = (await transaction.dataset.findMany({ select: { id: true } })).map(({ id }) => id);
  const unknown = datasets.filter((id) => !known.includes(id));
  if (unknown.length === 0) return;
  throw new AtlasError(
    'DATASET_UNKNOWN',
    `No published data set is called ${unknown.join(', ')}. Published: ${known.join(', ') || 'none yet'}.`,
  );
}

/** A class that this version does not know is read as the smallest. */
function toKey({ digest, scopes, quotaClass, ...row }: KeyRow): ApiKey {
  const known = quotaClassNames.find((name) => name === quotaClass);
  return { ...row, scopes: scopes.filter(isScope), quotaClass: known ?? 'STANDARD' };
}
