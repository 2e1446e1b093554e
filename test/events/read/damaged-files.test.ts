import { createWriteStream } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { once } from 'node:events';
import { deflateRawSync, gzipSync } from 'node:zlib';
import { parquetWriteBuffer } from 'hyparquet-writer';
import { describe, expect, it } from 'vitest';
import { maximumRecordLength } from '../../../src/events/read/record-source.ts';
import { readEvents } from '../../../src/events/validate.ts';
import {
  atlasRow,
  csvOf,
  ndjsonOf,
  now,
  pseudonymKey,
  readAll,
  temporaryDirectory,
  temporaryFile,
} from '../support.ts';

const many = Array.from({ length: 40_000 }, (_, index) => ({ ...atlasRow, id: `gen-${index}` }));
const parquet = new Uint8Array(
  parquetWriteBuffer({
    columnData: Object.entries(atlasRow).map(([name, value]) => ({
      name,
      data: Array.from({ length: 5_000 }, () => String(value)),
      type: 'STRING' as const,
    })),
    codec: 'UNCOMPRESSED',
  }),
);
const cut = (content: string | Uint8Array, share = 0.5) =>
  content.slice(0, Math.floor(content.length * share));

async function failureOf(name: string, content: string | Uint8Array, options = {}) {
  const file = await temporaryFile(name, content);
  const error = await readAll(file, options).then(
    () => undefined,
    (failure: unknown) => failure as Error,
  );
  expect(error?.message).toContain(file);
  return error;
}

describe('a file that can not be read', () => {
  it.each<[string, string, string | Uint8Array, RegExp]>([
    ['an empty file', 'a.csv', '', /is empty/],
    ['an empty gzip file', 'a.csv.gz', gzipSync(''), /is empty/],
    ['white space alone', 'a.ndjson', '\n  \n', /nothing but white space/],
    ['a cut gzip file', 'a.csv.gz', cut(gzipSync(csvOf([atlasRow]))), /cut off/],
    ['a large gzip file, cut', 'a.ndjson.gz', cut(gzipSync(ndjsonOf(many), { level: 1 }), 0.9), /cut off/],
    ['a damaged gzip file', 'a.csv.gz', damaged(gzipSync(csvOf(many))), /gzip data are damaged/],
    ['a ZIP archive', 'a.csv', Buffer.from('504b030414000000', 'hex'), /ZIP archive/],
    ['Zstandard', 'a.csv.zst', Buffer.from('28b52ffd04580000', 'hex'), /Zstandard/],
    ['an archive packed twice', 'a.csv.gz.gz', gzipSync(gzipSync('a')), /gzip twice/],
    ['a binary file', 'a.csv', deflateRawSync(Buffer.alloc(5_000, 'abc\u0000')), /binary|UTF-8/],
    ['UTF-16', 'a.csv', Buffer.from(`\ufeff${csvOf([atlasRow])}`, 'utf16le'), /UTF-16/],
    [
      'a header that is not UTF-8',
      'a.csv',
      Buffer.from('mod\xe9l,created_at\n', 'latin1'),
      /line 1: is not UTF-8/,
    ],
    ['Parquet inside gzip', 'a.parquet.gz', gzipSync(parquet), /Parquet file inside gzip/],
    ['a cut Parquet file', 'a.parquet', cut(parquet), /without a readable footer/],
    ['a Parquet file of damaged pages', 'a.parquet', overwritten(parquet), /damaged Parquet/],
    ['a name that promises Parquet', 'a.parquet', csvOf([atlasRow]), /named \.parquet/],
    ['a name that promises NDJSON', 'a.jsonl.gz', gzipSync(csvOf([atlasRow])), /named \.jsonl/],
    ['a cut JSON document', 'a.json', cut(JSON.stringify([atlasRow, atlasRow])), /not a valid JSON document/],
    ['NDJSON without one valid line', 'a.ndjson', '{"id": \n{"id": \n', /no line .* valid JSON/],
    ['a column named twice', 'a.csv', 'model,created_at,model\n', /line 1: .*twice/],
    ['a header with an open quote', 'a.csv', 'model,"created_at\n', /line 1: .*header/],
    ['semicolons', 'a.csv', 'created_at;model;prompt_tokens\n1;2;3\n', /line 1: .*commas/],
  ])('is %s: the error says so and names it', async (_, name, content, words) => {
    const error = await failureOf(name, content);
    expect(error).toMatchObject({ code: 'FILE_UNREADABLE', message: expect.stringMatching(words) });
  });

  it('is one whose columns fit nothing', async () => {
    expect(await failureOf('a.csv', 'x,y\n1,2\n')).toMatchObject({ code: 'FORMAT_UNKNOWN' });
    expect(await failureOf('a.csv', csvOf([atlasRow]), { format: 'litellm-spend-logs' })).toMatchObject({
      code: 'COLUMNS_MISSING',
      message: expect.stringContaining('request_id'),
    });
    expect(await failureOf('a.csv', csvOf([atlasRow]), { format: 'aider-analytics-log' })).toMatchObject({
      code: 'FORMAT_UNKNOWN',
      message: expect.stringContaining('read from ndjson'),
    });
  });

  it('is a directory, or not there', async () => {
    const directory = await temporaryDirectory();
    await mkdir(path.join(directory, 'logs.csv'));
    await expect(readAll(path.join(directory, 'logs.csv'))).rejects.toMatchObject({
      code: 'FILE_UNREADABLE',
      message: expect.stringContaining('is a directory'),
    });
    await expect(readAll(path.join(directory, 'absent.csv'))).rejects.toMatchObject({
      code: 'FILE_UNREADABLE',
      message: expect.stringContaining('no such file'),
    });
    await expect(readAll('/dev/null')).rejects.toMatchObject({
      message: expect.stringContaining('regular file'),
    });
  });
});

