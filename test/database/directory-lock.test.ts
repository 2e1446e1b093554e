import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { lockDirectory } from '../../src/database/directory-lock.ts';

let directory: string;

beforeEach(async () => {
  directory = await mkdtemp(path.join(tmpdir(), 'atlas-lock-'));
});
afterEach(() => rm(directory, { recursive: true, force: true }));

it('is held by one at a time', async () => {
  const lock = await lockDirectory(directory, 'test');
  await expect(lockDirectory(directory, 'test')).rejects.toMatchObject({ code: 'DIRECTORY_IN_USE' });
  await lock.release();
  await (await lockDirectory(directory, 'test')).release();
});

it('ends with the process that holds it, even one that is killed', async () => {
  const module = path.resolve(import.meta.dirname, '../../src/database/directory-lock.ts');
  const script = `
    const { lockDirectory } = await import(${JSON.stringify(module)});
    await lockDirectory(${JSON.stringify(directory)}, 'test');
    process.stdout.write('locked');
    setInterval(() => undefined, 1000);`;
  const child = spawn(process.execPath, ['--import', 'tsx', '--input-type=module', '-e', script], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  await once(child.stdout, 'data');
  await expect(lockDirectory(directory, 'test')).rejects.toMatchObject({ code: 'DIRECTORY_IN_USE' });
  child.kill('SIGKILL');
  await once(child, 'exit');
  await (await lockDirectory(directory, 'test')).release();
});
