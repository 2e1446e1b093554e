import type { PrismaClient } from '../database/generated/client.ts';
import { AtlasError } from '../errors.ts';
import { readReleaseCatalog } from './catalog-reader.ts';
import type { Coverage, Dataset, Release, ReleaseCatalog, Sampling, Withheld } from './release.ts';

/** How long the list of latest releases may be out of date. */
const FRESHNESS_MS = 1_000;
/** Catalogues of old releases that stay in memory; about 1 MB each. */
const CATALOGS_KEPT = 8;

/** `<data set>@<day>.<number>`; other text, which may hold what PostgreSQL can not, is not even looked up. */
const releaseIdPattern = /^[a-z0-9._-]+@\d{4}-\d{2}-\d{2}\.\d+$/i;

interface Latest {
  readonly readAt: number;
  readonly datasets: ReadonlyMap<string, Dataset>;
  /** Latest release by data set. */
  readonly releases: ReadonlyMap<string, Release>;
}

const withRollups = { include: { rollups: { orderBy: { name: 'asc' as const } } } };

/**
 * Finds data sets and releases. Releases never change, so each is read once; only which is the latest is
 * asked again, at most once a second, by one statement that all concurrent queries share.
 */
export class ReleaseReader {
  readonly #prisma: PrismaClient;
  /** The data set that answers when none is named. */
  readonly defaultDataset: string;
  readonly #catalogs = new Map<number, Promise<ReleaseCatalog>>();
  #latest: Latest | undefined;
  #reading: Promise<Latest> | undefined;

  constructor(prisma: PrismaClient, defaultDataset: string) {
    this.#prisma = prisma;
    this.defaultDataset = defaultDataset;
  }

