import { spawn } from 'node:child_process';
import path from 'node:path';
import { expect, it } from 'vitest';
import { openEngine } from '../../src/engine/open-engine.ts';
import { simulate } from '../../src/simulate/simulate.ts';
import { temporaryDirectory } from '../engine/event-rows.ts';

const generations = 20_000;
const moments = ['simulate.store_events', 'simulate.store_labels', 'load.read_back', 'generated.seal'];

/** The last words of a process whose seal may have been through when it died. */
const sealing = ['generated.seal', 'simulate.drop', 'committed'];

it('a simulation whose process is killed leaves nothing, and the next one is complete', async () => {
  let directory = await temporaryDirectory();
  for (const [round, word] of moments.entries()) {
    const lastWord = await simulateAndKill(directory, word, 15 * round);
    const { visible } = await stateOf(directory);
    if (visible.generations > 0) {
      // Sealed: then all is there, labels too. The next round begins elsewhere.
      expect(sealing, `killed at ${word}`).toContain(lastWord);
      expect(visible).toMatchObject({ generations, loads: 2 });
      directory = await temporaryDirectory();
      continue;
    }
    expect(visible, `killed at ${word}`).toEqual({ loads: 0, generations: 0, labels: 0 });
  }
  const engine = await openEngine({ directory, maxMemoryBytes: 512 * 2 ** 20 });
  const options = { engine, dataset: 'world', generations, seed: 1, months: 13, labelShare: 0.2 };
  const { labels } = await simulate(options).finally(() => engine.close());
  expect(await stateOf(directory)).toEqual({
    visible: { loads: 2, generations, labels },
    stored: { generations, keys: generations + labels },
  });
}, 300_000);

async function stateOf(directory: string) {
  const engine = await openEngine({ directory, maxMemoryBytes: 512 * 2 ** 20 });
  try {
    const count = async (table: string) => {
      const [row] = await engine.rows<{ rows: string }>('test.count', `SELECT count() AS rows FROM ${table}`);
      return Number(row?.rows);
    };
    return {
      visible: {
        loads: await count('loads'),
        generations: await count('generations'),
        labels: await count('labels'),
      },
      stored: { generations: await count('stored_generations'), keys: await count('stored_keys') },
    };
  } finally {
    await engine.close();
  }
}

/** Starts a simulation and kills it without warning; returns the last thing it said. */
function simulateAndKill(directory: string, word: string, delayMs: number): Promise<string> {
  const script = path.join(import.meta.dirname, 'simulate-process.ts');
  const args = ['--import', 'tsx', script, directory, String(generations)];
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'pipe'] });
  let words = '';
  let complaints = '';
  child.stderr.on('data', (chunk: Buffer) => (complaints += chunk.toString()));
  child.stdout.on('data', (chunk: Buffer) => {
    const alreadySaid = words.includes(word);
    words += chunk.toString();
    if (!alreadySaid && words.includes(word)) setTimeout(() => child.kill('SIGKILL'), delayMs);
  });
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', () => {
      if (words.includes(word)) resolve(words.trim().split('\n').at(-1) ?? '');
      else reject(new Error(`the simulating process failed by itself: ${complaints}`));
    });
  });
}
