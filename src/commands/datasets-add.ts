import { readFile } from 'node:fs/promises';
import { type Command, InvalidArgumentError, Option } from 'commander';
import { readConfig } from '../config.ts';
import { AtlasError } from '../errors.ts';
import { printResult } from './output.ts';

interface AddOptions {
  id?: string;
  title?: string;
  description?: string;
  kind?: string;
  licence?: string;
  licenceUrl?: string;
  citation?: string;
  homepage?: string;
  nextUpdate?: string;
  minimumUsers?: number;
  synthetic?: true;
  usersPseudonymous?: true;
}

/** `atlas datasets add`. */
export function addDatasetsAddCommand(datasets: Command): void {
  datasets
    .command('add')
    .summary('declare a data set, or change a declaration')
    .description(
      'Declares a data set: what it is, under which licence, and how to cite it. Give a JSON file, the ' +
        'fields as options, or both: then the options win. Without a file, what the options leave out stays as ' +
        'it was declared before. The kind of a data set never changes.',
    )
    .argument('[file]', 'declaration, such as the dataset.json of those that ship')
    .option('--id <slug>', 'short name: lower-case letters, digits and hyphens')
    .option('--title <text>', 'title')
    .option('--description <text>', 'what the data are, and what a reader should know of them')
    .addOption(
      new Option('--kind <kind>', 'request logs, or sums made by someone else').choices([
        'GENERATIONS',
        'USAGE_FEED',
      ]),
    )
    .option('--licence <name>', 'licence of the published numbers, such as CC-BY-4.0')
    .option('--licence-url <url>', 'where the licence stands')
    .option('--citation <text>', 'how to cite the data set')
    .option('--homepage <url>', 'where to read about it')
    .option('--next-update <day>', 'when the next release is expected, such as 2026-12-01')
    .option('--minimum-users <number>', 'withhold cells of fewer distinct users (default: 5)', parseUsers)
    .option('--synthetic', 'a simulator made the rows')
    .option('--users-pseudonymous', "the logs' users are pseudonyms already")
    .addHelpText(
      'after',
      `
Examples:
  atlas datasets add my-gateway.json
  atlas datasets add --id my-gateway --title 'Our gateway' --description 'All requests since May 2025' \\
    --kind GENERATIONS --licence proprietary --citation 'Example Inc., gateway logs, 2026'
  atlas datasets add --id my-gateway --next-update 2026-12-01`,
    )
    .action(async (file: string | undefined, options: AddOptions) => {
      const config = readConfig();
      const { findOwnDeclaration, saveDeclaration } = await import('../releases/declarations.ts');
      const { parseDeclaration } = await import('../releases/dataset-declaration.ts');
      const { usersPseudonymous, ...fields } = options;
      const declared =
        file === undefined
          ? await findOwnDeclaration(config.datasetDirectory, fields.id ?? '')
          : await readObject(file);
      const value = {
        ...declared,
        ...fields,
        ...(usersPseudonymous === true && { usersArePseudonymous: true }),
      };
      const declaration = parseDeclaration(value, file ?? 'The declaration');
      const { id } = await saveDeclaration(config.datasetDirectory, declaration);
      printResult(`Declared ${id}. Load its logs with: atlas load --dataset ${id} <files...>`);
    });
}

async function readObject(file: string): Promise<object> {
  try {
    const value: unknown = JSON.parse(await readFile(file, 'utf8'));
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value;
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new AtlasError('FILE_UNREADABLE', `${file}: ${reason}`, { cause });
  }
  throw new AtlasError('DATASET_INVALID', `${file} does not hold a JSON object.`);
}

function parseUsers(text: string): number {
  const users = Number(text);
  if (Number.isInteger(users) && users >= 1) return users;
  throw new InvalidArgumentError('Give a whole number of at least 1.');
}
