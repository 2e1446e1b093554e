import { createHash } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { parseDeclaration } from '../../src/releases/dataset-declaration.ts';
import { findDeclaration, listDeclarations, saveDeclaration } from '../../src/releases/declarations.ts';

const gateway = {
  id: 'my-gateway',
  title: 'My gateway',
  description: 'Requests of our own applications.',
  kind: 'GENERATIONS' as const,
  licence: 'all rights reserved',
  citation: 'My gateway, 2026.',
};

let directory: string;
beforeEach(async () => {
  directory = await mkdtemp(path.join(tmpdir(), 'declarations-'));
});
afterEach(() => rm(directory, { recursive: true }));

const write = (name: string, value: unknown) =>
  writeFile(path.join(directory, name), typeof value === 'string' ? value : JSON.stringify(value));

describe('a declaration', () => {
  it('of request logs withholds cells of fewer than five users unless it says otherwise', () => {
    expect(parseDeclaration(gateway, 'x.json').minimumUsers).toBe(5);
    expect(parseDeclaration({ ...gateway, minimumUsers: 20 }, 'x.json').minimumUsers).toBe(20);
    expect(parseDeclaration({ ...gateway, minimumUsers: null }, 'x.json').minimumUsers).toBeNull();
  });

  it('of a usage feed has no minimum of users unless it says so', () => {
    const feed = { ...gateway, kind: 'USAGE_FEED' };
    expect(parseDeclaration(feed, 'x.json').minimumUsers).toBeNull();
    expect(parseDeclaration({ ...feed, minimumUsers: 5 }, 'x.json').minimumUsers).toBe(5);
  });

  it('names its files from its own place', () => {
    const declared = parseDeclaration({ ...gateway, files: [{ path: 'logs/a.csv' }] }, '/data/sets/my.json');
    expect(declared.files).toEqual([{ path: '/data/sets/logs/a.csv' }]);
  });

  it('is refused with the file and every field to mend', () => {
    const wrong = { ...gateway, id: 'My Gateway', kind: 'LOGS', citation: ' ', license: 'MIT' };
    expect(() => parseDeclaration(wrong, '/data/sets/my.json')).toThrow(
      expect.objectContaining({
        code: 'DATASET_INVALID',
        message: expect.stringMatching(
          /^\/data\/sets\/my\.json has.*\n {2}id: use lower-case.*\n {2}kind: .*GENERATIONS.*\n {2}citation: must not be empty\n.*"license"/,
        ),
      }),
    );
    expect(() => parseDeclaration([], 'x.json')).toThrow('x.json has fields to mend:\n  the declaration:');
  });
});

describe('listDeclarations and findDeclaration', () => {
  it('know the data sets that ship and the operator’s own', async () => {
    await write('my-gateway.json', gateway);
    const ids = (await listDeclarations(directory)).map(({ id }) => id);
    expect(ids).toEqual([...ids].sort());
    expect(ids).toEqual(expect.arrayContaining(['my-gateway', 'openrouter-rankings']));
    expect(await findDeclaration(directory, 'my-gateway')).toMatchObject(gateway);
  });

  it('need no directory of the operator', async () => {
    const none = path.join(directory, 'none');
    expect(await findDeclaration(none, 'openrouter-rankings')).toMatchObject({ kind: 'USAGE_FEED' });
    expect((await listDeclarations(none)).length).toBeGreaterThan(0);
  });

  it('say what is known, and how to declare, where an id is unknown', async () => {
    await write('my-gateway.json', gateway);
    await expect(findDeclaration(directory, 'my-gatewey')).rejects.toMatchObject({
      code: 'DATASET_UNKNOWN',
      message: expect.stringMatching(/"my-gatewey".*my-gateway, openrouter-rankings.*<id>\.json/s),
    });
  });

  it('name the file that is not JSON, says another id than its name, or takes a shipped id', async () => {
    await write('broken.json', '{"id": ');
    await expect(findDeclaration(directory, 'broken')).rejects.toMatchObject({
      code: 'DATASET_INVALID',
      message: expect.stringContaining(`${path.join(directory, 'broken.json')} is not JSON`),
    });
    await write('broken.json', gateway);
    await expect(listDeclarations(directory)).rejects.toThrow(
      `${path.join(directory, 'broken.json')}: id: "my-gateway" does not match`,
    );
    await rm(path.join(directory, 'broken.json'));
    await write('openrouter-rankings.json', { ...gateway, id: 'openrouter-rankings' });
    await expect(listDeclarations(directory)).rejects.toThrow(/openrouter-rankings\.json: id: .* ships with/);
  });

  it('find a data set whatever is wrong with the declaration of another', async () => {
    await write('broken.json', '{');
    await write('my-gateway.json', gateway);
    expect((await findDeclaration(directory, 'my-gateway')).title).toBe('My gateway');
  });
});

describe('saveDeclaration', () => {
  it('writes a declaration that is found again, and replaces it whole', async () => {
    const own = path.join(directory, 'sets');
    await saveDeclaration(own, gateway);
    await saveDeclaration(own, { ...gateway, title: 'Renamed' });
    expect(await findDeclaration(own, 'my-gateway')).toMatchObject({ ...gateway, title: 'Renamed' });
    expect(await readdir(own)).toEqual(['my-gateway.json']);
  });

  it('refuses another kind, a shipped id and a malformed declaration, and changes nothing', async () => {
    await saveDeclaration(directory, gateway);
    const before = await readFile(path.join(directory, 'my-gateway.json'), 'utf8');
    const refused = [
      { ...gateway, kind: 'USAGE_FEED' as const },
      { ...gateway, id: 'openrouter-rankings' },
      { ...gateway, id: '../elsewhere' },
      { ...gateway, citation: '' },
    ];
    for (const declaration of refused) {
      await expect(saveDeclaration(directory, declaration)).rejects.toMatchObject({
        code: 'DATASET_INVALID',
      });
    }
    expect(await readdir(directory)).toEqual(['my-gateway.json']);
    expect(await readFile(path.join(directory, 'my-gateway.json'), 'utf8')).toBe(before);
  });
});

describe('a data set that ships', () => {
  it('has the very files its declaration names', async () => {
    const shipped = await listDeclarations(directory);
    const files = shipped.flatMap(({ files }) => files);
    expect(files.length).toBeGreaterThan(0);
    for (const file of files) {
      const sha256 = createHash('sha256')
        .update(await readFile(file.path))
        .digest('hex');
      expect({ path: file.path, sha256 }).toEqual({ path: file.path, sha256: file.sha256 });
    }
  });

  it('carries the licence and the citation of OpenRouter’s rankings, and says how far tokens compare', async () => {
    expect(await findDeclaration(directory, 'openrouter-rankings')).toMatchObject({
      kind: 'USAGE_FEED',
      licence: 'CC-BY-4.0',
      citation:
        'Source: OpenRouter (openrouter.ai/rankings), as of 2026-08-22T00:05Z. Licensed under CC BY 4.0.',
      description: expect.stringContaining('not directly comparable'),
    });
  });
});
