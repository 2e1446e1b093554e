import { createHash } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { expect, it } from 'vitest';
import { parseDeclaration } from '../../src/releases/dataset-declaration.ts';
import { findDeclaration } from '../../src/releases/declarations.ts';
import { loadFile, type LoadFileOptions } from '../../src/releases/load-files.ts';
import { useCountingSide } from './counting-side.ts';
import { gateway, requests, writeLog } from './gateway-log.ts';

const side = useCountingSide();

function load(options: Omit<LoadFileOptions, 'store' | 'pseudonymKey'>) {
  return loadFile({ store: side.store, pseudonymKey: Buffer.alloc(32), ...options });
}

function write(name: string, content: string | Buffer) {
  const file = path.join(side.directory, name);
  return writeFile(file, content).then(() => file);
}

it('loads the rankings that ship, and a second time nothing', async () => {
  const declaration = await findDeclaration(side.directory, 'openrouter-rankings');
  const [declared] = declaration.files;
  const file = declared?.path ?? '';
  expect(await load({ declaration, file })).toMatchObject({
    rowsRead: 4_590,
    accepted: 4_590,
    refused: 0,
    totalTokens: 695_167_201_779_883,
    from: '2026-05-24',
    to: '2026-08-22',
  });
  expect(await load({ declaration, file })).toMatchObject({
    accepted: 0,
    alreadyLoaded: 4_590,
    loadId: null,
  });
  expect((await side.store.datasetSummary(declaration.id)).loads).toMatchObject([
    { file, format: 'openrouter-rankings-daily', sha256: declared?.sha256, bytes: 250_913 },
  ]);
});

it('refuses a usage feed for a data set of request logs, and the other way round', async () => {
  const feed = await write('feed.csv', 'date,model_permaslug,total_tokens\n2026-01-01,openai/gpt-4o,5\n');
  const log = await writeLog(side.directory, 'log.ndjson', requests(5));
  const rankings = await findDeclaration(side.directory, 'openrouter-rankings');
  await expect(load({ declaration: gateway('a'), file: feed })).rejects.toMatchObject({
    code: 'KIND_MISMATCH',
    message: expect.stringMatching(
      /feed\.csv: the format openrouter-rankings-daily holds USAGE_FEED.*GENERATIONS/,
    ),
  });
  await expect(load({ declaration: rankings, file: log })).rejects.toMatchObject({ code: 'KIND_MISMATCH' });
});

it('takes format and columns that the declaration gives for a file, and checks its content', async () => {
  const content = 'model,prompt_tokens,completion_tokens\nopenai/gpt-4o,1,2\n';
  const file = await write('declared.csv', content);
  const sha256 = createHash('sha256').update(content).digest('hex');
  const set = { created_at: '2026-01-02' };
  const declare = (entry: object) =>
    parseDeclaration({ ...gateway('declared'), files: [{ path: 'declared.csv', ...entry }] }, file);

  await expect(load({ declaration: declare({}), file, format: 'atlas' })).rejects.toMatchObject({
    code: 'COLUMNS_MISSING',
  });
  await expect(
    load({ declaration: declare({ format: 'atlas', set, sha256: '0'.repeat(64) }), file }),
  ).rejects.toMatchObject({ code: 'FILE_UNREADABLE', message: expect.stringContaining(sha256) });
  expect(await load({ declaration: declare({ format: 'atlas', set, sha256 }), file })).toMatchObject({
    accepted: 1,
    from: '2026-01-02',
  });
});

it('changes nothing where the file breaks off or too many of its rows are refused', async () => {
  const declaration = gateway('broken');
  const log = requests(3_000).map((line) => `${JSON.stringify(line)}\n`);
  const whole = gzipSync(log.join(''));
  const file = await write('cut.ndjson.gz', whole.subarray(0, whole.length - 1_000));
  await expect(load({ declaration, file })).rejects.toMatchObject({ code: 'FILE_UNREADABLE' });

  const bad = await write('bad.ndjson', [...log.slice(0, 90), ...Array<string>(10).fill('{\n')].join(''));
  await expect(load({ declaration, file: bad })).rejects.toMatchObject({ code: 'TOO_MANY_REFUSED' });
  expect(await side.store.datasetSummary(declaration.id)).toMatchObject({ rows: 0, refused: 0, loads: [] });

  expect(await load({ declaration, file: bad, maxRefusedShare: 0.1 })).toMatchObject({
    rowsRead: 100,
    accepted: 90,
    refused: 10,
  });
});

it('tells how far it has come and stops when told to', async () => {
  const file = await writeLog(side.directory, 'long.ndjson', requests(5_000));
  const declaration = gateway('stopped');
  const controller = new AbortController();
  const progress: number[] = [];
  const onProgress = (read: number, total: number) => {
    progress.push(read / total);
    controller.abort();
  };
  await expect(load({ declaration, file, onProgress, signal: controller.signal })).rejects.toThrow(/abort/i);
  expect(progress.length).toBeGreaterThan(0);
  expect((await side.store.datasetSummary(declaration.id)).rows).toBe(0);
  expect(await load({ declaration, file })).toMatchObject({ accepted: 5_000 });
});
