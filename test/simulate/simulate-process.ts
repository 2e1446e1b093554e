// Simulates in a process of its own, saying what it is about to do: for the test that kills it there.
// Arguments: directory, number of generations.
import type { Engine } from '../../src/engine/engine.ts';
import { openEngine } from '../../src/engine/open-engine.ts';
import { simulate } from '../../src/simulate/simulate.ts';

const [directory = '', generations = '0'] = process.argv.slice(2);
const opened = await openEngine({ directory, maxMemoryBytes: 512 * 2 ** 20 });
const engine: Engine = {
  // Two chunks or more.
  statementMemoryBytes: Number(generations) * 600,
  command: (name, ...rest) => (say(name), opened.command(name, ...rest)),
  rows: (name, ...rest) => (say(name), opened.rows(name, ...rest)),
  stream: (name, ...rest) => (say(name), opened.stream(name, ...rest)),
  insert: (name, ...rest) => (say(name), opened.insert(name, ...rest)),
  close: () => opened.close(),
};
await simulate({
  engine,
  dataset: 'world',
  generations: Number(generations),
  seed: 1,
  months: 13,
  labelShare: 0.2,
});
say('committed');
await engine.close();

function say(word: string): void {
  process.stdout.write(`${word}\n`);
}
