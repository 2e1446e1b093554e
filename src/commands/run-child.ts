import { spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { AtlasError } from '../errors.ts';
import { printProgress } from './output.ts';

const programFile = path.resolve(import.meta.dirname, '../../bin/atlas.js');
const signals = ['SIGTERM', 'SIGINT'] as const;

/**
 * Runs a command of this program in a process of its own, so that this one never loads what the command
 * needs. All it prints goes to standard error: here it is progress.
 */
export async function runInChild(...args: string[]): Promise<void> {
  printProgress(`> atlas ${args.join(' ')}`);
  const child = spawn(process.execPath, [programFile, ...args], { stdio: ['ignore', 2, 2] });
  // A supervisor signals this process only.
  const passOn = (signal: NodeJS.Signals): void => void child.kill(signal);
  for (const signal of signals) process.on(signal, passOn);
  const [exitCode, signal] = (await once(child, 'exit')) as [number | null, NodeJS.Signals | null];
  for (const signal of signals) process.off(signal, passOn);
  if (signal !== null && signals.some((name) => name === signal)) process.kill(process.pid, signal);
  if (exitCode === 0) return;
  throw new AtlasError(
    'FIRST_START_FAILED',
    `\`atlas ${args.join(' ')}\` ended with ${signal ?? `exit code ${exitCode}`}; its reason stands above. ` +
      'What was done until then is kept: start again once it is mended.',
  );
}
