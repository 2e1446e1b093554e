import { createHash, createHmac, randomBytes } from 'node:crypto';
import { mkdir, open, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { AtlasError } from '../errors.ts';

const keyBytes = 32;
const keyFileName = 'pseudonym.key';

/** The stored form of a user identifier: 32 hex digits of its HMAC-SHA-256, the same for ever under one key. */
export function pseudonymise(key: Buffer, user: string): string {
  return createHmac('sha256', key).update(user).digest('hex').slice(0, 32);
}

/**
 * The stored form of an identifier that is a pseudonym already: a plain digest, so that every stored user has
 * one form and files pseudonymised elsewhere agree on any machine. It hides nothing by itself.
 */
export function digestPseudonym(user: string): string {
  return createHash('sha256').update(user).digest('hex').slice(0, 32);
}

// A log repeats its users; the bound keeps a file of all-different users from growing the memory.
const rememberedUsers = 50_000;

/** A pseudonymising function that remembers the users it has seen lately. */
export function pseudonymiser(key: Buffer, usersArePseudonymous: boolean): (user: string) => string {
  const remembered = new Map<string, string>();
  return (user) => {
    const known = remembered.get(user);
    if (known !== undefined) return known;
    const pseudonym = usersArePseudonymous ? digestPseudonym(user) : pseudonymise(key, user);
    if (remembered.size >= rememberedUsers) remembered.clear();
    remembered.set(user, pseudonym);
    return pseudonym;
  };
}

/**
 * The key of this data directory, made at the first call. Whoever holds it can test whether a given person is
 * in the data; without it old and new loads no longer agree on who is who.
 */
export async function loadPseudonymKey(dataDirectory: string): Promise<Buffer> {
  await mkdir(dataDirectory, { recursive: true });
  const path = join(dataDirectory, keyFileName);
  return (await createKey(path)) ?? (await readKey(path));
}

async function createKey(path: string): Promise<Buffer | undefined> {
  let file;
  try {
    file = await open(path, 'wx', 0o600);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return undefined;
    throw new AtlasError('CONFIG_INVALID', `${path}: the pseudonym key can not be written`, { cause: error });
  }
  try {
    const key = randomBytes(keyBytes);
    await file.writeFile(key);
    // A key lost in a power cut after events were stored under it could not be made again.
    await file.sync();
    return key;
  } finally {
    await file.close();
  }
}

async function readKey(path: string): Promise<Buffer> {
  const key = await readFile(path).catch((error: unknown) => {
    throw new AtlasError('CONFIG_INVALID', `${path}: the pseudonym key can not be read`, { cause: error });
  });
  if (key.length === keyBytes) return key;
  throw new AtlasError(
    'CONFIG_INVALID',
    `${path}: the pseudonym key is ${key.length} bytes long, not ${keyBytes}: restore it from a backup`,
  );
}
