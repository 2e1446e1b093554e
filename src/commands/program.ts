import { Command } from 'commander';
import packageJson from '../../package.json' with { type: 'json' };
import { addCatalogCommand } from './catalog.ts';
import { addDatasetsCommand } from './datasets.ts';
import { addKeysCommand } from './keys.ts';
import { addLoadCommand } from './load.ts';
import { addMigrateCommand } from './migrate.ts';
import { addPruneCommand } from './prune.ts';
import { addPublishCommand } from './publish.ts';
import { addQuarantineCommand } from './quarantine.ts';
import { addServeCommand } from './serve.ts';
import { addSimulateCommand } from './simulate.ts';
import { addStartCommand } from './start.ts';

/** The command line, with each command in its own file; it throws where commander would end the process. */
export function buildProgram(): Command {
  const program = new Command('atlas')
    .description(`${packageJson.description}.`)
    .version(packageJson.version)
    .exitOverride()
    .showHelpAfterError('Add --help for the options and examples.')
    .addHelpText(
      'after',
      `
From nothing to an answer:
  atlas start

With the logs of your own gateway:
  atlas datasets add my-gateway.json
  atlas load --dataset my-gateway logs-2026-*.csv
  atlas publish --dataset my-gateway
  atlas serve

Settings come from the environment or from a file .env in the working directory; .env.example lists them.
Exit codes: 0 done, 1 unexpected, 2 usage or settings, 3 input refused, 4 nothing to do, 5 not available.`,
    );
  addStartCommand(program);
  addServeCommand(program);
  addDatasetsCommand(program);
  addLoadCommand(program);
  addQuarantineCommand(program);
  addPublishCommand(program);
  addSimulateCommand(program);
  addPruneCommand(program);
  addCatalogCommand(program);
  addKeysCommand(program);
  addMigrateCommand(program);
  return program;
}
