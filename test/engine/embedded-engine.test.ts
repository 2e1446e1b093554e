import { spawnSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { openEmbeddedEngine } from '../../src/engine/embedded-engine.ts';
import { exactCount } from '../../src/engine/engine.ts';
import { temporaryDirectory, temporaryEngine } from './event-rows.ts';

async function textOf(stream: AsyncIterable<Uint8Array>): Promise<string> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of stream) chunks.push(chunk);
  return Buffer.concat(chunks).toString('utf8');
}

describe('embedded engine', () => {
  it('binds values by type and returns 64-bit integers and decimals as exact text', async () => {
    const engine = await temporaryEngine();
    const [row] = await engine.rows(
      'test.types',
      `SELECT {big:UInt64} AS big, {text:String} AS text, {nothing:Nullable(String)} AS nothing,
              toDecimal128({amount:String}, 12) AS amount, {names:Array(String)} AS names, {flag:Bool} AS flag`,
      {
        big: 18446744073709551615n,
        text: "it's a \\ tab\t'; DROP TABLE loads; --\n",
        nothing: null,
        amount: '0.100000000001',
        names: ["a'b", 'c'],
        flag: true,
      },
    );
    expect(row).toEqual({
      big: '18446744073709551615',
      text: "it's a \\ tab\t'; DROP TABLE loads; --\n",
      nothing: null,
      amount: '0.100000000001',
      names: ["a'b", 'c'],
      flag: true,
    });
  });

  it('streams text that PostgreSQL reads with COPY: tabs, \\N for null, escapes', async () => {
    const engine = await temporaryEngine();
    const text = await textOf(
      engine.stream('test.stream', `SELECT number, if(number = 1, NULL, {text:String}) FROM numbers(3)`, {
        text: 'a\tb\\c\nd',
      }),
    );
    expect(text).toBe('0\ta\\tb\\\\c\\nd\n1\t\\N\n2\ta\\tb\\\\c\\nd\n');
  });

  it('streams more than fits into one chunk, completely and in order', async () => {
    const engine = await temporaryEngine();
    const text = await textOf(
      engine.stream('test.long', 'SELECT number FROM numbers(500000) ORDER BY number'),
    );
    const expected = Array.from({ length: 500_000 }, (_, number) => `${number}\n`).join('');
    expect(text === expected).toBe(true);
  });

  it('names the statement in its errors, in a stream that fails on its way too', async () => {
    const engine = await temporaryEngine();
    await expect(engine.command('test.wrong', 'SELECT nothing_of_that_name')).rejects.toMatchObject({
      code: 'ENGINE_FAILED',
      message: expect.stringContaining('Statement test.wrong failed'),
      details: { statement: 'test.wrong', exception: 'UNKNOWN_IDENTIFIER' },
    });
    const failing = engine.stream('test.late', 'SELECT throwIf(number = 300000) FROM numbers(600000)');
    await expect(textOf(failing)).rejects.toMatchObject({
      message: expect.stringContaining('Statement test.late failed'),
    });
    expect(await engine.rows('test.after', 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
  });

  it('does not repeat rows in the error of an insert', async () => {
    const engine = await temporaryEngine();
    await engine.command('test.table', 'CREATE TABLE numbers_only (number UInt8) ENGINE = Memory');
    const insert = engine.insert(
      'test.insert',
      'numbers_only',
      ['number'],
      Buffer.from('secret-user-name\n'),
    );
    const error = await insert.catch((cause: unknown) => cause);
    expect(error).toMatchObject({ code: 'ENGINE_FAILED', message: expect.stringContaining('numbers_only') });
    expect(JSON.stringify(error) + String(error) + String((error as Error).cause)).not.toContain('secret');
  });

  it('refuses another statement while a stream is open instead of waiting for ever', async () => {
    const engine = await temporaryEngine();
    for await (const chunk of engine.stream('test.open', 'SELECT number FROM numbers(500000)')) {
      expect(chunk.length).toBeGreaterThan(0);
      await expect(engine.rows('test.inside', 'SELECT 1')).rejects.toThrow(
        'the stream test.open is still open',
      );
      break;
    }
    expect(await engine.rows('test.afterwards', 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
  });

  it('runs statements that are called at once one after the other', async () => {
    const engine = await temporaryEngine();
    const values = Array.from({ length: 20 }, (_, index) => index);
    const results = await Promise.all(
      values.map((value) =>
        engine.rows<{ value: number }>('test.many', 'SELECT {value:UInt32} AS value', { value }),
      ),
    );
    expect(results.map(([row]) => row?.value)).toEqual(values);
  });

  it('stops a stream when its signal is aborted', async () => {
    const engine = await temporaryEngine();
    const abort = new AbortController();
    const stream = engine.stream('test.abort', 'SELECT number FROM numbers(5000000)', {}, abort);
    let chunks = 0;
    const reading = (async () => {
      for await (const chunk of stream) {
        chunks += chunk.length > 0 ? 1 : 0;
        abort.abort();
      }
    })();
    await expect(reading).rejects.toMatchObject({ name: 'AbortError' });
    expect(chunks).toBe(1);
    expect(await engine.rows('test.afterwards', 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
  });

  it('ends a statement that takes longer than allowed', async () => {
    const engine = await openEmbeddedEngine({
      directory: await temporaryDirectory(),
      maxMemoryBytes: 256 * 2 ** 20,
      statementTimeoutMs: 300,
    });
    try {
      const endless = engine.command(
        'test.endless',
        'SELECT count() FROM numbers(1000000000000) WHERE number % 7 = 9',
      );
      await expect(endless).rejects.toMatchObject({ details: { exception: 'TIMEOUT_EXCEEDED' } });
    } finally {
      await engine.close();
    }
  });

  it('groups more than the memory it may use by way of the disk, and refuses what can not go there', async () => {
    const engine = await openEmbeddedEngine({
      directory: await temporaryDirectory(),
      maxMemoryBytes: 128 * 2 ** 20,
      threads: 1,
    });
    try {
      const [row] = await engine.rows<{ groups: string }>(
        'test.spill',
        'SELECT count() AS groups FROM (SELECT number FROM numbers(6000000) GROUP BY number)',
      );
      expect(row?.groups).toBe('6000000');
      const set = engine.command('test.memory', 'SELECT uniqExact(number) FROM numbers(100000000)');
      await expect(set).rejects.toThrow('Give the engine more memory');
    } finally {
      await engine.close();
    }
  });

  it('keeps the event loop free while it counts', async () => {
    const engine = await temporaryEngine();
    let turns = 0;
    const ticking = setInterval(() => (turns += 1), 5);
    await engine.command('test.busy', 'SELECT sum(cityHash64(number)) FROM numbers(200000000)');
    clearInterval(ticking);
    expect(turns).toBeGreaterThan(5);
  });

  it('keeps what it was given when it is closed and opened again', async () => {
    const directory = await temporaryDirectory();
    const first = await openEmbeddedEngine({ directory, maxMemoryBytes: 256 * 2 ** 20 });
    await first.command('test.make', 'CREATE TABLE kept (number UInt8) ENGINE = MergeTree ORDER BY number');
    await first.insert('test.fill', 'kept', ['number'], Buffer.from('1\n2\n'));
    await first.close();
    const second = await temporaryEngine(directory);
    expect(await second.rows('test.read', 'SELECT number FROM kept ORDER BY number')).toEqual([
      { number: 1 },
      { number: 2 },
    ]);
  });

  it('refuses a directory that another process holds, naming it', async () => {
    const directory = await temporaryDirectory();
    await temporaryEngine(directory);
    const answer = openInAnotherProcess(directory);
    expect(answer).toContain('DIRECTORY_IN_USE');
    expect(answer).toContain(directory);
  });

  it('says what to install where chdb is missing', async () => {
    const resolveHook = `export async function resolve(specifier, context, next) {
      if (specifier === 'chdb') throw new Error("Cannot find package 'chdb'");
      return next(specifier, context);
    }`;
    const answer = openInAnotherProcess(await temporaryDirectory(), [
      '--import',
      `data:text/javascript,import { register } from 'node:module';
       register('data:text/javascript,' + encodeURIComponent(${JSON.stringify(resolveHook)}));`,
    ]);
    expect(answer).toContain('ENGINE_UNAVAILABLE');
    expect(answer).toContain('npm install chdb');
  });
});

/** Tries to open an engine in a process of its own; returns `opened` or the code and message of the error. */
function openInAnotherProcess(directory: string, nodeOptions: readonly string[] = []): string {
  const module = new URL('../../src/engine/open-engine.ts', import.meta.url).href;
  const script = `
    import { openEngine } from ${JSON.stringify(module)};
    try {
      await openEngine({ directory: ${JSON.stringify(directory)}, maxMemoryBytes: 2 ** 28 });
      process.stdout.write('opened');
    } catch (error) {
      process.stdout.write(error.code + ' ' + error.message);
    }`;
  const child = spawnSync(
    process.execPath,
    ['--import', 'tsx', ...nodeOptions, '--input-type=module', '-e', script],
    { encoding: 'utf8' },
  );
  return child.stdout + child.stderr;
}

describe('exactCount', () => {
  it('refuses what a number can not hold', () => {
    expect(exactCount('9007199254740991')).toBe(Number.MAX_SAFE_INTEGER);
    expect(() => exactCount('9007199254740993')).toThrow('exact');
  });
});
