import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, it } from 'vitest';
import { makeWorkingDirectory, runAtlas } from './run-atlas.ts';

const timeout = 240_000;

it(
  'simulates into a data set of its own, declares it synthetic, and writes the truth',
  async () => {
    const cwd = await makeWorkingDirectory();
    const drawn = await runAtlas(cwd, [
      ...[
        'simulate',
        '--dataset',
        'my-world',
        '--generations',
        '3000',
        '--seed',
        '5',
        '--label-share',
        '0.2',
      ],
      ...['--minimum-users', '5', '--truth', 'truth.json', '--json'],
    ]);
    expect(drawn).toMatchObject({ exitCode: 0 });
    expect(JSON.parse(drawn.stdout)).toMatchObject({
      dataset: 'my-world',
      generations: 3000,
      seed: 5,
      months: 13,
    });
    const declared: unknown = JSON.parse(
      await readFile(path.join(cwd, 'data', 'datasets', 'my-world.json'), 'utf8'),
    );
    expect(declared).toMatchObject({ id: 'my-world', synthetic: true, minimumUsers: 5 });
    expect(declared).toHaveProperty('title', expect.stringContaining('synthetic'));
    const truth: unknown = JSON.parse(await readFile(path.join(cwd, 'truth.json'), 'utf8'));
    expect(truth).toMatchObject({ synthetic: true, seed: 5, generations: 3000 });

    const again = await runAtlas(cwd, ['simulate', '--dataset', 'my-world']);
    expect(again).toMatchObject({ exitCode: 2, stderr: expect.stringContaining('holds events already') });
    const unneeded = await runAtlas(cwd, ['simulate', '--dataset', 'my-world', '--if-empty']);
    expect(unneeded).toMatchObject({ exitCode: 0, stderr: expect.stringContaining('nothing is simulated') });
    const real = await runAtlas(cwd, ['simulate', '--dataset', 'openrouter-rankings']);
    expect(real).toMatchObject({ exitCode: 3, stderr: expect.stringContaining('KIND_MISMATCH') });
  },
  timeout,
);
