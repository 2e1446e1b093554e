import type { Logger } from 'pino';

/** npm passes on the SIGINT of Ctrl-C that the terminal has sent to this process too. */
const ECHO_MS = 500;

/**
 * Waits for SIGTERM or SIGINT, then stops gracefully. A second signal, an impatient one, ends the process
 * at once with the exit code shells expect of it.
 */
export async function stopOnSignal(stop: () => Promise<void>, logger: Logger): Promise<void> {
  const signal = await nextSignal();
  const receivedAt = performance.now();
  logger.info({ signal }, 'stopping: running requests may finish');
  const onSecond = (second: NodeJS.Signals): void => {
    if (performance.now() - receivedAt < ECHO_MS) return;
    process.exit(second === 'SIGINT' ? 130 : 143);
  };
  process.on('SIGTERM', onSecond).on('SIGINT', onSecond);
  try {
    await stop();
  } finally {
    process.off('SIGTERM', onSecond).off('SIGINT', onSecond);
  }
  logger.info('stopped');
}

function nextSignal(): Promise<NodeJS.Signals> {
  return new Promise((resolve) => {
    const onSignal = (signal: NodeJS.Signals): void => {
      process.off('SIGTERM', onSignal).off('SIGINT', onSignal);
      resolve(signal);
    };
    process.on('SIGTERM', onSignal).on('SIGINT', onSignal);
  });
}
