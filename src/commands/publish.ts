import type { Command } from 'commander';
import { readConfig } from '../config.ts';
import { AtlasError } from '../errors.ts';
import type { Database } from '../database/open-database.ts';
import type { Announcement } from '../releases/announcement.ts';
import type { DatasetDeclaration } from '../releases/dataset-declaration.ts';
import type { PublishSummary } from '../releases/publish.ts';
import { formatCounted, printProgress, printResult } from './output.ts';

interface PublishOptions {
  dataset?: string;
  all?: true;
  force?: true;
  json?: true;
}

/** `atlas publish`. */
export function addPublishCommand(program: Command): void {
  program
    .command('publish')
    .summary('count what was loaded and publish it as a release')
    .description(
      'Counts the events of a data set by the versioned rollups and publishes the result as a new, immutable ' +
        'release. Readers see all of it or none. Where nothing has changed since the latest release it does nothing.',
    )
    .option('--dataset <id>', 'the data set')
    .option('--all', 'all data sets that have something new')
    .option('--force', 'publish although nothing has changed')
    .option('--json', 'print each summary as a line of JSON')
    .addHelpText(
      'after',
      `
Examples:
  atlas publish --dataset my-gateway
  atlas publish --all`,
    )
    .action(publishAsked);
}

async function publishAsked(options: PublishOptions): Promise<void> {
  const { dataset, all, force, json } = options;
  if ((dataset === undefined) === (all === undefined)) {
    throw new AtlasError('BAD_ARGUMENT', 'Give either --dataset <id> or --all.');
  }
  const config = readConfig();
  const { findDeclaration, listDeclarations } = await import('../releases/declarations.ts');
  const { publish } = await import('../releases/publish.ts');
  const { announcementOf } = await import('../releases/announcement.ts');
  const { announce } = await import('../releases/announce.ts');
  const { withEngine } = await import('./counting-side.ts');
  const { withDatabase } = await import('./with-database.ts');
  const { describeRelease } = await import('./publish-report.ts');

  const declarations =
    dataset === undefined
      ? await listDeclarations(config.datasetDirectory)
      : [await findDeclaration(config.datasetDirectory, dataset)];
  const published: Announcement[] = [];
  const publishAll = (database: Database) =>
    withEngine(config, async (engine) => {
      const publishOne = async (declaration: DatasetDeclaration) => {
        printProgress(`Publishing ${declaration.id}`);
        const summary = await publish({ engine, database, declaration, force, onStep: printStep });
        printResult(json === true ? JSON.stringify(summary) : describeRelease(summary));
        published.push(announcementOf(declaration, summary, config.publicUrl));
        return summary;
      };
      if (all === true) await publishEach(declarations, publishOne);
      else for (const declaration of declarations) await publishOne(declaration);
    });
  try {
    await withDatabase(config, publishAll);
  } finally {
    // Once the database is free again: a slow receiver must not keep servers from it.
    if (config.releaseWebhooks !== undefined) {
      await announce(published, config.releaseWebhooks, { onOutcome: printProgress });
    }
  }
}

/** Of many, those with nothing to publish are passed over; that none had is worth an exit code. */
async function publishEach(
  declarations: DatasetDeclaration[],
  publishOne: (declaration: DatasetDeclaration) => Promise<PublishSummary>,
): Promise<void> {
  let published = 0;
  for (const declaration of declarations) {
    try {
      await publishOne(declaration);
      published += 1;
    } catch (error) {
      if (!(error instanceof AtlasError) || !/^NOTHING_/.test(error.code)) throw error;
      printProgress(`  ${error.message}`);
    }
  }
  if (published === 0) throw new AtlasError('NOTHING_CHANGED', 'No data set has anything new to publish.');
}

function printStep(step: string, rows?: number): void {
  if (rows !== undefined) printProgress(`  ${step}: ${formatCounted(rows, 'row')}`);
}
