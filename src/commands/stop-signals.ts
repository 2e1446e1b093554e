import type { Logger } from 'pino';
import { AtlasError } from '../errors.ts';

/** npm passes on the SIGINT of Ctrl-C that the terminal has sent to this process too. */
const ECHO_MS = 500;

/** Serves until SIGTERM or SIGINT, then stops gracefully. */
export async function stopOnSignal(stop: () => Promise<void>, logger: Logger): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    const ignore = onStopSignal((signal) => {
      logger.info({ signal }, 'stopping: running requests may finish');
      stop().then(resolve, reject).finally(ignore);
    });
  });
  logger.info('stopped');
}

/** Runs work that SIGTERM or SIGINT ends early but in order. */
export async function interruptible<Result>(
  what: string,
  work: (signal: AbortSignal) => Promise<Result>,
): Promise<Result> {
  const interruption = new AbortController();
  const ignore = onStopSignal(() => interruption.abort());
  try {
    return await work(interruption.signal);
  } catch (cause) {
    if (!interruption.signal.aborted) throw cause;
    throw new AtlasError('INTERRUPTED', `Interrupted: ${what}`, { cause });
  } finally {
    ignore();
  }
}

/**
 * Calls back at the first signal. A second one, of somebody who will not wait, ends the process at once
 * with the exit code that shells expect. Returns what leaves signals to themselves again.
 */
function onStopSignal(stop: (signal: NodeJS.Signals) => void): () => void {
  let receivedAt: number | undefined;
  const onSignal = (signal: NodeJS.Signals): void => {
    if (receivedAt === undefined) {
      receivedAt = performance.now();
      stop(signal);
    } else if (performance.now() - receivedAt > ECHO_MS) {
      process.exit(signal === 'SIGINT' ? 130 : 143);
    }
  };
  process.on('SIGTERM', onSignal).on('SIGINT', onSignal);
  return () => void process.off('SIGTERM', onSignal).off('SIGINT', onSignal);
}
