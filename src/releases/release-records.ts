import type pg from 'pg';
import type { ReleaseCoverage } from './coverage.ts';
import type { DatasetDeclaration } from './dataset-declaration.ts';
import type { Sampling } from './release-labels.ts';
import type { Withheld } from './withheld.ts';

/** One rollup that made a release, as the release records it. */
export interface RecordedRollup {
  name: string;
  version: number;
  sha256: string;
  table: string;
  rows: number;
  durationMs: number;
}

export interface NewRelease {
  declaration: DatasetDeclaration;
  /** First day of the data. */
  periodFrom: string;
  /** Day after the last. */
  periodTo: string;
  fingerprint: string;
  catalogVersion: string;
  rowsRead: number;
  rowsQuarantined: number;
  totalTokens: number;
  coverage: ReleaseCoverage;
  /** Null without content labels. */
  sampling: Sampling | null;
}

/** The release of a data set that was published last. */
export async function latestRelease(
  client: pg.ClientBase,
  dataset: string,
): Promise<{ id: string; fingerprint: string } | undefined> {
  const { rows } = await client.query<{ id: string; fingerprint: string }>(
    'SELECT id, fingerprint FROM releases WHERE dataset_id = $1 ORDER BY key DESC LIMIT 1',
    [dataset],
  );
  return rows[0];
}

/** Writes or renews what is said of the data set. */
export async function recordDataset(client: pg.ClientBase, declaration: DatasetDeclaration): Promise<void> {
  const row = {
    id: declaration.id,
    title: declaration.title,
    description: declaration.description,
    kind: declaration.kind,
    licence: declaration.licence,
    licence_url: declaration.licenceUrl ?? null,
    citation: declaration.citation,
    homepage: declaration.homepage ?? null,
    next_update: declaration.nextUpdate ?? null,
    synthetic: declaration.synthetic,
    minimum_users: declaration.minimumUsers,
    visibility: declaration.visibility,
    restricted: declaration.restricted,
  };
  const renewed = Object.keys(row).map((column) => `${column} = excluded.${column}`);
  await insert(client, 'datasets', row, `ON CONFLICT (id) DO UPDATE SET ${renewed.join(', ')}`);
}

/** Writes the release under the next free number of its day. */
export async function recordRelease(
  client: pg.ClientBase,
  release: NewRelease,
): Promise<{ key: number; id: string }> {
  const { declaration, periodTo } = release;
  const id = `${declaration.id}@${periodTo}.${await nextNumber(client, declaration.id, periodTo)}`;
  const { rows } = await insert<{ key: number }>(
    client,
    'releases',
    {
      id,
      dataset_id: declaration.id,
      published_at: new Date(),
      period_from: release.periodFrom,
      period_to: periodTo,
      licence: declaration.licence,
      citation: declaration.citation,
      fingerprint: release.fingerprint,
      catalog_version: release.catalogVersion,
      rows_read: release.rowsRead,
      rows_quarantined: release.rowsQuarantined,
      total_tokens: release.totalTokens,
      coverage: JSON.stringify(release.coverage),
      sampling: release.sampling === null ? null : JSON.stringify(release.sampling),
    },
    'RETURNING key',
  );
  const key = rows[0]?.key;
  if (key === undefined) throw new Error(`${id} was not recorded`);
  return { key, id };
}

/** Writes what was withheld; what is not published at all is no part of the release's totals either. */
export async function recordWithheld(
  client: pg.ClientBase,
  releaseKey: number,
  { leftOut, ...withheld }: Withheld,
): Promise<void> {
  await client.query(
    `UPDATE releases SET withheld = $2, rows_read = rows_read - $3, total_tokens = total_tokens - $4
     WHERE key = $1`,
    [releaseKey, JSON.stringify(withheld), leftOut.requests, leftOut.tokens],
  );
}

/**
 * Writes the sample as it is published, where anything is withheld: rate and rows of all generations would tell,
 * beside the published ones, how many are left out.
 */
export async function recordPublishedSample(client: pg.ClientBase, releaseKey: number): Promise<void> {
  await client.query(
    `WITH labelled AS (
       SELECT day, sum(requests) AS requests FROM usage_day_model_category
       WHERE release_key = $1 AND weighting = 'SPLIT' AND grain = 'DAY' AND level = 'BOTH' GROUP BY day
     ),
     counted AS (
       SELECT day, sum(requests) AS requests FROM usage_day_model_provider
       WHERE release_key = $1 AND grain = 'DAY' AND level = 'BOTH' GROUP BY day
     ),
     published AS (
       SELECT sum(labelled.requests) AS labelled, sum(counted.requests) AS requests
       FROM labelled INNER JOIN counted USING (day)
     )
     UPDATE releases
     SET sampling = sampling || jsonb_build_object(
       'rate', (published.labelled / published.requests)::double precision, 'rows', round(published.labelled)
     )
     FROM published WHERE key = $1 AND published.labelled > 0`,
    [releaseKey],
  );
}

/** Writes by which definition the rows of one table were counted. */
export async function recordRollup(
  client: pg.ClientBase,
  releaseKey: number,
  { name, version, sha256, table, rows, durationMs }: RecordedRollup,
): Promise<void> {
  await insert(client, 'release_rollups', {
    release_key: releaseKey,
    name,
    version,
    sha256,
    table_name: table,
    rows,
    duration_ms: durationMs,
  });
}

/** Above that of every release there ever was of the day: an id that was cited must not come to mean another. */
async function nextNumber(client: pg.ClientBase, dataset: string, periodTo: string): Promise<number> {
  const { rows } = await client.query<{ id: string }>(
    `SELECT id FROM releases WHERE dataset_id = $1 AND period_to = $2
     UNION ALL
     SELECT id FROM pruned_releases WHERE dataset_id = $1 AND period_to = $2`,
    [dataset, periodTo],
  );
  const numbers = rows.map(({ id }) => Number(id.slice(id.lastIndexOf('.') + 1)));
  return Math.max(0, ...numbers) + 1;
}

function insert<Row extends pg.QueryResultRow>(
  client: pg.ClientBase,
  table: string,
  row: Record<string, unknown>,
  ending = '',
) {
  const columns = Object.keys(row);
  const places = columns.map((_, index) => `$${index + 1}`);
  return client.query<Row>(
    `INSERT INTO ${table} (${columns.join(', ')}) VALUES (${places.join(', ')}) ${ending}`,
    Object.values(row),
  );
}
