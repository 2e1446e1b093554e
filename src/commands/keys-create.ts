import { type Command, Option } from 'commander';
import type { CreatedKey } from '../access/key-store.ts';
import { quotaClassNames, scopes, type Scope } from '../access/scopes.ts';
import { collectScopes, collectTexts, parseExpiry } from './key-options.ts';
import { printJson, printProgress, printResult } from './output.ts';
import { withKeys } from './with-keys.ts';

interface CreateOptions {
  name: string;
  scope: Scope[];
  dataset: string[];
  quota: string;
  expires?: Date;
  json?: true;
}

const listOfScopes = Object.entries(scopes)
  .map(([scope, meaning]) => `  ${scope.padEnd(20)} ${meaning}`)
  .join('\n');

/** `atlas keys create`. */
export function addKeysCreateCommand(keys: Command): void {
  keys
    .command('create')
    .summary('make a key and print it, once')
    .description('Makes a key and prints it to standard output. What it allows does not change later.')
    .requiredOption('--name <text>', 'who will use it')
    .option('--scope <scope>', 'what it allows; may be repeated', collectScopes, [])
    .option('--dataset <id>', 'PARTNER data set that it opens; may be repeated', collectTexts, [])
    .addOption(new Option('--quota <class>', 'its quota').choices(quotaClassNames).default('STANDARD'))
    .option('--expires <when>', 'when it ends: a day, or how long from now (default: never)', parseExpiry)
    .option('--json', 'print JSON')
    .addHelpText(
      'after',
      `
Scopes:
${listOfScopes}

Examples:
  atlas keys create --name 'Example Inc.' --expires 365d
  atlas keys create --name 'Example Inc.' --dataset my-gateway --scope spend:read --quota LARGE
  atlas keys create --name 'operations' --scope keys:admin --expires 2027-01-01`,
    )
    .action(async ({ name, scope, dataset, quota, expires, json }: CreateOptions) => {
      const { checkNewKey } = await import('../access/key-requests.ts');
      const asked = { name, scopes: scope, datasets: dataset, quotaClass: quota, expiresAt: expires ?? null };
      const wanted = checkNewKey(asked);
      printCreated(await withKeys((service, actor) => service.create(wanted, actor)), json);
    });
}

/** The key alone goes to standard output, so that it can be piped into a secret store. */
export function printCreated({ key, text }: CreatedKey, json: true | undefined): void {
  if (json === true) return printJson({ key, secret: text });
  printProgress(`Made the key ${key.id} for ${key.name}. It is shown this once; only its digest is kept.`);
  printResult(text);
}
