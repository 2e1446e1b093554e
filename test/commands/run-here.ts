import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, vi } from 'vitest';
import { runProgram } from '../../src/commands/run-program.ts';
import { settingNames } from '../../src/config.ts';
import type { Run } from './run-atlas.ts';

/**
 * Makes an empty directory the working directory of a test file and clears the settings. One for the whole
 * file, since the embedded event engine stays with its first data directory while the process lives.
 */
export function useWorkingDirectory(): void {
  const former = process.cwd();
  let directory: string;
  beforeAll(async () => {
    directory = await mkdtemp(path.join(tmpdir(), 'atlas-'));
    process.chdir(directory);
    for (const name of settingNames) vi.stubEnv(name, undefined);
  });
  afterAll(async () => {
    process.chdir(former);
    vi.unstubAllEnvs();
    await rm(directory, { recursive: true, force: true });
  });
}

/** Runs a command in this process, which spares the time to start one, and catches what it prints. */
export async function runHere(...args: string[]): Promise<Run> {
  const printed = { stdout: '', stderr: '' };
  const spies = (['stdout', 'stderr'] as const).map((stream) =>
    vi.spyOn(process[stream], 'write').mockImplementation((text) => {
      printed[stream] += String(text);
      return true;
    }),
  );
  try {
    return { exitCode: await runProgram(args), ...printed };
  } finally {
    for (const spy of spies) spy.mockRestore();
  }
}
