import type { Command } from 'commander';
import { printResult } from './output.ts';
import { withKeys } from './with-keys.ts';

/** `atlas keys revoke`. */
export function addKeysRevokeCommand(keys: Command): void {
  keys
    .command('revoke')
    .summary('end a key for good')
    .description(
      'Ends a key for good. Every server refuses it within 5 seconds. A second time changes nothing.',
    )
    .argument('<id>', 'the key: the part behind atlas_live_')
    .option('--reason <text>', 'why, for the audit')
    .addHelpText(
      'after',
      "\nExamples:\n  atlas keys revoke 8fK2mQ0aXzB --reason 'found in a public repository'",
    )
    .action(async (id: string, { reason }: { reason?: string }) => {
      const { revokedAt } = await withKeys((service, actor) => service.revoke(id, reason ?? null, actor));
      printResult(`${id} is revoked since ${revokedAt?.toISOString()}.`);
    });
}
