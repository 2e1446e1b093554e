import { type Command, InvalidArgumentError } from 'commander';
import { readConfig } from '../config.ts';
import type { Database } from '../database/open-database.ts';
import { printResult } from './output.ts';

interface PruneOptions {
  dataset: string;
  keep: number;
  yes?: true;
}

/** `atlas prune`. */
export function addPruneCommand(program: Command): void {
  program
    .command('prune')
    .summary('remove old releases of a data set')
    .description(
      'Removes all but the newest releases of a data set, with all their rows. Citations of a removed ' +
        'release no longer resolve. Without --yes it only says what it would remove.',
    )
    .requiredOption('--dataset <id>', 'the data set')
    .requiredOption('--keep <number>', 'how many of the newest releases stay, at least 1', parseKeep)
    .option('--yes', 'remove them')
    .addHelpText(
      'after',
      `
Examples:
  atlas prune --dataset my-gateway --keep 12          what would go
  atlas prune --dataset my-gateway --keep 12 --yes    let it go`,
    )
    .action(async ({ dataset, keep, yes }: PruneOptions) => {
      const { openDatabase } = await import('../database/open-database.ts');
      const { prune } = await import('../releases/prune.ts');
      const database = await openDatabase(readConfig());
      try {
        if (yes === true) report('removed', await prune({ database, dataset, keep }));
        else report('would remove', await olderReleases(database, dataset, keep));
      } finally {
        await database.close();
      }
    });
}

function report(verb: string, ids: string[]): void {
  for (const id of ids) printResult(`${verb} ${id}`);
  if (ids.length === 0) printResult('There are no older releases.');
}

async function olderReleases(database: Database, datasetId: string, keep: number): Promise<string[]> {
  const releases = await database.prisma.release.findMany({
    where: { datasetId },
    orderBy: { key: 'desc' },
    skip: keep,
    select: { id: true },
  });
  return releases.map(({ id }) => id);
}

function parseKeep(text: string): number {
  const keep = Number(text);
  if (Number.isSafeInteger(keep) && keep >= 1) return keep;
  throw new InvalidArgumentError('Give a whole number of at least 1: the latest release always stays.');
}
