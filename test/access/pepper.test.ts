import { mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { findPepper, loadPepper } from '../../src/access/pepper.ts';

let directory: string;
beforeAll(async () => void (directory = await mkdtemp(path.join(tmpdir(), 'atlas-'))));
afterAll(() => rm(directory, { recursive: true }));

it('is made once beside an embedded database, readable by its owner alone', async () => {
  const dataDirectory = path.join(directory, 'fresh');
  expect(await findPepper({ dataDirectory })).toBeUndefined();
  const pepper = await loadPepper({ dataDirectory });
  expect(pepper).toHaveLength(32);
  expect(await loadPepper({ dataDirectory })).toEqual(pepper);
  expect(await findPepper({ dataDirectory })).toEqual(pepper);
  expect((await stat(path.join(dataDirectory, 'key-pepper'))).mode & 0o777).toBe(0o600);
});

it('is that of the settings where they have one', async () => {
  const keyPepper = 'ab'.repeat(32);
  expect(await loadPepper({ keyPepper, dataDirectory: directory })).toEqual(Buffer.from(keyPepper, 'hex'));
});

it('is asked for with a server, which other machines may use too', async () => {
  const settings = { databaseUrl: 'postgresql://x', dataDirectory: directory };
  await expect(loadPepper(settings)).rejects.toThrow(/ATLAS_KEY_PEPPER.*openssl rand -hex 32/);
});

it('is never guessed where the file is damaged', async () => {
  await writeFile(path.join(directory, 'key-pepper'), 'short');
  await expect(loadPepper({ dataDirectory: directory })).rejects.toThrow(/5 bytes long.*backup/);
});
