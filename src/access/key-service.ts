import type { Config } from '../config.ts';
import type { Database } from '../database/open-database.ts';
import { KeyStore, type AuditEntry, type CreatedKey, type NewKey } from './key-store.ts';
import { type KeyUsage, readKeyUsage } from './key-usage.ts';
import { loadPepper } from './pepper.ts';
import type { ApiKey } from './viewer.ts';

/** Days and operations of one answer about the usage of a key. */
export const keyUsageLimit = 5_000;

type KeySettings = Pick<Config, 'keyPepper' | 'databaseUrl' | 'dataDirectory' | 'keyEnvironment'>;

/** What can be done with keys, by the command line and by the API alike. */
export class KeyService {
  readonly store: KeyStore;
  readonly #database: Database;
  readonly #settings: KeySettings;

  constructor(database: Database, settings: KeySettings) {
    this.#database = database;
    this.#settings = settings;
    this.store = new KeyStore(database, settings.keyEnvironment);
  }

  list(): Promise<ApiKey[]> {
    return this.store.list();
  }

  get(id: string): Promise<ApiKey> {
    return this.store.get(id);
  }

  audit(id: string): Promise<AuditEntry[]> {
    return this.store.audit(id);
  }

  usage(key: ApiKey, range: { from: string | null; to: string | null }): Promise<KeyUsage[]> {
    return readKeyUsage(this.#database.prisma, key.familyId, range, keyUsageLimit);
  }

  async create(wanted: NewKey, actor: string): Promise<CreatedKey> {
    return this.store.create(await loadPepper(this.#settings), wanted, actor);
  }

  async rotate(
    id: string,
    { overlapSeconds, expiresAt }: { overlapSeconds: number; expiresAt: Date | null },
    actor: string,
  ): Promise<CreatedKey> {
    return this.store.rotate(await loadPepper(this.#settings), id, overlapSeconds, actor, expiresAt);
  }

  revoke(id: string, reason: string | null, actor: string): Promise<ApiKey> {
    return this.store.revoke(id, reason, actor);
  }
}
