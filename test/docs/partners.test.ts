import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { describeOnEachDatabase } from '../support/databases.ts';
import { type GuardedServer, runGuardedServer } from '../support/guarded-server.ts';
import { seedRelease } from '../support/seed-release.ts';
import { fixtureGenerations } from '../support/serving-fixture.ts';

const run = promisify(execFile);
const project = path.resolve(import.meta.dirname, '../..');
const page = await readFile(path.join(project, 'docs/partners.md'), 'utf8');

/** The examples of the page by name; `text` is what a reader does by hand. */
const examples = new Map(
  [...page.matchAll(/^```(\w+) ([\w.-]+)\n(.*?)^```$/gms)].map(([, , name, text]) => [name!, text!]),
);

describe("the partners' page", () => {
  it('has no example that is not run here', () => {
    const fences = [...page.matchAll(/^```(\w.*)$/gm)].map(([, label]) => label!);
    expect(fences.filter((label) => label !== 'text')).toHaveLength(examples.size);
    expect([...examples.keys()].sort()).toEqual(
      [
        'chart.py',
        'chart.ts',
        'curl-chart',
        'plan',
        'run-ts',
        'tsconfig.json',
        'types',
        'usage',
        'whoami',
      ].sort(),
    );
  });
});

describeOnEachDatabase("the partners' page", (open) => {
  let server: GuardedServer;
  let directory: string;
  let settings: Record<string, string>;

  beforeAll(async () => {
    const database = await open();
    await seedRelease(database.pool, fixtureGenerations());
    server = await runGuardedServer(database);
    const wanted = {
      name: 'Example Inc.',
      scopes: [],
      datasets: [],
      quotaClass: 'STANDARD' as const,
      expiresAt: null,
    };
    const { text } = await server.access.keys.create(wanted, 'cli:tester');
    settings = { ATLAS_URL: server.url, ATLAS_KEY: text };
    directory = await mkdtemp(path.join(tmpdir(), 'atlas-partner-'));
    // What the page has its reader install.
    await symlink(path.join(project, 'node_modules'), path.join(directory, 'node_modules'));
    await writeFile(path.join(directory, 'package.json'), '{ "type": "module" }');
  });
  afterAll(async () => {
    await server.stop();
    await rm(directory, { recursive: true, force: true });
  });

  const shell = async (name: string): Promise<string> => {
    const env = { ...process.env, ...settings };
    const command = `set -euo pipefail\n${examples.get(name)}`;
    const { stdout } = await run('bash', ['-c', command], { cwd: directory, env });
    return stdout;
  };
  const ask = async (name: string): Promise<Record<string, never>> => {
    const answer = JSON.parse(await shell(name)) as { data: Record<string, never>; errors?: unknown };
    expect(answer.errors).toBeUndefined();
    return answer.data;
  };
  const save = (name: string, text = examples.get(name)!) => writeFile(path.join(directory, name), text);
  const chart = async (): Promise<string> => {
    const text = await readFile(path.join(directory, 'chart.svg'), 'utf8');
    await rm(path.join(directory, 'chart.svg'));
    return text;
  };
  /** Twelve weeks, each with three groups and what is unknown. */
  const bars = 12 * 4;

  it('answers who the key is of, what a question costs, and what the key was used for', async () => {
    expect(await ask('whoami')).toMatchObject({
      viewer: { key: { name: 'Example Inc.' }, datasets: ['fixture'] },
    });
    expect(await ask('plan')).toMatchObject({ plan: { cost: { periods: 78, groups: 7, points: 2 } } });
    await server.access.recorder.flush();
    expect(await ask('usage')).toMatchObject({ viewer: { key: { usage: [{ operation: '(unnamed)' }] } } });
  });

  it('draws the first chart with curl', async () => {
    const lines = (await shell('curl-chart')).trimEnd().split('\n');
    expect(lines).toHaveLength(bars);
    for (const line of lines)
      expect(line).toMatch(/^\d{4}-\d\d-\d\d (CHINESE_OPEN|REST_OF_WORLD_OPEN|PROPRIETARY|unknown) +#+$/);
  });

  it('draws it in Python', async () => {
    await save('chart.py');
    const { stdout } = await run('python3', ['chart.py'], {
      cwd: directory,
      env: { ...process.env, ...settings },
    });
    expect(stdout).toMatch(/^chart\.svg: 12 weeks\. .*A fixture.*\nPoints left: \d+\n$/);
    expect((await chart()).match(/<rect/g)).toHaveLength(bars);
  });

  it('draws it in TypeScript, whose types follow from the schema', async () => {
    await save('tsconfig.json');
    await shell('types');
    await save('chart.ts');
    expect(await shell('run-ts')).toMatch(/^chart\.svg: 12 weeks\. .*A fixture/m);
    expect((await chart()).match(/<rect/g)).toHaveLength(bars);

    await save(
      'chart.ts',
      examples.get('chart.ts')!.replace('sourceGroup === null', 'sourceGroup === "ELSEWHERE"'),
    );
    await expect(shell('run-ts')).rejects.toMatchObject({ stdout: expect.stringContaining('chart.ts') });
  });
});
