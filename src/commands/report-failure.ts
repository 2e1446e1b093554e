import { readConfig } from '../config.ts';
import { AtlasError, exitCodeOf } from '../errors.ts';
import { printProgress } from './output.ts';

/** Says why a command failed, in its own words where it has some, and returns its exit code. */
export function reportFailure(error: unknown): number {
  const message = error instanceof Error ? error.message : String(error);
  printProgress(`error: ${message}`);
  if (error instanceof AtlasError) printProgress(`code: ${error.code}`);
  if (isDebugging()) printProgress(describeStack(error));
  else if (!(error instanceof AtlasError)) {
    printProgress('This should not happen. Run it again with LOG_LEVEL=debug to see where it does.');
  }
  return exitCodeOf(error);
}

/** Settings may be what failed. */
function isDebugging(): boolean {
  try {
    return readConfig().logLevel === 'debug';
  } catch {
    return false;
  }
}

function describeStack(error: unknown): string {
  if (!(error instanceof Error)) return '';
  const cause = error.cause === undefined ? '' : `\ncaused by ${describeStack(error.cause)}`;
  return `${error.stack}${cause}`;
}
