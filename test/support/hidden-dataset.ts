import type pg from 'pg';
import { dataScopeNames } from '../../src/catalog/data-scopes.ts';
import { seedRelease } from './seed-release.ts';
import { fixtureGenerations, fixtureRange } from './serving-fixture.ts';

/** A word that no figure, chart or field has. */
export const hidden = 'undisclosed';
export const hiddenRelease = `${hidden}@${fixtureRange.to}.1`;
/** In every text of the hidden data set, so that none of them can get out unnoticed. */
export const canary = 'canary';

const named = ['models', 'authors', 'providers', 'categories', 'tags'];

/** A PARTNER data set that asks for every scope, beside the PUBLIC one of the fixture. */
export async function seedHiddenDataset(pool: pg.Pool): Promise<void> {
  const generations = fixtureGenerations(600);
  await seedRelease(pool, generations);
  const release = await seedRelease(pool, generations, { dataset: hidden });
  await pool.query(
    `UPDATE datasets SET visibility = 'PARTNER', restricted = $2, title = $3, description = $3, citation = $3 WHERE id = $1`,
    [hidden, dataScopeNames, canary],
  );
  await pool.query('UPDATE releases SET citation = $2, licence = $2 WHERE key = $1', [release, canary]);
  for (const table of named) {
    await pool.query(`UPDATE ${table} SET id = $2 || '/' || id, name = $2 WHERE release_key = $1`, [
      release,
      canary,
    ]);
  }
  await pool.query('UPDATE countries SET name = $2 WHERE release_key = $1', [release, canary]);
}
