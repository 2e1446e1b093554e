// One download of millions of rows while others ask: what the server's memory holds above idle, what others' p99
// does, and what becomes of clients that read slowly or leave.
//   TEST_DATABASE_URL=postgresql://… npx tsx bench/download.ts [rows] [formats with commas]
import type { ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { get, type IncomingMessage } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { migrate } from '../src/database/migrate.ts';
import { openDatabase } from '../src/database/open-database.ts';
import { formatNames, formats } from '../src/downloads/formats.ts';
import { percentile, post, sendAtRate } from './access-clients.ts';
import { makeLongRelease } from './long-release.ts';
import { type AtlasProcess, onServer, startAtlas } from './servers.ts';

const [rowsText = '5000000', formatsText = 'CSV,PARQUET,ARROW,JSONL'] = process.argv.slice(2);
const serverUrl = process.env.TEST_DATABASE_URL;
if (serverUrl === undefined) throw new Error('Set TEST_DATABASE_URL: the embedded database is not measured.');
const wanted = formatNames.filter((name) => formatsText.split(',').includes(name));

const name = `atlas_bench_${randomBytes(6).toString('hex')}`;
const databaseUrl = new URL(serverUrl);
databaseUrl.pathname = `/${name}`;
const quietSeconds = 20;
const perSecond = 10;
const question = '{ usage(groupBy: [SOURCE_GROUP], to: "2024-01-08") { rows { totalTokens } } }';

/** Of all its pages that are in memory, in MB. */
async function memoryOf({ pid }: ChildProcess): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8');
  return Number(/VmRSS:\s+(\d+)/.exec(status)?.[1]) / 1_024;
}

/** The most memory, and how long others waited, while something runs. */
async function watch<Result>(server: AtlasProcess, run: () => Promise<Result>) {
  const times: number[] = [];
  let most = 0;
  const watching = setInterval(async () => (most = Math.max(most, await memoryOf(server.process))), 100);
  const stop = sendAtRate(perSecond, async () => {
    const { status, ms } = await post(server.url, question, {});
    if (status !== 200) throw new Error(`Others were answered ${status}`);
    times.push(ms);
  });
  const result = await run();
  await stop();
  clearInterval(watching);
  return { result, most, times };
}

const describeTimes = (times: readonly number[]): string =>
  `p50 ${percentile(times, 0.5).toFixed(1)} ms, p99 ${percentile(times, 0.99).toFixed(1)} ms of ${times.length} requests`;

async function open(url: string): Promise<IncomingMessage> {
  const [response] = (await once(get(url, { agent: false }), 'response')) as [IncomingMessage];
  if (response.statusCode !== 200) throw new Error(`The download was answered ${response.statusCode}`);
  return response;
}

async function downloadAll(url: string) {
  const startedAt = performance.now();
  const response = await open(url);
  let bytes = 0;
  let lines = 0;
  for await (const chunk of response as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    for (const byte of chunk) if (byte === 10) lines += 1;
  }
  if (!response.complete) throw new Error('The download was cut off');
  return { bytes, lines, seconds: (performance.now() - startedAt) / 1_000 };
}

await onServer(serverUrl, `CREATE DATABASE ${name} TEMPLATE template0`);
let server: AtlasProcess | undefined;
const observer = new pg.Client({ connectionString: databaseUrl.href });
try {
  const database = await openDatabase({
    databaseUrl: databaseUrl.href,
    databaseDirectory: '',
    databasePoolSize: 2,
  });
  await migrate(database.pool);
  const made = await makeLongRelease(database.pool, Number(rowsText));
  await database.close();
  await observer.connect();
  const started = await startAtlas({
    DATABASE_URL: databaseUrl.href,
    ATLAS_DEFAULT_DATASET: 'long',
    ATLAS_KEY_PEPPER: randomBytes(32).toString('hex'),
    LOG_LEVEL: 'warn',
    QUOTA_ANONYMOUS: '1000000000',
  });
  server = { ...started, url: started.url.replace('localhost', '127.0.0.1') };
  const running = server;
  const downloads = async (): Promise<number> => {
    const { rows } = await observer.query<{ count: number }>(
      `SELECT count(*)::integer AS count FROM pg_stat_activity
       WHERE datname = current_database() AND pid <> pg_backend_pid() AND state <> 'idle' AND query LIKE '%FROM wanted%'`,
    );
    return rows[0]?.count ?? 0;
  };

  await post(running.url, question, {});
  const quiet = await watch(running, () => sleep(quietSeconds * 1_000));
  const idle = await memoryOf(running.process);
  console.log(`${made} rows; idle ${idle.toFixed(0)} MB; others alone: ${describeTimes(quiet.times)}`);

  const addressOf = (extension: string): string =>
    `${running.url}/download/usage.${extension}?groupBy=MODEL,COUNTRY&grain=DAY&columns=totalTokens,requests,spendUsd`;
  for (const format of wanted) {
    const { extension } = formats[format];
    const { result, most, times } = await watch(running, () => downloadAll(addressOf(extension)));
    const { bytes, lines, seconds } = result;
    const rows = format === 'CSV' || format === 'JSONL' ? `, ${lines} lines` : '';
    console.log(
      `${format}: ${seconds.toFixed(1)} s, ${(bytes / 1e6).toFixed(0)} MB${rows}; memory at most ${(most - idle).toFixed(0)} MB above idle (allowed: 300)`,
    );
    console.log(
      `  others meanwhile: ${describeTimes(times)}; p99 × ${(percentile(times, 0.99) / percentile(quiet.times, 0.99)).toFixed(2)}`,
    );
  }

  // Takes 64 KiB a second: slow, but not silent.
  const slow = await watch(running, async () => {
    const response = await open(addressOf('csv'));
    for (let second = 0; second < quietSeconds; second += 1) {
      response.read(65_536);
      await sleep(1_000);
    }
    const during = await downloads();
    response.destroy();
    const leftAt = performance.now();
    while ((await downloads()) > 0) await sleep(5);
    return { during, freedMs: performance.now() - leftAt };
  });
  console.log(
    `A slow reader for ${quietSeconds} s: memory at most ${(slow.most - idle).toFixed(0)} MB above idle; others: ${describeTimes(slow.times)}`,
  );
  console.log(
    `  it held ${slow.result.during} transaction; ${slow.result.freedMs.toFixed(0)} ms after it left, none`,
  );

  // Leaves before the first row: the statement is still sorting.
  const client = get(addressOf('csv'), { agent: false });
  client.on('error', () => undefined);
  while ((await downloads()) === 0) await sleep(5);
  client.destroy();
  const leftAt = performance.now();
  while ((await downloads()) > 0) await sleep(5);
  console.log(
    `A client that left before the first row: its statement ended after ${(performance.now() - leftAt).toFixed(0)} ms`,
  );
} finally {
  if (server !== undefined) {
    const ended = once(server.process, 'close');
    server.process.kill('SIGTERM');
    await ended;
  }
  await observer.end();
  await onServer(serverUrl, `DROP DATABASE IF EXISTS ${name} WITH (FORCE)`);
}
process.exit(0);
