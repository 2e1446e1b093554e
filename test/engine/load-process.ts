// Loads a generated file in a process of its own, saying what it is about to do: for tests that kill it there.
// Arguments: directory, name of the file, number of rows.
import type { Engine } from '../../src/engine/engine.ts';
import { EventStore } from '../../src/engine/event-store.ts';
import { openEngine } from '../../src/engine/open-engine.ts';
import { generatedRows } from './generated-rows.ts';

const [directory = '', file = '', count = '0'] = process.argv.slice(2);
const opened = await openEngine({ directory, maxMemoryBytes: 512 * 2 ** 20 });
const engine: Engine = {
  statementMemoryBytes: opened.statementMemoryBytes,
  command: (name, ...rest) => (say(name), opened.command(name, ...rest)),
  rows: (name, ...rest) => (say(name), opened.rows(name, ...rest)),
  stream: (name, ...rest) => (say(name), opened.stream(name, ...rest)),
  insert: (name, ...rest) => (say(name), opened.insert(name, ...rest)),
  close: () => opened.close(),
};
const session = await new EventStore(engine).beginLoad({
  dataset: 'gateway',
  file,
  format: 'atlas',
  kind: 'generation',
});
for (const batch of generatedRows(file, Number(count))) await session.append(batch);
await session.commit();
say('committed');
await engine.close();

function say(word: string): void {
  process.stdout.write(`${word}\n`);
}
