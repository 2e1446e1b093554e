import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { lockDirectory } from '../../src/database/directory-lock.ts';
import { AtlasError, type ErrorCode, exitCodeOf } from '../../src/errors.ts';
import { makeWorkingDirectory, runAtlas } from './run-atlas.ts';
import { runHere, useWorkingDirectory } from './run-here.ts';

useWorkingDirectory();

describe('the exit code of an error', () => {
  it.each([
    ['CONFIG_INVALID', 2],
    ['BAD_ARGUMENT', 2],
    ['FILE_UNREADABLE', 3],
    ['FORMAT_UNKNOWN', 3],
    ['COLUMNS_MISSING', 3],
    ['KIND_MISMATCH', 3],
    ['DATASET_UNKNOWN', 3],
    ['DATASET_INVALID', 3],
    ['TOO_MANY_REFUSED', 3],
    ['NOTHING_CHANGED', 4],
    ['NOTHING_LOADED', 4],
    ['NOTHING_PUBLISHED', 4],
    ['DATABASE_UNAVAILABLE', 5],
    ['ENGINE_UNAVAILABLE', 5],
    ['MIGRATION_FAILED', 5],
    ['SCHEMA_TOO_NEW', 5],
    ['ADDRESS_UNAVAILABLE', 5],
    ['DIRECTORY_IN_USE', 5],
    ['DATA_CHANGED', 5],
    ['INTERRUPTED', 130],
    ['FIRST_START_FAILED', 1],
    ['INTERNAL', 1],
  ] satisfies [ErrorCode, number][])('%s is %i', (code, exitCode) => {
    expect(exitCodeOf(new AtlasError(code, ''))).toBe(exitCode);
  });

  it('is 1 for what nobody foresaw', () => {
    expect(exitCodeOf(new TypeError('x is not a function'))).toBe(1);
  });
});

describe('a mistake in the command line', () => {
  it.each([
    ['an unknown command', ['frobnicate'], /unknown command 'frobnicate'/],
    ['no command at all', [], /Usage: atlas/],
    ['a missing option', ['load', 'file.csv'], /--dataset <id>/],
    ['an unknown option', ['serve', '--prot', '80'], /unknown option '--prot'.*\n*.*--port/],
    ['a port that is none', ['serve', '--port', '65536'], /65536.*0 to 65535/],
    ['a share that is none', ['load', '--dataset', 'x', '--max-refused', '500%'], /0% to 100%/],
    ['a column without a value', ['load', '--dataset', 'x', '--set', 'azure'], /provider=azure/],
    ['to keep no release', ['prune', '--dataset', 'x', '--keep', '0'], /at least 1/],
  ])('such as %s exits with 2 and says what is wanted', async (_what, args, said) => {
    const { exitCode, stdout, stderr } = await runHere(...args);
    expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' });
    expect(stderr).toMatch(said);
  });
});

describe('the process', () => {
  it('exits with the code of its command', async () => {
    const { exitCode, stderr } = await runAtlas(await makeWorkingDirectory(), ['frobnicate']);
    expect(exitCode).toBe(2);
    expect(stderr).toContain('--help');
  });
});

describe('the settings', () => {
  it('are refused all at once, by name', async () => {
    const { exitCode, stderr } = await runAtlas(await makeWorkingDirectory(), ['migrate'], {
      PORT: 'high',
      DATABASE_URL: 'mysql://db',
    });
    expect(exitCode).toBe(2);
    expect(stderr).toMatch(/PORT:/);
    expect(stderr).toMatch(/DATABASE_URL:/);
    expect(stderr).toContain('code: CONFIG_INVALID');
  });

  it('are read from .env in the working directory, and the environment wins', async () => {
    const cwd = await makeWorkingDirectory();
    await writeFile(path.join(cwd, '.env'), 'DATABASE_URL=mysql://db\nPORT=high\n');
    const { exitCode, stderr } = await runAtlas(cwd, ['migrate'], { PORT: '4000' });
    expect(exitCode).toBe(2);
    expect(stderr).toMatch(/DATABASE_URL:/);
    expect(stderr).not.toMatch(/PORT:/);
  });
});

describe('input that is refused exits with 3', () => {
  it.each([
    ['an unknown data set', ['load', '--dataset', 'nobodys', 'x.csv'], 'DATASET_UNKNOWN'],
    ['a file that is not there', ['load', '--dataset', 'openrouter-rankings', 'no.csv'], 'FILE_UNREADABLE'],
    ['an unknown format', ['load', '--dataset', 'openrouter-rankings', '--format', 'x'], 'FORMAT_UNKNOWN'],
    ['an incomplete declaration', ['datasets', 'add', '--id', 'mine'], 'DATASET_INVALID'],
  ])('%s', async (_what, args, code) => {
    const { exitCode, stderr } = await runHere(...args);
    expect(stderr).toContain(`code: ${code}`);
    expect(exitCode).toBe(3);
  });
});

describe('what is not available exits with 5', () => {
  it('a database server that does not answer, without its password', async () => {
    const { exitCode, stderr } = await runAtlas(await makeWorkingDirectory(), ['migrate'], {
      DATABASE_URL: 'postgresql://atlas:secret@127.0.0.1:1/atlas',
    });
    expect(exitCode).toBe(5);
    expect(stderr).toContain('127.0.0.1:1');
    expect(stderr).toContain('code: DATABASE_UNAVAILABLE');
    expect(stderr).not.toContain('secret');
  });

  it('a data directory that another process holds', async () => {
    const cwd = await makeWorkingDirectory();
    const lock = await lockDirectory(path.join(cwd, 'data/database'), 'test');
    const { exitCode, stderr } = await runAtlas(cwd, ['migrate']);
    await lock.release();
    expect(stderr).toContain('code: DIRECTORY_IN_USE');
    expect(exitCode).toBe(5);
  });
});

describe('the stack of an error', () => {
  it('is shown while debugging only', async () => {
    const cwd = await makeWorkingDirectory();
    const args = ['load', '--dataset', 'nobodys', 'x.csv'];
    expect((await runAtlas(cwd, args)).stderr).not.toMatch(/\n +at /);
    expect((await runAtlas(cwd, args, { LOG_LEVEL: 'debug' })).stderr).toMatch(/\n +at .*declarations/);
  });
});