describe('a line longer than a record may be', () => {
  const long = 'x'.repeat(maximumRecordLength + 1);

  it.each([
    ['a.csv', `${csvOf([atlasRow, atlasRow])}${long}\n`, 4],
    ['a.csv.gz', gzipSync(`${csvOf([atlasRow, atlasRow])}${long}\n`), 4],
    ['a.ndjson', `${ndjsonOf([atlasRow])}{"id": "${long}"}\n`, 2],
    ['a.csv', `${long}\n1\n`, 1],
    ['a.ndjson', `{"id": "${long}"}\n`, 1],
  ])('ends the reading of %s, and is named', async (name, content, line) => {
    const error = await failureOf(name, content);
    expect(error).toMatchObject({
      code: 'FILE_UNREADABLE',
      message: expect.stringContaining(`line ${line}: the line is longer than 1048576 characters`),
      details: { line },
    });
  });

  it('is allowed up to that length', async () => {
    const row = `{"id":"x","created_at":"2026-01-01","model":"m","prompt_tokens":1,"completion_tokens":1,"prompt":"`;
    const line = `${row}${'x'.repeat(maximumRecordLength - row.length - 2)}"}`;
    expect(line).toHaveLength(maximumRecordLength);
    expect((await readAll(await temporaryFile('a.ndjson', line))).generations).toHaveLength(1);
  });

  it('is given up after little more than its limit when it goes on for 50 MB', async () => {
    const file = await temporaryFile('endless.csv', csvOf([atlasRow]));
    const stream = createWriteStream(file, { flags: 'a' });
    const chunk = 'x'.repeat(10_000_000);
    for (let count = 0; count < 5; count += 1) if (!stream.write(chunk)) await once(stream, 'drain');
    await new Promise((resolve) => stream.end(resolve));

    let bytesRead = 0;
    const onProgress = (bytes: number) => (bytesRead = bytes);
    await expect(readAll(file, { onProgress })).rejects.toMatchObject({
      code: 'FILE_UNREADABLE',
      details: { line: 3 },
    });
    expect(bytesRead).toBeLessThan(4_000_000);
  });
});

