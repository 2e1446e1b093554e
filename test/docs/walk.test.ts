import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { migrate } from '../../src/database/migrate.ts';
import { type Database, openDatabase } from '../../src/database/open-database.ts';
import { readConfig } from '../../src/config.ts';
import { openEngine } from '../../src/engine/open-engine.ts';
import { listShipped } from '../../src/releases/declarations.ts';
import { publish } from '../../src/releases/publish.ts';
import { simulate } from '../../src/simulate/simulate.ts';
import { type GuardedServer, runGuardedServer } from '../support/guarded-server.ts';

const run = promisify(execFile);
const page = await readFile(path.resolve(import.meta.dirname, '../../README.md'), 'utf8');
const [, walk = ''] = /^## A walk through a figure\n(.*?)^## /ms.exec(page) ?? [];

/** Each command of the walk with the answer that the page prints below it. */
const steps = [...walk.matchAll(/^```sh\n(.*?)^```\n\n^```json\n(.*?)^```/gms)].map(
  ([, command = '', answer = '']) => ({ command, answer }),
);

describe("a newcomer's walk", () => {
  let server: GuardedServer | undefined;
  let database: Database | undefined;
  let directory: string;

  // The data set that ships, drawn and published as the first start does.
  beforeAll(async () => {
    const declaration = (await listShipped()).find(({ id }) => id === 'simulated-study');
    if (declaration?.simulate === undefined) throw new Error('no simulated data set ships');
    directory = await mkdtemp(path.join(tmpdir(), 'atlas-walk-'));
    database = await openDatabase(readConfig({ ATLAS_DATA_DIR: directory }));
    await migrate(database.pool);
    const engine = await openEngine({ directory: path.join(directory, 'engine'), maxMemoryBytes: 2 ** 30 });
    try {
      await simulate({ engine, dataset: declaration.id, ...declaration.simulate });
      await publish({ engine, database, declaration });
    } finally {
      await engine.close();
    }
    server = await runGuardedServer(database);
  }, 600_000);
  afterAll(async () => {
    await server?.stop();
    await database?.close();
    await rm(directory, { recursive: true, force: true });
  });

  it('prints an answer below each command', () => {
    expect(steps).toHaveLength([...walk.matchAll(/^```sh$/gm)].length);
    expect(steps.length).toBeGreaterThan(2);
  });

  it.each(steps)('is answered as the page prints, step %#', { timeout: 120_000 }, async (step) => {
    const address = new URL(server?.url ?? '').origin;
    const { stdout } = await run('bash', ['-euc', step.command.replaceAll('http://localhost:4000', address)]);
    const { data, errors } = JSON.parse(stdout) as { data: unknown; errors?: unknown };
    expect(errors).toBeUndefined();
    expect({ data }).toEqual(JSON.parse(step.answer));
  });
});
