import type pg from 'pg';
import { copyRows } from './copy-rows.ts';
import { authorColumns, modelColumns, providerColumns } from './entity-columns.ts';
import type { ReleaseEntities } from './release-entities.ts';
import { tabSeparated, type Value } from './tab-separated.ts';

/** Writes the models, authors and providers of a release and returns how many there are. */
export async function copyEntities(
  client: pg.ClientBase,
  releaseKey: number,
  entities: ReleaseEntities,
): Promise<number> {
  const copy = <Entity>(
    table: string,
    columns: Record<string, (entity: Entity, entities: ReleaseEntities) => Value>,
    byKey: ReadonlyMap<number, Entity>,
  ) => {
    const values = Object.values(columns);
    const rows = [...byKey].map(([key, entity]) => [
      releaseKey,
      key,
      ...values.map((value) => value(entity, entities)),
    ]);
    return copyRows(client, table, ['release_key', 'key', ...Object.keys(columns)], tabSeparated(rows));
  };
  return (
    (await copy('authors', authorColumns, entities.authors)) +
    (await copy('models', modelColumns, entities.models)) +
    (await copy('providers', providerColumns, entities.providers))
  );
}

/** Sums what each entity was used for, from the usage that was copied; unused ones keep null. */
export async function fillTotals(client: pg.ClientBase, releaseKey: number): Promise<void> {
  const fill = (table: string, key: string, source: string) =>
    // Summed once, whatever the planner believes of rows that are seconds old.
    client.query(
      `WITH used AS MATERIALIZED (
         SELECT ${key} AS key, sum(total_tokens) AS tokens FROM ${source} GROUP BY ${key}
       )
       UPDATE ${table} SET total_tokens = used.tokens
       FROM used WHERE ${table}.release_key = $1 AND ${table}.key = used.key`,
      [releaseKey],
    );
  const usage = "usage_day_model_provider WHERE release_key = $1 AND grain = 'DAY' AND level = 'BOTH'";
  await fill('models', 'model_key', usage);
  await fill('providers', 'provider_key', usage);
  await fill('authors', 'author_key', 'models WHERE release_key = $1');
}
