import { beforeAll, expect, it, afterAll } from 'vitest';
import { describeOnEachDatabase, type TestDatabase } from '../support/databases.ts';
import { type GuardedServer, runGuardedServer } from '../support/guarded-server.ts';
import { seedHiddenDataset } from '../support/hidden-dataset.ts';
import { unpack } from './package/unpack.ts';
describeOnEachDatabase('try', (open) => {
  it('x', async () => {
    const database = await open();
    await seedHiddenDataset(database.pool);
    const server = await runGuardedServer(database);
    const answer = await fetch(`${server.url}/download/fixture@2024-03-07.1.zip`);
    console.log(answer.status, Object.fromEntries(answer.headers));
    const bytes = Buffer.from(await answer.arrayBuffer());
    if (answer.status !== 200) return console.log(bytes.toString());
    const u = await unpack(bytes);
    console.log(u.directory, [...u.files].map(([n,b])=>[n,b.length, b.toString().split('\r\n').length]));
    await server.stop();
  });
});
