import type { Command } from 'commander';
import { readConfig } from '../config.ts';
import { addAddressOptions, type AddressOptions, withAddress } from './address-options.ts';
import { printProgress } from './output.ts';

/** `atlas serve`. */
export function addServeCommand(program: Command): void {
  addAddressOptions(program.command('serve'))
    .summary('serve the API from what was published')
    .description(
      'Migrates the database and serves the GraphQL API until the process is told to stop. Requests are ' +
        'logged to standard output, one JSON line each.',
    )
    .addHelpText(
      'after',
      `
Examples:
  atlas serve                             on http://localhost:4000/graphql
  atlas serve --host 0.0.0.0 --port 80    for other machines too
  DATABASE_URL=postgresql://atlas@db/atlas atlas serve

SIGTERM or Ctrl-C lets running requests finish, 10 seconds at most; a second one ends it at once.
/healthz answers while the process is up, /readyz once there is something to query.`,
    )
    .action(async (options: AddressOptions) => {
      const config = withAddress(readConfig(), options);
      const { runServer } = await import('./run-server.ts');
      await runServer(config, (url) => printProgress(`Serving ${url}/graphql`));
    });
}
