import type { Command } from 'commander';
import { parseDuration, parseExpiry } from './key-options.ts';
import { printCreated } from './keys-create.ts';
import { printProgress } from './output.ts';
import { withKeys } from './with-keys.ts';

interface RotateOptions {
  overlap?: number;
  expires?: Date;
  json?: true;
}

/** `atlas keys rotate`. */
export function addKeysRotateCommand(keys: Command): void {
  keys
    .command('rotate')
    .summary('replace a key by a new one that allows the same')
    .description(
      'Makes a key that allows the same and prints it. The former key is accepted until the overlap is over, ' +
        'so that its user can change it without an outage; both count as one against the quota.',
    )
    .argument('<id>', 'the key: the part behind atlas_live_')
    .option('--overlap <duration>', 'how long the former key is still accepted (default: 7d)', parseDuration)
    .option('--expires <when>', 'when the new key ends (default: never)', parseExpiry)
    .option('--json', 'print JSON')
    .addHelpText(
      'after',
      `
Examples:
  atlas keys rotate 8fK2mQ0aXzB
  atlas keys rotate 8fK2mQ0aXzB --overlap 0 --expires 365d    at once, as after a leak`,
    )
    .action(async (id: string, { overlap, expires, json }: RotateOptions) => {
      const { checkOverlap, defaultOverlapSeconds } = await import('../access/key-requests.ts');
      const overlapSeconds = checkOverlap(overlap ?? defaultOverlapSeconds);
      const created = await withKeys((service, actor) =>
        service.rotate(id, { overlapSeconds, expiresAt: expires ?? null }, actor),
      );
      const until = new Date(Date.now() + overlapSeconds * 1_000).toISOString();
      printProgress(
        overlapSeconds === 0 ? `${id} is no longer accepted.` : `${id} is accepted until ${until}.`,
      );
      printCreated(created, json);
    });
}
