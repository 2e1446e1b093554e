import { type Command, InvalidArgumentError } from 'commander';
import { type Config, readConfig } from '../config.ts';
import { AtlasError } from '../errors.ts';
import type { DatasetDeclaration } from '../releases/dataset-declaration.ts';
import { formatCount, printProgress, printResult } from './output.ts';

interface SimulateCommandOptions {
  dataset: string;
  generations?: number;
  seed?: number;
  months?: number;
  labelShare?: number;
  minimumUsers?: number;
  out?: string;
  truth?: string;
  ifEmpty?: true;
  json?: true;
}

const templateId = 'simulated-study';
const printEveryMs = 2_000;

/** `atlas simulate`. */
export function addSimulateCommand(program: Command): void {
  program
    .command('simulate')
    .summary('draw a synthetic study with known truth')
    .description(
      'Draws generations and content labels whose sums follow the study’s figures, into a data set of their own ' +
        'that is declared synthetic. The same seed gives the same rows; another one another world with the same ' +
        'margins. All of it is stored, or nothing.',
    )
    .option('--dataset <id>', 'an empty data set; one that is not declared is', templateId)
    .option('--generations <number>', 'how many (default: as declared)', wholeNumber(1))
    .option('--seed <number>', 'which world (default: as declared)', wholeNumber(0))
    .option('--months <number>', 'calendar months up to November 2025, at most 13', wholeNumber(1, 13))
    .option('--label-share <share>', 'part of the generations that carry content labels', parseShare)
    .option('--minimum-users <number>', 'of a data set that is declared here (default: none)', wholeNumber(1))
    .option('--out <directory>', 'write the same rows as Parquet files too, which `atlas load` reads')
    .option('--truth <file>', 'write what is planted, as JSON')
    .option('--if-empty', 'do nothing where the data set holds events already')
    .option('--json', 'print the summary as JSON')
    .addHelpText(
      'after',
      `
Examples:
  atlas simulate --dataset my-world --generations 5000000 --seed 7 --truth truth.json
  atlas publish --dataset my-world
  atlas simulate --dataset copy --generations 100000 --out rows/ && atlas load --dataset other rows/*.parquet`,
    )
    .action(simulateAsked);
}

async function simulateAsked(options: SimulateCommandOptions): Promise<void> {
  const config = readConfig();
  const { writeFile } = await import('node:fs/promises');
  const { simulate } = await import('../simulate/simulate.ts');
  const { truthOf } = await import('../simulate/truth.ts');
  const { withEngine } = await import('./counting-side.ts');
  const { interruptible } = await import('./stop-signals.ts');

  const { declaration, simulation } = await declarationOf(config, options);
  const dataset = declaration.id;
  const { generations, seed } = simulation;
  await withEngine(config, async (engine, store) => {
    if (options.ifEmpty === true && (await store.fingerprint(dataset)) !== null) {
      printProgress(`${dataset} holds events already; nothing is simulated.`);
      return;
    }
    const show = progressLines(generations);
    const summary = await interruptible('nothing is stored.', (signal) =>
      simulate({ engine, dataset, ...simulation, out: options.out, onProgress: show, signal }),
    );
    const { world, categoryShares, ...counts } = summary;
    if (options.truth !== undefined) {
      await writeFile(
        options.truth,
        `${JSON.stringify(truthOf(world, simulation, categoryShares), null, 1)}\n`,
      );
    }
    if (options.json === true) printResult(JSON.stringify({ dataset, ...simulation, ...counts }));
    else {
      printResult(
        `${dataset}: ${formatCount(counts.generations)} synthetic generations with ` +
          `${formatCount(counts.labels)} labels, seed ${seed}, ${formatCount(counts.totalTokens)} tokens`,
      );
    }
    printProgress(`Count and publish it with: atlas publish --dataset ${dataset}`);
  });
}

/** The declaration of the data set, made after that of the shipped one where there is none, and what to draw. */
async function declarationOf(config: Config, options: SimulateCommandOptions) {
  const { findDeclaration } = await import('../releases/declarations.ts');
  const template = await findDeclaration(config.datasetDirectory, templateId);
  const declaration =
    options.dataset === templateId ? template : await ownDeclaration(config, template, options);
  if (!declaration.synthetic || declaration.kind !== 'GENERATIONS') {
    throw new AtlasError(
      'KIND_MISMATCH',
      `The data set ${declaration.id} is not declared as synthetic generations: simulate into another one.`,
    );
  }
  const declared = declaration.simulate ?? template.simulate;
  if (declared === undefined) throw new RangeError(`${templateId} does not declare what to simulate`);
  const { generations, seed, months, labelShare } = options;
  return {
    declaration,
    simulation: {
      generations: generations ?? declared.generations,
      seed: seed ?? declared.seed,
      months: months ?? declared.months,
      labelShare: labelShare ?? declared.labelShare,
    },
  };
}

async function ownDeclaration(
  config: Config,
  template: DatasetDeclaration,
  { dataset, minimumUsers }: SimulateCommandOptions,
): Promise<DatasetDeclaration> {
  const { findDeclaration, saveDeclaration } = await import('../releases/declarations.ts');
  try {
    return await findDeclaration(config.datasetDirectory, dataset);
  } catch (error) {
    if (!(error instanceof AtlasError) || error.code !== 'DATASET_UNKNOWN') throw error;
  }
  const { simulate, ...fields } = template;
  const title = `${template.title}: ${dataset}`;
  return saveDeclaration(config.datasetDirectory, {
    ...fields,
    id: dataset,
    title,
    minimumUsers: minimumUsers ?? null,
  });
}

function progressLines(generations: number): (rows: number) => void {
  let printedAt = 0;
  return (rows) => {
    if (performance.now() - printedAt < printEveryMs && rows < generations) return;
    printedAt = performance.now();
    printProgress(`${formatCount(rows)} of ${formatCount(generations)} generations`);
  };
}

function wholeNumber(least: number, most = Number.MAX_SAFE_INTEGER): (text: string) => number {
  return (text) => {
    const number = Number(text);
    if (Number.isSafeInteger(number) && number >= least && number <= most) return number;
    throw new InvalidArgumentError(
      most === Number.MAX_SAFE_INTEGER
        ? `Give a whole number of at least ${least}.`
        : `Give a whole number from ${least} to ${most}.`,
    );
  };
}

function parseShare(text: string): number {
  const share = Number(text);
  if (text !== '' && share >= 0 && share <= 1) return share;
  throw new InvalidArgumentError('Give a share from 0 to 1, such as 0.0025.');
}
