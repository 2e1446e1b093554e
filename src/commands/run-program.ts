import { CommanderError } from 'commander';
import { buildProgram } from './program.ts';
import { reportFailure } from './report-failure.ts';

/** Runs the command that the arguments name, reports its failure, and returns its exit code. */
export async function runProgram(args: readonly string[]): Promise<number> {
  try {
    await buildProgram().parseAsync(args, { from: 'user' });
    return 0;
  } catch (error) {
    if (!(error instanceof CommanderError)) return reportFailure(error);
    // Commander has printed the reason; asking for help or the version is no error.
    return error.exitCode === 0 ? 0 : 2;
  }
}
