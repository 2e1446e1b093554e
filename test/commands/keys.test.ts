import { stat } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { parseKey } from '../../src/access/key-format.ts';
import { readConfig } from '../../src/config.ts';
import { openDatabase } from '../../src/database/open-database.ts';
import { runHere, useWorkingDirectory } from './run-here.ts';

useWorkingDirectory();

const json = async (...args: string[]) => JSON.parse((await runHere(...args, '--json')).stdout) as never;

describe('atlas keys', () => {
  it('makes a key, prints it alone to standard output, and keeps a pepper for its owner alone', async () => {
    const made = await runHere(
      'keys',
      'create',
      '--name',
      'Example Inc.',
      '--scope',
      'spend:read',
      '--expires',
      '30d',
    );
    expect(made.exitCode).toBe(0);
    const parts = parseKey(made.stdout.trim());
    expect(parts?.environment).toBe('live');
    expect(made.stderr).toContain(`Made the key ${parts?.id} for Example Inc.`);
    expect(made.stderr).not.toContain(made.stdout.trim());
    expect((await stat('data/key-pepper')).mode & 0o777).toBe(0o600);
    expect(await json('keys', 'list')).toMatchObject([
      {
        id: parts?.id,
        name: 'Example Inc.',
        state: 'ACTIVE',
        scopes: ['spend:read'],
        quotaClass: 'STANDARD',
      },
    ]);
  });

  it('rotates and revokes a key, and shows what became of it', async () => {
    const [{ id }] = (await json('keys', 'list')) as [{ id: string }];
    const rotated = await runHere('keys', 'rotate', id, '--overlap', '1h');
    expect(rotated).toMatchObject({
      exitCode: 0,
      stderr: expect.stringContaining(`${id} is accepted until`),
    });
    const second = parseKey(rotated.stdout.trim())!.id;
    const revoked = await runHere('keys', 'revoke', second, '--reason', 'lost');
    expect(revoked.stdout).toContain(`${second} is revoked since`);
    const shown = (await json('keys', 'show', second)) as { key: object; audit: { action: string }[] };
    expect(shown.key).toMatchObject({ state: 'REVOKED', familyId: id });
    expect(shown.audit.map(({ action }) => action)).toEqual(['CREATED', 'REVOKED']);
    const plain = await runHere('keys', 'show', id);
    expect(plain.stdout).toMatch(/state +REPLACED/);
    expect(plain.stdout).toMatch(/ROTATED +cli:/);
  });

  it.each([
    [['create'], 2, '--name'],
    [['create', '--name', 'x', '--scope', 'everything'], 2, 'spend:read'],
    [['create', '--name', 'x', '--quota', 'HUGE'], 2, 'STANDARD'],
    [['create', '--name', 'x', '--expires', 'tomorrow'], 2, '2027-01-01'],
    [['create', '--name', 'x', '--expires', '2020-01-01'], 2, 'BAD_ARGUMENT'],
    [['create', '--name', 'x', '--dataset', 'nowhere'], 3, 'DATASET_UNKNOWN'],
    [['rotate', 'AAAAAAAAAAA'], 3, 'KEY_UNKNOWN'],
    [['revoke', 'not an id'], 3, 'KEY_UNKNOWN'],
    [['rotate', 'AAAAAAAAAAA', '--overlap', 'long'], 2, 'such as 7d'],
  ])('%j ends with %d and says what to do', async (args, exitCode, text) => {
    expect(await runHere('keys', ...args)).toMatchObject({ exitCode, stderr: expect.stringContaining(text) });
  });

  it('says how to go on while a server has the embedded database', async () => {
    const database = await openDatabase(readConfig());
    const refused = await runHere('keys', 'list');
    await database.close();
    expect(refused.exitCode).toBe(5);
    for (const text of ['createKey', 'keys:admin', 'DATABASE_URL']) expect(refused.stderr).toContain(text);
  });
});