  async datasets(): Promise<Dataset[]> {
    return [...(await this.#current()).datasets.values()];
  }

  /** Without an id, the server's default. */
  async dataset(id?: string | null): Promise<Dataset> {
    const { datasets } = await this.#current();
    const dataset = datasets.get(id ?? this.defaultDataset);
    if (dataset !== undefined) return dataset;
    throw unknownDataset(id ?? this.defaultDataset, [...datasets.keys()]);
  }

  /** The release named, else the latest of the data set named, else the latest of the default data set. */
  async release(options: { dataset?: string | null; release?: string | null } = {}): Promise<Release> {
    if (options.release === undefined || options.release === null) return this.#latestOf(options.dataset);
    const release = await this.findRelease(options.release);
    if (release === null) throw unknownRelease(options.release);
    const { dataset } = options;
    if (dataset !== undefined && dataset !== null && dataset !== release.datasetId) {
      throw otherDataset(release, dataset);
    }
    return release;
  }

  async findRelease(id: string): Promise<Release | null> {
    if (!releaseIdPattern.test(id)) return null;
    for (const release of (await this.#current()).releases.values()) {
      if (release.id === id) return release;
    }
    const row = await this.#prisma.release.findUnique({ where: { id }, ...withRollups });
    return row === null ? null : toRelease(row);
  }

  /** When it was pruned; null where it is kept, or never was. */
  async findPruned(id: string): Promise<Date | null> {
    if (!releaseIdPattern.test(id)) return null;
    const row = await this.#prisma.prunedRelease.findUnique({ where: { id } });
    return row?.prunedAt ?? null;
  }

  /** Newest first; at most so many where that is said. */
  async releasesOf(datasetId: string, most?: number): Promise<Release[]> {
    const rows = await this.#prisma.release.findMany({
      where: { datasetId },
      orderBy: { key: 'desc' },
      ...(most !== undefined && { take: most }),
      ...withRollups,
    });
    return rows.map(toRelease);
  }

  /** Catalogue of the release, from memory after the first time. */
  catalog(release: Release): Promise<ReleaseCatalog> {
    const known = this.#catalogs.get(release.key);
    if (known !== undefined) return known;
    const catalog = readReleaseCatalog(this.#prisma, release);
    this.#catalogs.set(release.key, catalog);
    catalog.catch(() => this.#catalogs.delete(release.key));
    const oldest = this.#catalogs.keys().next();
    if (this.#catalogs.size > CATALOGS_KEPT && !oldest.done) this.#catalogs.delete(oldest.value);
    return catalog;
  }

  async #latestOf(datasetId?: string | null): Promise<Release> {
    const dataset = await this.dataset(datasetId);
    const release = (await this.#current()).releases.get(dataset.id);
    if (release === undefined) {
      throw new AtlasError('NOTHING_PUBLISHED', `The data set '${dataset.id}' has no release yet.`);
    }
    return release;
  }

  #current(): Promise<Latest> {
    if (this.#latest !== undefined && Date.now() - this.#latest.readAt < FRESHNESS_MS) {
      return Promise.resolve(this.#latest);
    }
    this.#reading ??= this.#readLatest().finally(() => (this.#reading = undefined));
    return this.#reading;
  }

  async #readLatest(): Promise<Latest> {
    const readAt = Date.now();
    const rows = await this.#prisma.dataset.findMany({
      orderBy: { id: 'asc' },
      include: { releases: { orderBy: { key: 'desc' }, take: 1, ...withRollups } },
    });
    const datasets = new Map<string, Dataset>();
    const releases = new Map<string, Release>();
    for (const { releases: latest, nextUpdate, ...dataset } of rows) {
      datasets.set(dataset.id, { ...dataset, nextUpdate: nextUpdate?.toISOString().slice(0, 10) ?? null });
      const [release] = latest;
      if (release !== undefined) releases.set(dataset.id, toRelease(release));
    }
    this.#latest = { readAt, datasets, releases };
    return this.#latest;
  }
}

export function unknownDataset(id: string, known: readonly string[]): AtlasError {
  return new AtlasError(
    'DATASET_UNKNOWN',
    `There is no data set '${id}' here. Published: ${known.join(', ') || 'none yet'}.`,
  );
}

export function unknownRelease(id: string): AtlasError {
  return new AtlasError(
    'RELEASE_UNKNOWN',
    `There is no release '${id}' here, or it was pruned. \`dataset { releases { id } }\` lists them.`,
  );
}

export function prunedRelease(id: string, prunedAt: Date): AtlasError {
  return new AtlasError(
    'RELEASE_PRUNED',
    `The release '${id}' was pruned on ${prunedAt.toISOString().slice(0, 10)}: its numbers are kept no longer. \`dataset { releases { id } }\` lists those that are.`,
  );
}

export function otherDataset(release: Release, dataset: string): AtlasError {
  return new AtlasError(
    'BAD_ARGUMENT',
    `Release '${release.id}' is of the data set '${release.datasetId}', not '${dataset}': leave one of the two out.`,
  );
}

interface ReleaseRow {
  key: number;
  id: string;
  datasetId: string;
  publishedAt: Date;
  periodFrom: Date;
  periodTo: Date;
  licence: string;
  citation: string;
  catalogVersion: string;
  rowsRead: bigint;
  rowsQuarantined: bigint;
  totalTokens: bigint;
  coverage: unknown;
  sampling: unknown;
  withheld: unknown;
  rollups: {
    name: string;
    version: number;
    sha256: string;
    table: string;
    rows: bigint;
    durationMs: number;
  }[];
}

function toRelease(row: ReleaseRow): Release {
  return {
    key: row.key,
    id: row.id,
    datasetId: row.datasetId,
    publishedAt: row.publishedAt,
    periodFrom: row.periodFrom.toISOString().slice(0, 10),
    periodTo: row.periodTo.toISOString().slice(0, 10),
    licence: row.licence,
    citation: row.citation,
    catalogVersion: row.catalogVersion,
    rowsRead: Number(row.rowsRead),
    rowsQuarantined: Number(row.rowsQuarantined),
    totalTokens: Number(row.totalTokens),
    // The publisher writes these three in this very shape.
    coverage: row.coverage as Coverage,
    sampling: row.sampling as Sampling | null,
    withheld: row.withheld as Withheld | null,
    rollups: row.rollups.map(({ name, version, sha256, table, rows, durationMs }) => ({
      name,
      version,
      sha256,
      table,
      rows: Number(rows),
      durationMs,
    })),
  };
}
