import type { EmbeddedEngineSettings } from './chdb.ts';
import { openEmbeddedEngine } from './embedded-engine.ts';
import type { Engine } from './engine.ts';
import { migrateEngine } from './schema.ts';

/** What the choice of an engine and its limits depend on. */
export type EngineSettings = EmbeddedEngineSettings;

/** Opens the event engine with its tables as this version of the program needs them. */
export async function openEngine(settings: EngineSettings): Promise<Engine> {
  const engine = await openEmbeddedEngine(settings);
  try {
    await migrateEngine(engine);
  } catch (error) {
    await engine.close();
    throw error;
  }
  return engine;
}
