import type { Command } from 'commander';
import { readConfig } from '../config.ts';
import { formatCount, formatShare, formatTable, printJson, printProgress, printResult } from './output.ts';

interface UnlabelledOptions {
  dataset: string;
  json?: true;
}

/** `atlas catalog`. */
export function addCatalogCommand(program: Command): void {
  const catalog = program
    .command('catalog')
    .summary('ask who is who: models, authors, providers')
    .description('The catalogue says which model, author and provider the names in a log stand for.');
  addUnlabelledCommand(catalog);
  addModelCommand(catalog);
}

function addUnlabelledCommand(catalog: Command): void {
  catalog
    .command('unlabelled')
    .summary('list the model names that the catalogue can not label')
    .description(
      'Lists the loaded model names whose author or source the catalogue does not know, most tokens first, ' +
        'with the share of tokens that is labelled.',
    )
    .requiredOption('--dataset <id>', 'the data set')
    .option('--json', 'print JSON')
    .action(async ({ dataset, json }: UnlabelledOptions) => {
      const config = readConfig();
      const { findDeclaration } = await import('../releases/declarations.ts');
      const { unlabelledReport } = await import('../catalog/index.ts');
      const { withEngine } = await import('./counting-side.ts');
      const { distinctNames } = await import('../rollups/names.ts');
      const declaration = await findDeclaration(config.datasetDirectory, dataset);
      const names = await withEngine(config, (engine) => distinctNames(engine, declaration.id));
      const report = unlabelledReport(names.models.map(({ raw, tokens }) => ({ rawName: raw, tokens })));
      if (json === true) return printJson(report);
      const { unlabelled, labelledShare, namedTokens } = report;
      if (unlabelled.length > 0) {
        printResult(
          formatTable(
            ['name in the log', 'tokens', 'share', 'not known'],
            unlabelled.map(({ rawName, tokens, share, missing }) => [
              rawName,
              tokens,
              formatShare(share),
              missing.join(', '),
            ]),
          ),
        );
      }
      printProgress(
        labelledShare === null
          ? `The data set ${dataset} holds no tokens yet.`
          : `${formatShare(labelledShare)} of ${formatCount(namedTokens)} tokens are labelled.`,
      );
    });
}

function addModelCommand(catalog: Command): void {
  catalog
    .command('model')
    .summary('say what a name in a log stands for')
    .description('Says which model a name stands for, as any gateway writes it, and what is known of it.')
    .argument('<name>', 'name of a model as logged')
    .addHelpText(
      'after',
      `
Examples:
  atlas catalog model claude-3-5-sonnet-20241022
  atlas catalog model bedrock/us.anthropic.claude-sonnet-4-20250514-v1:0
  atlas catalog model deepseek/deepseek-r1:free`,
    )
    .action(async (name: string) => {
      const { modelOf, resolveModel } = await import('../catalog/index.ts');
      const { modelId, variant, providerId } = resolveModel(name);
      printJson({ name, variant, providerId, model: modelOf(modelId) });
    });
}
