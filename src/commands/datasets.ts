import type { Command } from 'commander';
import { readConfig } from '../config.ts';
import { addDatasetsAddCommand } from './datasets-add.ts';
import { formatTable, printJson, printResult } from './output.ts';

/** `atlas datasets`. */
export function addDatasetsCommand(program: Command): void {
  const command = program
    .command('datasets')
    .summary('list the data sets, or declare one')
    .description(
      'Lists the data sets: those that ship with the program and those declared here, with the rows loaded ' +
        'and the latest release of each.',
    )
    .option('--json', 'print JSON')
    .addHelpText(
      'after',
      `
Examples:
  atlas datasets
  atlas datasets --json
  atlas datasets add my-gateway.json`,
    )
    .action(async ({ json }: { json?: true }) => {
      const { listDatasets } = await import('./list-datasets.ts');
      const datasets = await listDatasets(readConfig());
      if (json === true) return printJson(datasets);
      printResult(
        formatTable(
          ['id', 'title', 'kind', 'licence', 'rows loaded', 'latest release'],
          datasets.map(({ id, title, kind, licence, rowsLoaded, latestRelease }) => [
            id,
            title,
            kind,
            licence,
            rowsLoaded,
            latestRelease,
          ]),
        ),
      );
    });
  addDatasetsAddCommand(command);
}
