import type pg from 'pg';
import { catalog, countries } from '../catalog/index.ts';
import { copyRows } from './copy-rows.ts';
import type { ReleaseEntities } from './release-entities.ts';
import { tabSeparated } from './tab-separated.ts';

/** Writes the countries that published rows name. */
export async function copyCountries(client: pg.ClientBase, releaseKey: number): Promise<void> {
  const { rows } = await client.query<{ code: string }>(
    `SELECT country AS code FROM usage_day_model_country WHERE release_key = $1 AND country IS NOT NULL
     UNION
     SELECT label FROM active_users
     WHERE release_key = $1 AND active_users.grouping = 'COUNTRY' AND label IS NOT NULL
     ORDER BY code`,
    [releaseKey],
  );
  const values = rows.map(({ code }) => {
    const country = countries.get(code);
    return [releaseKey, code, country?.name ?? code, country?.continentId ?? null] as const;
  });
  await copyRows(client, 'countries', ['release_key', 'code', 'name', 'continent'], tabSeparated(values));
}

/** Cohorts withheld as a whole name nobody. */
const publishedCohorts =
  "retention_cohorts WHERE retention_cohorts.grouping = 'MODEL' AND cardinality(users) > 0";

/**
 * Removes models and providers that neither the catalogue nor any published row names: the log's own words, such
 * as the name of somebody's fine-tuned model, which few users would be known by.
 */
export async function dropUnpublished(
  client: pg.ClientBase,
  releaseKey: number,
  { models, providers }: ReleaseEntities,
): Promise<void> {
  await client.query(
    `DELETE FROM models WHERE release_key = $1 AND key = ANY ($2)
       AND key NOT IN (${keysIn('usage_day_model_provider', 'model_key')})
       AND key NOT IN (${keysIn("active_users WHERE active_users.grouping = 'MODEL'", 'entity_key')})
       AND key NOT IN (${keysIn(publishedCohorts, 'entity_key')})`,
    [releaseKey, beyond(models, catalog.models)],
  );
  await client.query(
    `DELETE FROM providers WHERE release_key = $1 AND key = ANY ($2)
       AND key NOT IN (${keysIn('usage_day_model_provider', 'provider_key')})`,
    [releaseKey, beyond(providers, catalog.providers)],
  );
}

function keysIn(source: string, key: string): string {
  const where = source.includes('WHERE') ? 'AND' : 'WHERE';
  return `SELECT ${key} FROM ${source} ${where} release_key = $1 AND ${key} IS NOT NULL`;
}

/** Keys of entities that the catalogue does not hold. */
function beyond(
  entities: ReadonlyMap<number, { readonly id: string }>,
  known: ReadonlyMap<string, unknown>,
): number[] {
  return [...entities].flatMap(([key, { id }]) => (known.has(id) ? [] : [key]));
}
