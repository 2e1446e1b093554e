import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll } from 'vitest';
import type { Engine } from '../../src/engine/engine.ts';
import { EventStore } from '../../src/engine/event-store.ts';
import { openEngine } from '../../src/engine/open-engine.ts';
import { loadFile } from '../../src/releases/load-files.ts';
import { gateway, type LoggedRequest, writeLog } from './gateway-log.ts';

export interface CountingSide {
  /** For files of the test. */
  directory: string;
  engine: Engine;
  store: EventStore;
  /** Loads the requests as a log file of the data set. */
  load(dataset: string, name: string, logged: readonly LoggedRequest[]): Promise<void>;
}

/** An event engine for the tests of this file, which load into data sets of their own. */
export function useCountingSide(): CountingSide {
  const side = {} as CountingSide;
  beforeAll(async () => {
    side.directory = await mkdtemp(path.join(tmpdir(), 'atlas-releases-'));
    side.engine = await openEngine({
      directory: path.join(side.directory, 'engine'),
      maxMemoryBytes: 512 * 2 ** 20,
    });
    side.store = new EventStore(side.engine);
    side.load = async (dataset, name, logged) => {
      const file = await writeLog(side.directory, `${dataset}-${name}.ndjson`, logged);
      const declaration = gateway(dataset);
      await loadFile({ store: side.store, declaration, file, pseudonymKey: Buffer.alloc(32) });
    };
  });
  afterAll(async () => {
    await side.engine.close();
    await rm(side.directory, { recursive: true });
  });
  return side;
}

/** The engine with some of its calls replaced, to make things happen in the middle of a publication. */
export function withCalls(engine: Engine, calls: Partial<Engine>): Engine {
  return {
    statementMemoryBytes: engine.statementMemoryBytes,
    command: (...given) => engine.command(...given),
    rows: (...given) => engine.rows(...given),
    stream: (...given) => engine.stream(...given),
    insert: (...given) => engine.insert(...given),
    close: () => engine.close(),
    ...calls,
  };
}
