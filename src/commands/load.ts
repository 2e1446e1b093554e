import { type Command, InvalidArgumentError } from 'commander';
import { readConfig } from '../config.ts';
import { AtlasError } from '../errors.ts';
import type { EventStore } from '../engine/event-store.ts';
import { printProgress, printResult } from './output.ts';

interface LoadOptions {
  dataset: string;
  format?: string;
  set: Record<string, string>;
  maxRefused?: number;
  usersPseudonymous?: true;
  json?: true;
}

/** `atlas load`. */
export function addLoadCommand(program: Command): void {
  program
    .command('load')
    .summary('read log files into the event store')
    .description(
      'Reads log files into the event store, each whole or not at all. Rows that were loaded before are ' +
        'recognised and left out, so that a file may be loaded again, or a longer export of the same log. ' +
        'Users become pseudonyms on the way in. Rows that can not be counted are refused with a reason. Content ' +
        'labels of generations are loaded the same way, before or after the log that they belong to.',
    )
    .argument(
      '[files...]',
      'CSV, NDJSON, JSON or Parquet, also compressed (default: those the data set declares)',
    )
    .requiredOption('--dataset <id>', 'the data set that the files belong to')
    .option('--format <name>', 'log format (default: told from the columns)')
    .option('--set <column=value>', 'a column that the files lack, and its value in every row', addColumn, {})
    .option('--max-refused <share>', 'fail where more of a file is refused (default: 5%)', parseShare)
    .option('--users-pseudonymous', "the files' users are pseudonyms already")
    .option('--json', 'print each summary as a line of JSON')
    .addHelpText(
      'after',
      `
Examples:
  atlas load --dataset my-gateway spend-logs-2026-0*.csv
  atlas load --dataset my-gateway --format litellm-spend-logs export.parquet
  atlas load --dataset my-gateway --set provider=azure --set country=DE requests.ndjson.gz
  atlas load --dataset my-gateway labels.csv          what classifiers say of its prompts
  atlas load --dataset openrouter-rankings            the files that ship with it

See what was refused and why with \`atlas quarantine\`, then count with \`atlas publish\`.`,
    )
    .action(load);
}

async function load(givenFiles: string[], options: LoadOptions): Promise<void> {
  const config = readConfig();
  const { findDeclaration } = await import('../releases/declarations.ts');
  const { loadFile } = await import('../releases/load-files.ts');
  const { readPseudonymKey, withEngine } = await import('./counting-side.ts');
  const { describeLoad } = await import('./load-report.ts');
  const { showLoadProgress } = await import('./load-progress.ts');
  const { interruptible } = await import('./stop-signals.ts');

  const declaration = await findDeclaration(config.datasetDirectory, options.dataset);
  const files = givenFiles.length > 0 ? givenFiles : declaration.files.map(({ path }) => path);
  if (files.length === 0) {
    throw new AtlasError(
      'BAD_ARGUMENT',
      `The data set ${declaration.id} declares no files: name those to load.`,
    );
  }
  const pseudonymKey = await readPseudonymKey(config);
  const usersArePseudonymous = options.usersPseudonymous ?? declaration.usersArePseudonymous;
  let accepted = 0;
  const loadAll = (store: EventStore) =>
    interruptible('files reported above are loaded, others are not.', async (signal) => {
      for (const file of files) {
        signal.throwIfAborted();
        const progress = showLoadProgress(file);
        const summary = await loadFile({
          store,
          declaration: { ...declaration, usersArePseudonymous },
          file,
          format: options.format,
          constants: options.set,
          maxRefusedShare: options.maxRefused,
          pseudonymKey,
          onProgress: progress.update,
          signal,
        }).finally(progress.stop);
        accepted += summary.accepted;
        printResult(
          options.json === true ? JSON.stringify({ file, ...summary }) : describeLoad(file, summary),
        );
      }
    });
  await withEngine(config, (_engine, store) => loadAll(store));
  if (accepted > 0) printProgress(`Count and publish it with: atlas publish --dataset ${declaration.id}`);
}

function addColumn(text: string, columns: Record<string, string>): Record<string, string> {
  const equals = text.indexOf('=');
  if (equals < 1) throw new InvalidArgumentError('Give a column and its value, such as provider=azure.');
  return { ...columns, [text.slice(0, equals)]: text.slice(equals + 1) };
}

/** "5%" or "0.05". */
function parseShare(text: string): number {
  const [, digits, percent] = /^(\d+(?:\.\d+)?)(%?)$/.exec(text) ?? [];
  const share = Number(digits) / (percent === '%' ? 100 : 1);
  if (share >= 0 && share <= 1) return share;
  throw new InvalidArgumentError('Give a share from 0% to 100%, such as 5% or 0.05.');
}
