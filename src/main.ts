import { reportFailure } from './commands/report-failure.ts';
import { runProgram } from './commands/run-program.ts';

process.exitCode = loadEnvironmentFile() ?? (await runProgram(process.argv.slice(2)));

/** Settings of a file .env in the working directory; those already in the environment win. */
function loadEnvironmentFile(): number | undefined {
  try {
    process.loadEnvFile();
    return undefined;
  } catch (error) {
    const isAbsent = error instanceof Error && 'code' in error && error.code === 'ENOENT';
    return isAbsent ? undefined : reportFailure(error);
  }
}
