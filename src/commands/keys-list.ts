import type { Command } from 'commander';
import { type ApiKey, stateOf } from '../access/viewer.ts';
import { formatTable, printJson, printResult } from './output.ts';
import { withKeys } from './with-keys.ts';

/** `atlas keys list`. */
export function addKeysListCommand(keys: Command): void {
  keys
    .command('list')
    .summary('list all keys, newest first')
    .description('Lists all keys with their state, what they allow and their last use, newest first.')
    .option('--json', 'print JSON')
    .addHelpText('after', '\nExamples:\n  atlas keys list\n  atlas keys list --json')
    .action(async ({ json }: { json?: true }) => {
      const all = await withKeys((service) => service.list());
      if (json === true) return printJson(all.map((key) => ({ ...key, state: stateOf(key) })));
      printResult(
        formatTable(
          ['id', 'name', 'state', 'scopes', 'data sets', 'quota', 'expires', 'last used'],
          all.map((key) => [
            key.id,
            key.name,
            stateOf(key),
            key.scopes.join(' ') || null,
            key.datasets.join(' ') || null,
            key.quotaClass,
            minute(key.expiresAt),
            minute(key.lastUsedAt),
          ]),
        ),
      );
    });
}

/** `atlas keys show`. */
export function addKeysShowCommand(keys: Command): void {
  keys
    .command('show')
    .summary('show a key, what became of it and what it was used for')
    .description('Shows all that is known of a key: its audit, and its use by day and operation.')
    .argument('<id>', 'the key: the part behind atlas_live_')
    .option('--json', 'print JSON')
    .addHelpText('after', '\nExamples:\n  atlas keys show 8fK2mQ0aXzB')
    .action(async (id: string, { json }: { json?: true }) => {
      const shown = await withKeys(async (service) => {
        const key = await service.get(id);
        const usage = await service.usage(key, { from: null, to: null });
        return { key, audit: await service.audit(id), usage };
      });
      if (json === true) return printJson({ ...shown, key: { ...shown.key, state: stateOf(shown.key) } });
      printResult(describeKey(shown.key));
      const audit = shown.audit.map(({ at, action, actor, detail }) => [
        at.toISOString(),
        action,
        actor,
        JSON.stringify(detail),
      ]);
      printResult(`\n${formatTable(['at', 'action', 'by', 'detail'], audit)}`);
      const usage = shown.usage.map(({ day, operation, requests, points, errors }) => [
        day,
        operation,
        requests,
        points,
        errors,
      ]);
      printResult(`\n${formatTable(['day', 'operation', 'requests', 'points', 'errors'], usage)}`);
    });
}

function describeKey(key: ApiKey): string {
  return Object.entries({ state: stateOf(key), ...key })
    .map(([name, value]) => `${name.padEnd(14)} ${describeValue(value)}`)
    .join('\n');
}

function describeValue(value: unknown): string {
  if (value instanceof Date) return value.toISOString();
  if (Array.isArray(value)) return value.join(' ') || '–';
  return value === null ? '–' : String(value);
}

function minute(time: Date | null): string | null {
  return time === null ? null : `${time.toISOString().slice(0, 16)}Z`;
}
