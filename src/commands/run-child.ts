import { spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { AtlasError } from '../errors.ts';
import { printProgress } from './output.ts';

const programFile = path.resolve(import.meta.dirname, '../../bin/atlas.js');

/**
 * Runs a command of this program in a process of its own, so that this one never loads what the command
 * needs. All it prints goes to standard error: here it is progress.
 */
export async function runInChild(...args: string[]): Promise<void> {
  printProgress(`> atlas ${args.join(' ')}`);
  const child = spawn(process.execPath, [programFile, ...args], { stdio: ['ignore', 2, 2] });
  // A supervisor signals this process only.
  let interruption: NodeJS.Signals | undefined;
  const passOn = (signal: NodeJS.Signals): void => {
    interruption = signal;
    child.kill(signal);
  };
  process.on('SIGTERM', passOn).on('SIGINT', passOn);
  const [exitCode, signal] = (await once(child, 'exit')) as [number | null, NodeJS.Signals | null];
  process.off('SIGTERM', passOn).off('SIGINT', passOn);
  if (interruption !== undefined) {
    throw new AtlasError('INTERRUPTED', 'Interrupted; the next start goes on from here.');
  }
  if (exitCode === 0) return;
  throw new AtlasError(
    'FIRST_START_FAILED',
    `\`atlas ${args.join(' ')}\` ended with ${signal ?? `exit code ${exitCode}`}; its reason stands above. ` +
      'What was done until then is kept: start again once it is mended.',
  );
}
