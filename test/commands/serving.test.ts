import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { promisify } from 'node:util';
import { parse, validate } from 'graphql';
import { describe, expect, it } from 'vitest';
import { exampleQuery } from '../../src/commands/example-query.ts';
import { buildAtlasSchema } from '../../src/graphql/schema.ts';
import { makeWorkingDirectory, runAtlas, startAtlas } from './run-atlas.ts';

async function ask(url: string, query: string) {
  const answer = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query }),
  });
  return (await answer.json()) as { data: Record<string, unknown>; errors?: unknown };
}

/** Files that a process has mapped, as the operating system tells. */
async function mappedFiles(pid: number): Promise<string> {
  if (process.platform === 'linux') return readFile(`/proc/${pid}/maps`, 'utf8');
  return (await promisify(execFile)('lsof', ['-p', String(pid)])).stdout;
}

// Each starts the program, on a machine that may be busy, and an embedded database from nothing.
const timeout = 240_000;

describe('atlas serve', { timeout }, () => {
  it('serves an empty database, says what is missing, and never loads the event engine', async () => {
    const cwd = await makeWorkingDirectory();
    const atlas = startAtlas(cwd, ['serve', '--port', '0']);
    const [, url = ''] = await atlas.waitFor(/Serving (\S+)\/graphql/);
    expect(await ask(`${url}/graphql`, '{ datasets { id } }')).toMatchObject({ data: { datasets: [] } });
    const ready = await fetch(`${url}/readyz`);
    expect([ready.status, await ready.json()]).toEqual([
      503,
      { ready: false, checks: { database: 'ok', migrations: 'ok', release: 'failed' } },
    ]);
    const mapped = await mappedFiles(atlas.process.pid!);
    expect(mapped).toContain('fs-native-extensions');
    expect(mapped).not.toContain('chdb');

    const second = await runAtlas(cwd, ['migrate']);
    expect(second).toMatchObject({ exitCode: 5, stderr: expect.stringContaining('DIRECTORY_IN_USE') });
    const list = await runAtlas(cwd, ['datasets']);
    expect(list.exitCode).toBe(0);
    expect(list.stdout).toContain('openrouter-rankings');
    expect(list.stderr).toContain('The latest releases are not shown');

    atlas.process.kill('SIGTERM');
    const { exitCode, stdout } = await atlas.ended;
    expect(exitCode).toBe(0);
    const lines = stdout
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as { msg: string });
    expect(lines.map(({ msg }) => msg)).toEqual([
      'listening',
      'request',
      'stopping: running requests may finish',
      'stopped',
    ]);
  });
});

// The simulated study as it ships would keep the first start busy for a while.
const fewSimulated = { ATLAS_SIMULATED_GENERATIONS: '2000' };
const synthetics = `{
  simulated: usage(dataset: "simulated-study", shareOf: ALL) { meta { synthetic } }
  real: usage(dataset: "openrouter-rankings", shareOf: ALL) { meta { synthetic } }
}`;

describe('atlas start', { timeout }, () => {
  it('publishes what ships at its first start only, and its example query has an answer', async () => {
    const cwd = await makeWorkingDirectory();
    const first = startAtlas(cwd, ['start', '--port', '0'], fewSimulated);
    const [, url = ''] = await first.waitFor(/answers at (\S+)/);
    expect(first.printed.stderr).toContain('> atlas publish --dataset openrouter-rankings');
    expect(await ask(url, synthetics)).toMatchObject({
      data: { simulated: { meta: { synthetic: true } }, real: { meta: { synthetic: false } } },
    });
    const { data } = await ask(url, exampleQuery);
    expect(data).toEqual({
      usage: {
        rows: Array.from({ length: 3 }, () => ({
          author: { name: expect.any(String) },
          totalTokens: expect.any(Number),
          share: expect.any(Number),
        })),
        meta: { release: { id: expect.stringMatching(/^openrouter-rankings@\d{4}-\d\d-\d\d\.1$/) } },
      },
    });
    expect(await mappedFiles(first.process.pid!)).not.toContain('chdb');
    first.process.kill('SIGINT');
    expect((await first.ended).exitCode).toBe(0);

    const second = startAtlas(cwd, ['start', '--port', '0'], fewSimulated);
    const [, sameUrl = ''] = await second.waitFor(/answers at (\S+)/);
    expect(second.printed.stderr).not.toContain('> atlas');
    expect((await ask(sameUrl, exampleQuery)).data).toEqual(data);
    second.process.kill('SIGTERM');
    expect((await second.ended).exitCode).toBe(0);
  });

  it('ends with a clear error where a data set can not be published', async () => {
    const cwd = await makeWorkingDirectory();
    const { exitCode, stderr } = await runAtlas(cwd, ['start', '--port', '0'], {
      ATLAS_PSEUDONYM_KEY: '0'.repeat(64),
      ATLAS_ENGINE_MEMORY: '0.001MiB',
    });
    expect(stderr).toMatch(/`atlas load --dataset openrouter-rankings` ended with exit code \d/);
    expect(stderr).toContain('code: FIRST_START_FAILED');
    expect(exitCode).toBe(1);
  });
});

describe('the example query', () => {
  it('fits the schema', () => {
    expect(validate(buildAtlasSchema(), parse(exampleQuery))).toEqual([]);
  });
});
