import { hash, timingSafeEqual } from 'node:crypto';
import { LRUCache } from 'lru-cache';
import { AtlasError } from '../errors.ts';
import { idWithin, type KeyEnvironment, parseKey } from './key-format.ts';
import { digestOf, type StoredKey } from './key-store.ts';
import { type ApiKey, stateOf } from './viewer.ts';

/** A change of a key is seen by every server within this time; what is promised is 5 s. */
const FRESHNESS_MS = 2_000;
/** Ids that are remembered, wrong ones included, so that neither needs the database each time. */
const REMEMBERED = 10_000;

export interface AuthenticatorOptions {
  readonly find: (id: string) => Promise<StoredKey | null>;
  readonly environment: KeyEnvironment;
  /** Undefined: this deployment has made no key. */
  readonly pepper: () => Promise<Buffer | undefined>;
  readonly onExpired: (key: ApiKey) => void;
}

/** What is known of an id, right or wrong, while it is remembered. */
interface Known {
  readonly stored: StoredKey | null;
  /** SHA-256 of the text that was proven to be the key: cheaper to compare with than a HMAC is to make. */
  proven?: Buffer;
}

/** Tells whose key it is that a request presents. */
export class Authenticator {
  readonly #options: AuthenticatorOptions;
  readonly #known: LRUCache<string, Known>;
  /** What an open connection showed last; forgotten with it. */
  readonly #shown = new WeakMap<object, { readonly bytes: Buffer; readonly digest: Buffer }>();

  constructor(options: AuthenticatorOptions) {
    this.#options = options;
    this.#known = new LRUCache({
      max: REMEMBERED,
      ttl: FRESHNESS_MS,
      // Requests that come at once share one look-up.
      fetchMethod: async (id) => ({ stored: await options.find(id) }),
    });
  }

  /**
   * The key, where this text was proven to be it a moment ago; undefined where that is yet to be found out.
   * What was proven is known to be well-formed.
   */
  recall(text: string, connection: object): ApiKey | undefined {
    const known = this.#known.get(idWithin(text));
    if (!known?.stored || known.proven === undefined) return undefined;
    if (!timingSafeEqual(known.proven, this.#presented(text, connection))) return undefined;
    return refuseUnlessActive(known.stored.key, this.#options.onExpired);
  }

  /** The key, where it is valid; else an error that says which way it is not. */
  async authenticate(text: string): Promise<ApiKey> {
    const parts = parseKey(text);
    if (parts === undefined) {
      throw new AtlasError(
        'KEY_INVALID',
        'This is no API key, or it was cut or mistyped: keys read atlas_live_… and are sent whole.',
      );
    }
    if (parts.environment !== this.#options.environment) {
      throw new AtlasError(
        'KEY_INVALID',
        `This is a key for ${parts.environment} servers, and this one takes ${this.#options.environment} keys.`,
      );
    }
    return refuseUnlessActive(await this.#prove(text, parts.id), this.#options.onExpired);
  }

  /** SHA-256 of a text. A connection shows the same one again and again: making it costs what all else here does. */
  #presented(text: string, connection: object): Buffer {
    const bytes = Buffer.from(text);
    const last = this.#shown.get(connection);
    if (last?.bytes.length === bytes.length && timingSafeEqual(last.bytes, bytes)) return last.digest;
    const digest = hash('sha256', text, 'buffer');
    this.#shown.set(connection, { bytes, digest });
    return digest;
  }

  async #prove(text: string, id: string): Promise<ApiKey> {
    const pepper = await this.#options.pepper();
    const known = pepper === undefined ? undefined : await this.#known.fetch(id);
    // An unknown id takes the same steps as a wrong secret, and gets the same answer.
    const digest = digestOf(pepper ?? Buffer.alloc(32), text);
    const isProven = timingSafeEqual(digest, known?.stored?.digest ?? Buffer.alloc(digest.length));
    if (isProven && known?.stored) {
      known.proven = hash('sha256', text, 'buffer');
      return known.stored.key;
    }
    throw new AtlasError('KEY_INVALID', 'No key of this server reads so. Check that it was copied whole.');
  }
}

/** Whoever holds the secret may know what became of the key. */
function refuseUnlessActive(key: ApiKey, onExpired: (key: ApiKey) => void): ApiKey {
  const state = stateOf(key);
  if (state === 'EXPIRED') {
    onExpired(key);
    throw new AtlasError(
      'KEY_EXPIRED',
      `The key ${key.id} expired on ${key.expiresAt?.toISOString()}: ask the operator for a new one.`,
    );
  }
  if (state === 'REVOKED') {
    const reason =
      key.revokedAt === null
        ? `was replaced by ${key.replacedById}, and its overlap is over: use that one`
        : 'was revoked: ask the operator for a new one';
    throw new AtlasError('KEY_REVOKED', `The key ${key.id} ${reason}.`);
  }
  return key;
}
