import type { Config } from '../config.ts';
import { migrate } from '../database/migrate.ts';
import { openDatabase } from '../database/open-database.ts';
import { listShipped } from '../releases/declarations.ts';
import { printProgress } from './output.ts';
import { runInChild } from './run-child.ts';

/** Loads and publishes each data set that ships and has no release, in child processes. */
export async function publishShipped(config: Config): Promise<void> {
  const published = await publishedDatasets(config);
  const shipped = await listShipped();
  const missing = shipped.filter(
    ({ id, simulate }) => !published.has(id) && (simulate === undefined || config.simulatedGenerations !== 0),
  );
  if (missing.length === 0) return;
  printProgress('First start: the data sets that ship are counted once, which takes a minute or two.');
  for (const { id, simulate } of missing) {
    if (simulate === undefined) await runInChild('load', '--dataset', id);
    // A start that was interrupted after it goes on from here.
    else await runInChild('simulate', '--dataset', id, '--if-empty', ...generationsOf(config));
    await runInChild('publish', '--dataset', id);
  }
}

function generationsOf({ simulatedGenerations: generations }: Config): string[] {
  return generations === undefined ? [] : ['--generations', String(generations)];
}

/** The embedded database belongs to one process at a time, so it is closed again for the children. */
async function publishedDatasets(config: Config): Promise<Set<string>> {
  const database = await openDatabase(config);
  try {
    await migrate(database.pool);
    const releases = await database.prisma.release.findMany({
      distinct: ['datasetId'],
      select: { datasetId: true },
    });
    return new Set(releases.map(({ datasetId }) => datasetId));
  } finally {
    await database.close();
  }
}
