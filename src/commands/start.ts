import type { Command } from 'commander';
import { readConfig } from '../config.ts';
import { addAddressOptions, type AddressOptions, withAddress } from './address-options.ts';
import { printProgress } from './output.ts';

/** `atlas start`. */
export function addStartCommand(program: Command): void {
  addAddressOptions(program.command('start'))
    .summary('publish the data sets that ship, once, and serve')
    .description(
      'Serves the API with something to query: data sets that ship with the program and have no release yet ' +
        'are loaded and published first. From the second start on it is `atlas serve`.',
    )
    .addHelpText(
      'after',
      `
Examples:
  atlas start                                              with the embedded database, nothing to set up
  DATABASE_URL=postgresql://atlas@db/atlas atlas start     with a PostgreSQL server`,
    )
    .action(async (options: AddressOptions) => {
      const config = withAddress(readConfig(), options);
      printProgress('Opening the database');
      const { publishShipped } = await import('./publish-shipped.ts');
      await publishShipped(config);
      const { runServer } = await import('./run-server.ts');
      const { describeExampleQuery } = await import('./example-query.ts');
      await runServer(config, (url) => {
        printProgress(`\nToken Atlas answers at ${url}/graphql\n\n${describeExampleQuery(url)}\n`);
      });
    });
}
