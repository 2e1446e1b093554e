import type { Config } from '../config.ts';
import { openEngine } from '../engine/open-engine.ts';
import { EventStore } from '../engine/event-store.ts';
import type { Engine } from '../engine/engine.ts';
import { loadPseudonymKey } from '../events/pseudonym.ts';

/** Lends the event engine to some work and closes it again, whatever became of the work. */
export async function withEngine<Result>(
  config: Config,
  work: (engine: Engine, store: EventStore) => Promise<Result>,
): Promise<Result> {
  const engine = await openEngine({
    directory: config.engineDirectory,
    maxMemoryBytes: config.engineMemoryBytes,
  });
  try {
    return await work(engine, new EventStore(engine));
  } finally {
    await engine.close();
  }
}

/** The key of the settings, else that of the data directory, which is made when it is first needed. */
export async function readPseudonymKey(config: Config): Promise<Buffer> {
  return config.pseudonymKey === undefined
    ? loadPseudonymKey(config.dataDirectory)
    : Buffer.from(config.pseudonymKey, 'hex');
}
