import type { Command } from 'commander';
import { addKeysCreateCommand } from './keys-create.ts';
import { addKeysListCommand, addKeysShowCommand } from './keys-list.ts';
import { addKeysRevokeCommand } from './keys-revoke.ts';
import { addKeysRotateCommand } from './keys-rotate.ts';

/** `atlas keys`. */
export function addKeysCommand(program: Command): void {
  const command = program
    .command('keys')
    .summary('make, list, rotate and revoke API keys')
    .description(
      'Administers API keys. A key is shown once, when it is made; only its digest is kept. Servers take ' +
        'notice of any change within 5 seconds. While a server runs on the embedded database, which belongs ' +
        'to one process at a time, use its mutations createKey, rotateKey and revokeKey with a key that has ' +
        'the scope keys:admin; with DATABASE_URL these commands work beside it.',
    )
    .addHelpText(
      'after',
      `
Examples:
  atlas keys create --name 'Example Inc.' --dataset my-gateway --scope spend:read --expires 365d
  atlas keys list
  atlas keys show 8fK2mQ0aXzB
  atlas keys rotate 8fK2mQ0aXzB --overlap 7d
  atlas keys revoke 8fK2mQ0aXzB --reason 'found in a public repository'`,
    );
  addKeysCreateCommand(command);
  addKeysListCommand(command);
  addKeysShowCommand(command);
  addKeysRotateCommand(command);
  addKeysRevokeCommand(command);
}
