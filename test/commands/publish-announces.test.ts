import { writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Webhook } from 'standardwebhooks';
import { expect, it, vi } from 'vitest';
import { runHere, useWorkingDirectory } from './run-here.ts';

useWorkingDirectory();

it('atlas publish tells the addresses of the settings, and says so on standard error', async () => {
  const bodies: string[] = [];
  const secret = `whsec_${Buffer.alloc(32, 1).toString('base64')}`;
  const server = createServer((request, response) => {
    let body = '';
    request.on('data', (part: Buffer) => (body += part.toString()));
    request.on('end', () => {
      new Webhook(secret).verify(body, request.headers as Record<string, string>);
      bodies.push(body);
      response.end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  vi.stubEnv('RELEASE_WEBHOOKS', `${origin}/hook`);
  vi.stubEnv('RELEASE_WEBHOOK_SECRET', secret);
  await writeFile(
    'log.csv',
    'id,created_at,model,prompt_tokens,completion_tokens,user\na1,2026-03-01T10:00:00Z,openai/gpt-4o,1000,200,ada\n',
  );
  const declared = await runHere(
    ...[
      'datasets',
      'add',
      '--id',
      'mine',
      '--title',
      'Mine',
      '--kind',
      'GENERATIONS',
      '--minimum-users',
      '1',
    ],
    ...[
      '--description',
      'All',
      '--licence',
      'CC0-1.0',
      '--citation',
      'Me, 2026',
      '--next-update',
      '2026-04-01',
    ],
  );
  expect(declared.exitCode).toBe(0);
  await runHere('load', '--dataset', 'mine', 'log.csv');
  const { exitCode, stdout, stderr } = await runHere('publish', '--dataset', 'mine');
  server.close();
  expect(exitCode).toBe(0);
  expect(stdout).toContain('Published mine@2026-03-02.1');
  expect(stderr).toContain(`Told ${origin} of mine@2026-03-02.1.`);
  expect(bodies.map((body) => JSON.parse(body) as unknown)).toEqual([
    expect.objectContaining({
      type: 'release.published',
      data: expect.objectContaining({
        release: 'mine@2026-03-02.1',
        totalTokens: 1200,
        nextUpdate: '2026-04-01',
      }),
    }),
  ]);
  expect(bodies.join('')).not.toContain('ada');

  // A day that is expected is no part of what is counted.
  await runHere('datasets', 'add', 'data/datasets/mine.json', '--next-update', '2026-05-01');
  expect((await runHere('publish', '--dataset', 'mine')).exitCode).toBe(4);
  expect(
    (await runHere('datasets', 'add', 'data/datasets/mine.json', '--next-update', 'soon')).exitCode,
  ).toBe(3);
  expect(bodies).toHaveLength(1);
});