describe('a bad line in a good file', () => {
  it('is refused where it is not UTF-8, and the others are read', async () => {
    const bytes = Buffer.from(
      csvOf([
        { ...atlasRow, app: 'caf\xe9' },
        { ...atlasRow, app: 'Zürich' },
      ]),
      'latin1',
    );
    const utf8 = Buffer.from(csvOf([{ ...atlasRow, id: 'gen-2', app: 'Zürich 東京' }]).split('\n')[1]!);
    const { refused, generations } = await readAll(
      await temporaryFile('a.csv', Buffer.concat([bytes, utf8])),
    );
    expect(refused).toMatchObject([
      { line: 2, field: 'app', code: 'MALFORMED', reason: 'is not valid UTF-8' },
      { line: 3, field: 'app', code: 'MALFORMED' },
    ]);
    expect(generations).toMatchObject([{ line: 4, app: 'Zürich 東京' }]);
  });

  it('is refused in NDJSON, and blank lines are none', async () => {
    const content = `${ndjsonOf([atlasRow])}\n{"id": \n[1, 2]\n"text"\nnull\n   \n${ndjsonOf([atlasRow])}{"id":`;
    const { refused, generations } = await readAll(await temporaryFile('a.ndjson', content));
    expect(generations.map((row) => row.line)).toEqual([1, 8]);
    expect(refused.map(({ line, field, code }) => [line, field, code])).toEqual([
      [3, null, 'MALFORMED'],
      [4, null, 'MALFORMED'],
      [4, null, 'MALFORMED'],
      [5, null, 'MALFORMED'],
      [6, null, 'MALFORMED'],
      [9, null, 'MALFORMED'],
    ]);
  });

  it('is refused in a JSON array, by the number of its record', async () => {
    const content = JSON.stringify([atlasRow, 'text', null, [[[[atlasRow]]]], atlasRow]);
    const { refused, generations } = await readAll(await temporaryFile('a.json', content));
    expect(generations.map((row) => row.line)).toEqual([1, 5]);
    expect(refused.map(({ line, reason }) => [line, reason])).toEqual([
      [2, 'is not a JSON object'],
      [3, 'is not a JSON object'],
      [4, 'is not a JSON object'],
    ]);
  });

  it('is refused in CSV where the file was cut in the middle of it', async () => {
    const text = csvOf([atlasRow, atlasRow]).trimEnd();
    const { refused, generations } = await readAll(await temporaryFile('a.csv', text.slice(0, -40)));
    expect(generations).toHaveLength(1);
    expect(refused).toMatchObject([
      { line: 3, field: null, code: 'MALFORMED', reason: expect.stringMatching(/^has \d+ fields/) },
    ]);
  });
});

describe('a large file', () => {
  it('is read in batches, with its progress told, and can be given up', async () => {
    const file = await temporaryFile('a.ndjson.gz', gzipSync(ndjsonOf(many)));
    const progress: [number, number][] = [];
    const { generations } = await readAll(file, {
      onProgress: (read, total) => progress.push([read, total]),
    });
    expect(generations).toHaveLength(many.length);
    expect(generations.at(-1)?.line).toBe(many.length);
    const [bytesRead, bytesTotal] = progress.at(-1)!;
    expect(bytesRead).toBe(bytesTotal);

    const controller = new AbortController();
    const { rows } = await readEvents(file, { pseudonymKey, now, signal: controller.signal });
    let count = 0;
    await expect(async () => {
      for await (const batch of rows) {
        expect(batch.length).toBeLessThanOrEqual(1_000);
        count += batch.length;
        controller.abort();
      }
    }).rejects.toMatchObject({ name: 'AbortError' });
    expect(count).toBeLessThan(many.length);
  });

  it('may be left in the middle', async () => {
    const { rows } = await readEvents(await temporaryFile('a.csv', csvOf(many)), { pseudonymKey, now });
    for await (const batch of rows) {
      expect(batch.length).toBeGreaterThan(0);
      break;
    }
  });
});

/** A few bytes in the middle turned over. */
function damaged(bytes: Buffer): Buffer {
  const copy = Buffer.from(bytes);
  for (let index = 0; index < 64; index += 1) {
    const position = Math.floor(copy.length / 3) + index;
    copy[position] = 255 - copy[position]!;
  }
  return copy;
}

/** Zeroes over the first pages; magic and footer stay. */
function overwritten(bytes: Uint8Array): Uint8Array {
  return new Uint8Array(bytes).fill(0xff, 4, 60);
}
