import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { readConfig } from '../../src/config.ts';
import { runHere, useWorkingDirectory } from './run-here.ts';

const logLines = [
  'id,created_at,model,prompt_tokens,completion_tokens,user,spend_usd',
  'a1,2026-03-01T10:00:00Z,openai/gpt-4o,1000,200,ada@example.org,0.5',
  'a2,2026-03-02T10:00:00Z,nobodys/model-9,30,4,bob@example.org,0.25',
  'a3,2026-03-02T11:00:00Z,openai/gpt-4o,-7,4,bob@example.org,0.25',
  'a4,2026-03-02T12:00:00Z,openai/gpt-4o,many,4,bob@example.org,0.25',
];

const declaration = {
  id: 'mine',
  title: 'From the file',
  description: 'All requests',
  kind: 'GENERATIONS',
  licence: 'CC0-1.0',
  citation: 'Example Inc., 2026',
  files: [{ path: 'logs/log.csv' }],
};

const json = (text: string): unknown => JSON.parse(text);
const load = ['load', '--dataset', 'my-gateway', '--max-refused', '50%', 'log.csv'];
const publish = ['publish', '--dataset', 'my-gateway'];

useWorkingDirectory();
beforeAll(async () => {
  await writeFile('log.csv', `${logLines.join('\n')}\n`);
  await writeFile('mine.json', JSON.stringify(declaration));
});

describe('before anything is loaded', () => {
  it('a data set is declared by options', async () => {
    const { exitCode, stdout } = await runHere(
      ...['datasets', 'add', '--id', 'my-gateway', '--title', 'Our gateway', '--kind', 'GENERATIONS'],
      ...['--description', 'All requests', '--licence', 'CC0-1.0', '--citation', 'Example Inc., 2026'],
    );
    expect(exitCode).toBe(0);
    expect(stdout).toContain('atlas load --dataset my-gateway');
  });

  it('or by a file, over which options win, and paths stay relative to the file', async () => {
    await runHere('datasets', 'add', 'mine.json', '--title', 'From the options');
    const { stdout } = await runHere('datasets');
    expect(stdout).toMatch(/mine +From the options +GENERATIONS +CC0-1\.0 +0 +–/);
    const { exitCode, stderr } = await runHere('load', '--dataset', 'mine');
    expect(exitCode).toBe(3);
    expect(stderr).toContain(path.resolve('logs/log.csv'));
  });

  it('options change what they name and leave the rest as it was declared', async () => {
    const { exitCode } = await runHere('datasets', 'add', '--id', 'mine', '--minimum-users', '7');
    expect(exitCode).toBe(0);
    const { files, ...rest } = declaration;
    const file = path.join(readConfig().datasetDirectory, 'mine.json');
    expect(json(await readFile(file, 'utf8'))).toMatchObject({
      ...rest,
      title: 'From the options',
      minimumUsers: 7,
      files: files.map(({ path: name }) => ({ path: path.resolve(name) })),
    });
    const unknown = await runHere('datasets', 'add', '--id', 'never-declared', '--minimum-users', '7');
    expect(unknown).toMatchObject({ exitCode: 3, stderr: expect.stringContaining('title') });
  });

  it('there is nothing to publish', async () => {
    expect(await runHere(...publish)).toMatchObject({
      exitCode: 4,
      stderr: expect.stringContaining('code: NOTHING_LOADED'),
    });
    expect((await runHere('publish', '--all')).exitCode).toBe(4);
    expect((await runHere('publish')).exitCode).toBe(2);
  });

  it('a log with more bad rows than allowed changes nothing', async () => {
    const { exitCode, stderr } = await runHere('load', '--dataset', 'my-gateway', 'log.csv');
    expect(exitCode).toBe(3);
    expect(stderr).toMatch(/2 of 4 rows were refused.*5 %/);
    expect(stderr).toContain('code: TOO_MANY_REFUSED');
  });
});

