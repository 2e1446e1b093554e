import { userInfo } from 'node:os';
import type { KeyService } from '../access/key-service.ts';
import { readConfig } from '../config.ts';
import { AtlasError } from '../errors.ts';
import { withDatabase } from './with-database.ts';

/** Lends the keys of the database to some work, in the name of the user of the machine. */
export async function withKeys<Result>(
  work: (keys: KeyService, actor: string) => Promise<Result>,
): Promise<Result> {
  const config = readConfig();
  const { KeyService } = await import('../access/key-service.ts');
  try {
    return await withDatabase(config, (database) => work(new KeyService(database, config), actorName()));
  } catch (error) {
    if (!(error instanceof AtlasError) || error.code !== 'DIRECTORY_IN_USE') throw error;
    throw new AtlasError(
      'DIRECTORY_IN_USE',
      'A server runs on the embedded database, which belongs to one process at a time. Use its mutations ' +
        'createKey, rotateKey and revokeKey with a key that has the scope keys:admin, or end the server first, ' +
        'or set DATABASE_URL so that both share a PostgreSQL server.',
      { cause: error },
    );
  }
}

function actorName(): string {
  try {
    return `cli:${userInfo().username}`;
  } catch {
    // A container may run under a number without a name.
    return `cli:${process.getuid?.() ?? 'unknown'}`;
  }
}
