// Publishes in a process of its own, saying what it found and what it is about: for tests that kill it there.
// Arguments: data directory, id of the data set, address of the server (none: the embedded database).
import path from 'node:path';
import { openDatabase } from '../../src/database/open-database.ts';
import { openEngine } from '../../src/engine/open-engine.ts';
import { publish } from '../../src/releases/publish.ts';
import { gateway } from './gateway-log.ts';
import { shapesOfReleases } from './published.ts';

const [directory = '', dataset = '', databaseUrl] = process.argv.slice(2);
const database = await openDatabase({
  databaseUrl,
  databaseDirectory: path.join(directory, 'database'),
  databasePoolSize: 2,
});
say(`found ${JSON.stringify(await shapesOfReleases(database.pool))}`);
const engine = await openEngine({
  directory: path.join(directory, 'engine'),
  maxMemoryBytes: 512 * 2 ** 20,
});
await publish({ engine, database, declaration: gateway(dataset), force: true, onStep: say });
say('published');

function say(word: string): void {
  process.stdout.write(`${word}\n`);
}
