import { mkdir, open } from 'node:fs/promises';
import path from 'node:path';
import { tryLock } from 'fs-native-extensions';
import { AtlasError } from '../errors.ts';

export interface DirectoryLock {
  release(): Promise<void>;
}

/**
 * Takes a directory for this process alone. The lock is the operating system's (a lock on an open file),
 * so it ends with the process however the process ends, and a killed one leaves nothing to clean up.
 */
export async function lockDirectory(
  directory: string,
  purpose: string,
  advice = 'Wait until it is done.',
): Promise<DirectoryLock> {
  await mkdir(directory, { recursive: true });
  const handle = await open(path.join(directory, '.lock'), 'a+');
  if (!tryLock(handle.fd)) {
    await handle.close();
    throw new AtlasError(
      'DIRECTORY_IN_USE',
      `${directory} (${purpose}) is in use by another process of the program. ${advice}`,
    );
  }
  return { release: () => handle.close() };
}
