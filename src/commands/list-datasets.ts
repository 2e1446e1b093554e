import type { Config } from '../config.ts';
import { AtlasError } from '../errors.ts';
import { listDeclarations } from '../releases/declarations.ts';
import { withEngine } from './counting-side.ts';
import { printProgress } from './output.ts';
import { withDatabase } from './with-database.ts';

export interface ListedDataset {
  id: string;
  title: string;
  kind: string;
  licence: string;
  /** Null where the event store is in use elsewhere. */
  rowsLoaded: number | null;
  /** Null where there is none, or the database is in use elsewhere. */
  latestRelease: string | null;
}

/** All data sets that are declared, with what is loaded and published of each. */
export async function listDatasets(config: Config): Promise<ListedDataset[]> {
  const declarations = await listDeclarations(config.datasetDirectory);
  const ids = declarations.map(({ id }) => id);
  const rows = await unlessInUse('Rows loaded', () => countRows(config, ids));
  const releases = await unlessInUse('The latest releases', () => findLatestReleases(config));
  return declarations.map(({ id, title, kind, licence }) => ({
    id,
    title,
    kind,
    licence,
    rowsLoaded: rows?.get(id) ?? null,
    latestRelease: releases?.get(id) ?? null,
  }));
}

function countRows(config: Config, ids: string[]): Promise<Map<string, number>> {
  return withEngine(config, async (_engine, store) => {
    const counts = new Map<string, number>();
    for (const id of ids) counts.set(id, (await store.datasetSummary(id)).rows);
    return counts;
  });
}

function findLatestReleases(config: Config): Promise<Map<string, string>> {
  return withDatabase(config, async ({ prisma }) => {
    const releases = await prisma.release.findMany({
      orderBy: { key: 'asc' },
      select: { datasetId: true, id: true },
    });
    return new Map(releases.map(({ datasetId, id }) => [datasetId, id]));
  });
}

/** The embedded engine and database belong to one process at a time; a list can do without either. */
async function unlessInUse<Result>(what: string, read: () => Promise<Result>): Promise<Result | null> {
  try {
    return await read();
  } catch (error) {
    if (!(error instanceof AtlasError) || error.code !== 'DIRECTORY_IN_USE') throw error;
    printProgress(`${what} are not shown: ${error.message}`);
    return null;
  }
}