describe('a log', () => {
  it('is loaded with a summary of what was accepted and what was not', async () => {
    const { exitCode, stdout, stderr } = await runHere(...load);
    expect(exitCode).toBe(0);
    expect(stdout).toContain('4 rows read, 2 accepted, 0 already loaded, 2 refused');
    expect(stdout).toContain('1,234 tokens, 0.75 USD spent, from 2026-03-01 until before 2026-03-03');
    expect(stdout).toMatch(/1 +4 +prompt_tokens/);
    expect(stdout).toMatch(/1 +5 +prompt_tokens/);
    expect(stderr).toContain('atlas publish --dataset my-gateway');
  });

  it('may be loaded again', async () => {
    const { stdout } = await runHere(...load, '--json');
    expect(json(stdout)).toMatchObject({ file: 'log.csv', accepted: 0, alreadyLoaded: 2, refused: 2 });
  });

  it('has its refused rows listed, also as CSV and JSON', async () => {
    const csv = await runHere('quarantine', '--dataset', 'my-gateway', '--csv');
    const [header, ...rows] = csv.stdout.trimEnd().split('\n');
    expect(header).toBe('load,file,line,field,code,reason');
    expect(rows).toHaveLength(2);
    expect(rows[0]).toMatch(/^1,log\.csv,4,prompt_tokens,[A-Z_]+,/);
    const listed = json((await runHere('quarantine', '--dataset', 'my-gateway', '--json')).stdout);
    expect(listed).toMatchObject([
      { file: 'log.csv', line: 4, field: 'prompt_tokens' },
      { file: 'log.csv', line: 5, field: 'prompt_tokens' },
    ]);
    const few = await runHere('quarantine', '--dataset', 'my-gateway', '--limit', '1');
    expect(few.stdout.trimEnd().split('\n')).toHaveLength(2);
    expect(few.stderr).toContain('--limit');
  });

  it('has the names listed that the catalogue can not label', async () => {
    const { stdout, stderr } = await runHere('catalog', 'unlabelled', '--dataset', 'my-gateway');
    expect(stdout).toMatch(/nobodys\/model-9 +34 +2\.8 %/);
    expect(stdout).not.toContain('gpt-4o');
    expect(stderr).toContain('97.2 % of 1,234 tokens are labelled');
  });
});

describe('a release', () => {
  it('is published with what made it and what it lacks', async () => {
    const { exitCode, stdout } = await runHere(...publish);
    expect(exitCode).toBe(0);
    expect(stdout).toContain('Published my-gateway@2026-03-03.1');
    // Two users are fewer than the five that a cell has to stand for.
    expect(stdout).toMatch(/usage_day_model_provider +3 +0 +\d+ +[0-9a-f]{12}/);
    expect(stdout).toMatch(/withheld: .* fewer than 5 users .* 2 requests of days with fewer are left out/);
    expect(stdout).toMatch(/labelled: 97\.2 %.*nobodys\/model-9/);
    expect(stdout).toMatch(/not covered: .*COUNTRY/);
  });

  it('is published again only when asked with --force', async () => {
    const unchanged = await runHere(...publish);
    expect(unchanged).toMatchObject({ exitCode: 4, stderr: expect.stringContaining('NOTHING_CHANGED') });
    const forced = await runHere(...publish, '--force', '--json');
    expect(json(forced.stdout)).toMatchObject({ releaseId: 'my-gateway@2026-03-03.2', totalTokens: 1234 });
  });

  it('is listed with its data set', async () => {
    expect(json((await runHere('datasets', '--json')).stdout)).toContainEqual({
      id: 'my-gateway',
      title: 'Our gateway',
      kind: 'GENERATIONS',
      licence: 'CC0-1.0',
      rowsLoaded: 2,
      latestRelease: 'my-gateway@2026-03-03.2',
    });
  });

  it('is pruned when it is old, and only with --yes', async () => {
    const prune = ['prune', '--dataset', 'my-gateway', '--keep', '1'];
    expect((await runHere(...prune)).stdout).toBe('would remove my-gateway@2026-03-03.1\n');
    expect((await runHere(...prune, '--yes')).stdout).toBe('removed my-gateway@2026-03-03.1\n');
    expect((await runHere(...prune)).stdout).toBe('There are no older releases.\n');
  });
});

describe('users of the log', () => {
  it('are in nothing that is printed', async () => {
    for (const args of [load, [...publish, '--force'], ['quarantine', '--dataset', 'my-gateway']]) {
      const { stdout, stderr } = await runHere(...args);
      expect(stdout + stderr).not.toBe('');
      expect(stdout + stderr).not.toMatch(/ada|bob|example\.org/);
    }
  });
});

describe('the catalogue', () => {
  it('says what a name stands for', async () => {
    const { stdout } = await runHere('catalog', 'model', 'deepseek/deepseek-r1:free');
    expect(json(stdout)).toMatchObject({
      variant: 'free',
      model: { id: 'deepseek/deepseek-r1', source: 'OPEN', origin: 'CHINA' },
    });
  });
});
