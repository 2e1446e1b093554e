import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { onTestFinished } from 'vitest';
import { settingNames } from '../../src/config.ts';

const programFile = path.resolve(import.meta.dirname, '../../bin/atlas.js');

export interface Run {
  exitCode: number | null;
  stdout: string;
  stderr: string;
}

export interface RunningAtlas {
  readonly process: ChildProcess;
  /** What it has printed so far. */
  readonly printed: { stdout: string; stderr: string };
  readonly ended: Promise<Run>;
  /** The first match in what it prints to standard error; fails where it ends without one. */
  waitFor(pattern: RegExp): Promise<RegExpMatchArray>;
}

/** An empty directory for a data directory and a .env, removed when the test ends. */
export async function makeWorkingDirectory(): Promise<string> {
  const directory = await mkdtemp(path.join(tmpdir(), 'atlas-'));
  onTestFinished(() => rm(directory, { recursive: true, force: true }));
  return directory;
}

/** Starts the program as a user does, with no settings but these. */
export function startAtlas(cwd: string, args: string[], settings: Record<string, string> = {}): RunningAtlas {
  const inherited = Object.fromEntries(
    Object.entries(process.env).filter(([name]) => !settingNames.includes(name)),
  );
  const child = spawn(process.execPath, [programFile, ...args], {
    cwd,
    env: { ...inherited, ...settings },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  const printed = { stdout: '', stderr: '' };
  child.stdout.on('data', (text: Buffer) => (printed.stdout += text.toString()));
  child.stderr.on('data', (text: Buffer) => (printed.stderr += text.toString()));
  const ended = once(child, 'close').then(([exitCode]) => ({
    exitCode: exitCode as number | null,
    ...printed,
  }));
  const waitFor = async (pattern: RegExp): Promise<RegExpMatchArray> => {
    for (;;) {
      const match = printed.stderr.match(pattern);
      if (match !== null) return match;
      const next = await Promise.race([once(child.stderr, 'data'), ended]);
      if (!Array.isArray(next) && !pattern.test(printed.stderr)) {
        throw new Error(`It ended without printing ${pattern}: ${printed.stderr}`);
      }
    }
  };
  return { process: child, printed, ended, waitFor };
}

/** Runs a command to its end. */
export function runAtlas(cwd: string, args: string[], settings?: Record<string, string>): Promise<Run> {
  return startAtlas(cwd, args, settings).ended;
}
