import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { migrate } from '../../src/database/migrate.ts';
import { type DatabaseSettings, openDatabase } from '../../src/database/open-database.ts';
import { EventStore } from '../../src/engine/event-store.ts';
import { openEngine } from '../../src/engine/open-engine.ts';
import { loadFile } from '../../src/releases/load-files.ts';
import { publish } from '../../src/releases/publish.ts';
import { describeOnServer } from '../support/databases.ts';
import { sorted, usageByHand } from './count-by-hand.ts';
import { gateway, requests, writeLog } from './gateway-log.ts';
import { publishedUsage, shapesOfReleases } from './published.ts';

// More rounds by hand: ATLAS_TEST_KILLS=50.
const rounds = Number(process.env.ATLAS_TEST_KILLS ?? 10);
// At which step of the publication its process is killed, and how long after its beginning at most.
const moments = [
  { step: 'names', latestMs: 60 },
  { step: 'entities', latestMs: 60 },
  { step: 'usage_day_model_provider', latestMs: 150 },
  { step: 'usage_day_model_country', latestMs: 150 },
  { step: 'active_users', latestMs: 100 },
  { step: 'totals and checks', latestMs: 30 },
  // Into the commit and beyond.
  { step: 'totals and checks', latestMs: 500 },
] as const;

const logged = requests(8_000);
const declaration = gateway('killed');
let directory: string;
beforeAll(async () => {
  directory = await mkdtemp(path.join(tmpdir(), 'atlas-kill-'));
  const file = await writeLog(directory, 'log.ndjson', logged);
  await counting((engine) =>
    loadFile({ store: new EventStore(engine), declaration, file, pseudonymKey: Buffer.alloc(32) }),
  );
});
afterAll(() => rm(directory, { recursive: true }));

const survives = 'leaves no half release, and the next one is complete';

describe('a publication whose process is killed (embedded)', () => {
  it(
    survives,
    () => publishAndKill({ databaseDirectory: path.join(directory, 'database') }),
    rounds * 30_000,
  );
});

describeOnServer('a publication whose process is killed', (open) => {
  it(survives, async () => publishAndKill((await open()).settings), rounds * 30_000);
});

async function publishAndKill(target: Pick<DatabaseSettings, 'databaseUrl' | 'databaseDirectory'>) {
  const settings = { databasePoolSize: 2, ...target };
  const first = await publishHere(settings);
  const whole = first.shapes[first.releaseId];

  const outcomes: string[] = [];
  for (let round = 0; round < rounds; round += 1) {
    const { step, latestMs } = moments[round % moments.length] ?? moments[0];
    const killed = await killWhilePublishing(target.databaseUrl, step, Math.random() * latestMs);
    expectWhole(killed.found);
    outcomes.push(
      `${step}: killed at ${killed.lastWord}, ${Object.keys(killed.found).length} releases before`,
    );
  }
  if (process.env.ATLAS_TEST_KILLS !== undefined) console.log(outcomes.join('\n'));

  const last = await publishHere(settings);
  expectWhole(last.shapes);
  expect(last.usage).toEqual(sorted(usageByHand(logged, 'provider')));

  function expectWhole(shapes: Record<string, unknown>) {
    expect(shapes).toEqual(Object.fromEntries(Object.keys(shapes).map((id) => [id, whole])));
    expect(shapes).toHaveProperty([first.releaseId]);
  }
}

/** Publishes in this process, which the engine's directory and the database are free for. */
async function publishHere(settings: DatabaseSettings) {
  const database = await openDatabase(settings);
  try {
    await migrate(database.pool);
    const { releaseId } = await counting((engine) => publish({ engine, database, declaration, force: true }));
    return {
      releaseId,
      shapes: await shapesOfReleases(database.pool),
      usage: sorted(await publishedUsage(database.pool, releaseId, 'provider')),
    };
  } finally {
    await database.close();
  }
}

async function counting<T>(work: (engine: Awaited<ReturnType<typeof openEngine>>) => Promise<T>): Promise<T> {
  const engine = await openEngine({
    directory: path.join(directory, 'engine'),
    maxMemoryBytes: 512 * 2 ** 20,
  });
  try {
    return await work(engine);
  } finally {
    await engine.close();
  }
}

/** Kills a publishing process without warning; returns the releases it found, and the last it said. */
function killWhilePublishing(databaseUrl: string | undefined, step: string, delayMs: number) {
  const script = path.join(import.meta.dirname, 'publish-process.ts');
  const place = [directory, declaration.id, ...(databaseUrl === undefined ? [] : [databaseUrl])];
  const child = spawn(process.execPath, ['--import', 'tsx', script, ...place], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let words = '';
  let complaints = '';
  child.stderr.on('data', (chunk: Buffer) => (complaints += chunk.toString()));
  child.stdout.on('data', (chunk: Buffer) => {
    const alreadySaid = words.includes(`\n${step}\n`);
    words += chunk.toString();
    if (!alreadySaid && words.includes(`\n${step}\n`)) setTimeout(() => child.kill('SIGKILL'), delayMs);
  });
  type Killed = { found: Awaited<ReturnType<typeof shapesOfReleases>>; lastWord: string };
  return new Promise<Killed>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', () => {
      const lines = words.trim().split('\n');
      const found = lines.find((line) => line.startsWith('found '))?.slice('found '.length);
      if (found === undefined || !lines.includes(step)) {
        reject(new Error(`the publishing process failed by itself: ${words}${complaints}`));
      } else resolve({ found: JSON.parse(found) as Killed['found'], lastWord: lines.at(-1) ?? '' });
    });
  });
}
