import pg from 'pg';
import type { Database } from '../database/open-database.ts';
import { AtlasError } from '../errors.ts';
import { aggregateTables } from './aggregate-tables.ts';
import { changeReleases } from './change-releases.ts';

export interface PruneOptions {
  database: Database;
  dataset: string;
  /** How many of the newest releases stay, at least 1: the latest is never removed. */
  keep: number;
}

/** Removes the older releases of a data set with all their rows and returns their ids, newest first. */
export async function prune({ database, dataset, keep }: PruneOptions): Promise<string[]> {
  if (!Number.isInteger(keep) || keep < 1) {
    throw new AtlasError('BAD_ARGUMENT', `keep is ${keep}, but must be a whole number of at least 1.`);
  }
  return changeReleases(database, async (client) => {
    const { rows: releases } = await client.query<{ key: number; id: string }>(
      'SELECT key, id FROM releases WHERE dataset_id = $1 ORDER BY key DESC',
      [dataset],
    );
    if (releases.length === 0) {
      throw new AtlasError('NOTHING_PUBLISHED', `The data set "${dataset}" has no release.`);
    }
    const old = releases.slice(keep);
    const keys = old.map(({ key }) => key);
    for (const table of aggregateTables) {
      await client.query(`DELETE FROM ${pg.escapeIdentifier(table)} WHERE release_key = ANY ($1)`, [keys]);
    }
    // Permanent addresses name it still, and are to be told what became of it.
    await client.query(
      `INSERT INTO pruned_releases (id, dataset_id, period_to, published_at, pruned_at)
       SELECT id, dataset_id, period_to, published_at, $2 FROM releases WHERE key = ANY ($1)`,
      [keys, new Date()],
    );
    // Entities and the record of the rollups go with it by their foreign keys.
    await client.query('DELETE FROM releases WHERE key = ANY ($1)', [keys]);
    return old.map(({ id }) => id);
  });
}
