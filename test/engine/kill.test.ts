import { spawn } from 'node:child_process';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { EventStore } from '../../src/engine/event-store.ts';
import { openEngine } from '../../src/engine/open-engine.ts';
import { temporaryDirectory } from './event-rows.ts';
import { generatedRows } from './generated-rows.ts';

const rowsPerFile = 60_000;
// More rounds by hand: ATLAS_TEST_KILLS=50.
const rounds = Number(process.env.ATLAS_TEST_KILLS ?? 16);
// About to run which statement the process is killed, and how long after that at most.
const moments = [
  { word: 'load.empty_staging', latestMs: 30 },
  { word: 'load.stage', latestMs: 300 },
  { word: 'load.decide_repeats', latestMs: 60 },
  { word: 'load.store_keys', latestMs: 40 },
  { word: 'load.store_events', latestMs: 120 },
  { word: 'load.store_quarantine', latestMs: 20 },
  // What the killed ones before this have left is being swept away.
  { word: 'sweep.find', latestMs: 60 },
  { word: 'load.seal', latestMs: 30 },
] as const;

interface State {
  loads: number;
  rows: number;
  distinctKeys: number;
  tokens: number;
  /** Stored rows of a load that is not finished: out of sight, and swept when the next load begins. */
  unfinishedRows: number;
  stagedRows: number;
}

describe('a load whose process is killed', () => {
  it(
    'leaves the store as it was, and the next load is complete',
    async () => {
      const directory = await temporaryDirectory();
      const expected = await loadHere(directory, 'first.csv');
      expect(await stateOf(directory)).toEqual(expected);

      const left: string[] = [];
      for (let round = 0; round < rounds; round += 1) {
        const moment = moments[round % moments.length] ?? moments[0];
        const file = `file ${round}.csv`;
        const delayMs = Math.random() * moment.latestMs;
        const lastWord = await loadAndKill(directory, file, moment.word, delayMs);
        const state = await stateOf(directory);
        const context = `round ${round}, killed ${delayMs.toFixed()} ms after ${moment.word}, when it was at ${lastWord}`;
        // The last statement may have been through when the process died: then the whole file is there.
        const isThere = state.loads > expected.loads;
        if (isThere) addFile(expected);
        else expect(lastWord, context).not.toBe('committed');
        expect({ ...state, unfinishedRows: 0, stagedRows: 0 }, context).toEqual(expected);
        left.push(`${context}: ${isThere ? 'whole' : 'absent'}, ${state.unfinishedRows} rows out of sight`);
      }
      if (process.env.ATLAS_TEST_KILLS !== undefined) console.log(left.join('\n'));

      await loadHere(directory, 'last.csv');
      addFile(expected);
      // Nothing out of sight is left either.
      expect(await stateOf(directory)).toEqual(expected);
    },
    rounds * 20_000,
  );
});

const tokensPerFile = [...generatedRows('any', rowsPerFile)]
  .flat()
  .reduce((sum, row) => sum + row.promptTokens + row.completionTokens, 0);

function addFile(state: State): void {
  state.loads += 1;
  state.rows += rowsPerFile;
  state.distinctKeys += rowsPerFile;
  state.tokens += tokensPerFile;
}

async function loadHere(directory: string, file: string): Promise<State> {
  const engine = await openEngine({ directory, maxMemoryBytes: 512 * 2 ** 20 });
  try {
    const session = await new EventStore(engine).beginLoad({
      dataset: 'gateway',
      file,
      format: 'atlas',
      kind: 'generation',
    });
    for (const batch of generatedRows(file, rowsPerFile)) await session.append(batch);
    expect(await session.commit()).toMatchObject({ accepted: rowsPerFile, totalTokens: tokensPerFile });
  } finally {
    await engine.close();
  }
  return {
    loads: 1,
    rows: rowsPerFile,
    distinctKeys: rowsPerFile,
    tokens: tokensPerFile,
    unfinishedRows: 0,
    stagedRows: 0,
  };
}

async function stateOf(directory: string): Promise<State> {
  const engine = await openEngine({ directory, maxMemoryBytes: 512 * 2 ** 20 });
  try {
    const [state] = await engine.rows<Record<keyof State, string>>(
      'test.state',
      `WITH (SELECT groupArray(load_id) FROM loads) AS finished
       SELECT
         (SELECT count() FROM loads) AS loads,
         (SELECT count() FROM generations) AS rows,
         (SELECT uniqExact(key) FROM stored_keys WHERE has(finished, load_id)) AS distinctKeys,
         (SELECT sum(prompt_tokens + completion_tokens) FROM generations) AS tokens,
         (SELECT countIf(NOT has(finished, load_id)) FROM stored_generations) +
           (SELECT countIf(NOT has(finished, load_id)) FROM stored_keys) AS unfinishedRows,
         (SELECT count() FROM staged_generations) + (SELECT count() FROM staged_verdicts) AS stagedRows`,
    );
    if (state === undefined) throw new Error('no state');
    const count = (name: keyof State) => Number(state[name]);
    return {
      loads: count('loads'),
      rows: count('rows'),
      distinctKeys: count('distinctKeys'),
      tokens: count('tokens'),
      unfinishedRows: count('unfinishedRows'),
      stagedRows: count('stagedRows'),
    };
  } finally {
    await engine.close();
  }
}

/** Starts a load and kills it without warning; returns the last thing it said. */
function loadAndKill(directory: string, file: string, word: string, delayMs: number): Promise<string> {
  const script = path.join(import.meta.dirname, 'load-process.ts');
  const child = spawn(process.execPath, ['--import', 'tsx', script, directory, file, String(rowsPerFile)], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
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
      const lastWord = words.trim().split('\n').at(-1) ?? '';
      if (words.includes(word)) resolve(lastWord);
      else reject(new Error(`the loading process failed by itself: ${complaints}`));
    });
  });
}
