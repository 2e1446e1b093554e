import { randomBytes } from 'node:crypto';
import { mkdir, open, readFile } from 'node:fs/promises';
import path from 'node:path';
import { AtlasError } from '../errors.ts';

const PEPPER_BYTES = 32;
const fileName = 'key-pepper';

export interface PepperSettings {
  readonly keyPepper?: string | undefined;
  readonly databaseUrl?: string | undefined;
  readonly dataDirectory: string;
}

/**
 * The secret under which the digests of keys are made: without it a copy of the database proves nothing. Of the
 * settings; with the embedded database else of a file beside it, made at the first call.
 */
export async function loadPepper(settings: PepperSettings): Promise<Buffer> {
  const pepper = await findPepper(settings);
  if (pepper !== undefined) return pepper;
  if (settings.databaseUrl === undefined) return createPepper(settings.dataDirectory);
  throw new AtlasError(
    'CONFIG_INVALID',
    'API keys need ATLAS_KEY_PEPPER: set it to what `openssl rand -hex 32` prints, the same for every server ' +
      'and command that uses this database, and keep a copy: without it all keys are void.',
  );
}

/** The same, undefined where there is none yet: then there can be no key either. */
export async function findPepper(settings: PepperSettings): Promise<Buffer | undefined> {
  if (settings.keyPepper !== undefined) return Buffer.from(settings.keyPepper, 'hex');
  if (settings.databaseUrl !== undefined) return undefined;
  const file = path.join(settings.dataDirectory, fileName);
  const bytes = await readFile(file).catch((cause: NodeJS.ErrnoException) => {
    if (cause.code === 'ENOENT') return undefined;
    throw new AtlasError('CONFIG_INVALID', `${file}: the pepper of the API keys can not be read.`, { cause });
  });
  if (bytes === undefined || bytes.length === PEPPER_BYTES) return bytes;
  throw new AtlasError(
    'CONFIG_INVALID',
    `${file}: the pepper of the API keys is ${bytes.length} bytes long, not ${PEPPER_BYTES}: restore it from a backup.`,
  );
}

async function createPepper(directory: string): Promise<Buffer> {
  const pepper = randomBytes(PEPPER_BYTES);
  await mkdir(directory, { recursive: true });
  // A pepper is never written over: keys would be void.
  const file = await open(path.join(directory, fileName), 'wx', 0o600);
  try {
    await file.writeFile(pepper);
    // A pepper lost in a power cut after keys were given out could not be made again.
    await file.sync();
    return pepper;
  } finally {
    await file.close();
  }
}
