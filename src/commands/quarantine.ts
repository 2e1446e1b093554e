import { type Command, InvalidArgumentError } from 'commander';
import { readConfig } from '../config.ts';
import { formatTable, printJson, printProgress, printResult } from './output.ts';

interface QuarantineOptions {
  dataset: string;
  limit: number;
  csv?: true;
  json?: true;
}

const columns = ['load', 'file', 'line', 'field', 'code', 'reason'];

/** `atlas quarantine`. */
export function addQuarantineCommand(program: Command): void {
  program
    .command('quarantine')
    .summary('list the rows that were refused, and why')
    .description(
      'Lists the rows that loads refused, the latest load first: file, line, field, code and reason. The ' +
        'rows themselves are not kept: look them up in the file, mend it and load it again.',
    )
    .requiredOption('--dataset <id>', 'the data set')
    .option('--limit <number>', 'how many rows at most', parseLimit, 1_000)
    .option('--csv', 'print CSV')
    .option('--json', 'print JSON')
    .addHelpText(
      'after',
      `
Examples:
  atlas quarantine --dataset my-gateway
  atlas quarantine --dataset my-gateway --csv --limit 1000000 > refused.csv`,
    )
    .action(async ({ dataset, limit, csv, json }: QuarantineOptions) => {
      const config = readConfig();
      const { findDeclaration } = await import('../releases/declarations.ts');
      const { withEngine } = await import('./counting-side.ts');
      const { id } = await findDeclaration(config.datasetDirectory, dataset);
      const refused = await withEngine(config, (_engine, store) => store.quarantined(id, { limit }));
      const rows = refused.map(({ loadId, file, line, field, code, reason }) => [
        loadId,
        file,
        line,
        field,
        code,
        reason,
      ]);
      if (json === true) printJson(refused);
      else if (csv === true) printResult(await toCsv(rows));
      else if (rows.length > 0) printResult(formatTable(columns, rows));
      else printResult('No row was refused.');
      if (rows.length === limit) printProgress(`There may be more than these ${limit}: see --limit.`);
    });
}

async function toCsv(rows: (string | number | null)[][]): Promise<string> {
  const { stringify } = await import('csv-stringify/sync');
  // File names and reasons come from outside: a spreadsheet must not take them for formulas.
  return stringify(rows, { header: true, columns, escape_formulas: true }).trimEnd();
}

function parseLimit(text: string): number {
  const limit = Number(text);
  if (Number.isInteger(limit) && limit >= 1 && limit <= 0xffffffff) return limit;
  throw new InvalidArgumentError('Give a whole number of at least 1.');
}
