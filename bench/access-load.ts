// Twenty partners and anonymous traffic at twice their quotas against two server processes on one PostgreSQL and
// one Redis: does anybody get more than the quota plus one query, and does a well-behaved partner notice while
// another is being refused?
//   TEST_DATABASE_URL=postgresql://… TEST_REDIS_URL=redis://… npx tsx bench/access-load.ts [seconds per phase]
import type { ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { KeyService } from '../src/access/key-service.ts';
import { readConfig } from '../src/config.ts';
import { migrate } from '../src/database/migrate.ts';
import { openDatabase } from '../src/database/open-database.ts';
import { seedRelease } from '../test/support/seed-release.ts';
import { fixtureGenerations } from '../test/support/serving-fixture.ts';
import { type Answered, percentile, post, sendAtRate } from './access-clients.ts';
import { onServer, startAtlas } from './servers.ts';

const [phaseSeconds = 60] = process.argv.slice(2).map(Number);
const serverUrl = process.env.TEST_DATABASE_URL;
const redisUrl = process.env.TEST_REDIS_URL;
if (serverUrl === undefined || redisUrl === undefined) {
  throw new Error('Set TEST_DATABASE_URL and TEST_REDIS_URL: this is about servers that share both.');
}

const windowSeconds = 15;
const quota = { STANDARD: 90, ANONYMOUS: 90, LARGE: 1_000_000 };
const partners = 20;
const query = 'query Load { usage(groupBy: [SOURCE_GROUP], grain: WEEK) { rows { totalTokens } } }';
/** The request and its one report. */
const pointsPerQuery = 3;

const name = `atlas_bench_${randomBytes(6).toString('hex')}`;
const databaseUrl = new URL(serverUrl);
databaseUrl.pathname = `/${name}`;
const settings = {
  DATABASE_URL: databaseUrl.href,
  // Other users of the Redis count under other numbers.
  REDIS_URL: redisUrl,
  ATLAS_KEY_PEPPER: randomBytes(32).toString('hex'),
  ATLAS_DEFAULT_DATASET: 'fixture',
  TRUST_PROXY: '1',
  LOG_LEVEL: 'warn',
  QUOTA_WINDOW_SECONDS: String(windowSeconds),
  QUOTA_STANDARD: String(quota.STANDARD),
  QUOTA_ANONYMOUS: String(quota.ANONYMOUS),
  QUOTA_LARGE: String(quota.LARGE),
};

/** Points spent in each window: answers of one window end within a second of each other. */
function spentByWindow(answers: readonly Answered[]): number[] {
  const windows: { end: number; points: number }[] = [];
  for (const { cost } of answers) {
    if (cost === undefined) continue;
    const end = new Date(cost.resetAt).getTime();
    const known = windows.find((window) => Math.abs(window.end - end) < (windowSeconds * 1_000) / 2);
    if (known === undefined) windows.push({ end, points: cost.actual });
    else known.points += cost.actual;
  }
  return windows.map(({ points }) => points);
}

await onServer(serverUrl, `CREATE DATABASE ${name} TEMPLATE template0`);
const servers: ChildProcess[] = [];
try {
  const config = readConfig(settings);
  const database = await openDatabase(config);
  await migrate(database.pool);
  await seedRelease(database.pool, fixtureGenerations());
  const keys = new KeyService(database, config);
  const wanted = {
    name: 'Partner',
    scopes: [],
    datasets: [],
    quotaClass: 'STANDARD' as const,
    expiresAt: null,
  };
  const texts: string[] = [];
  for (let count = 0; count <= partners; count += 1)
    texts.push((await keys.create(wanted, 'cli:bench')).text);
  const wellBehaved = (await keys.create({ ...wanted, quotaClass: 'LARGE' }, 'cli:bench')).text;
  await database.close();

  const [one, other] = [await startAtlas(settings), await startAtlas(settings)];
  servers.push(one.process, other.process);
  const urls = [one.url, other.url];
  let turn = 0;
  const ask = (headers: Record<string, string>): Promise<Answered> =>
    post(urls[(turn += 1) % 2] ?? one.url, query, headers);
  const withKey = (text: string) => ({ authorization: `Bearer ${text}` });

  // Phase 1: everybody at twice the quota.
  const atQuota = quota.STANDARD / windowSeconds / pointsPerQuery;
  const callers = [
    ...texts.slice(0, partners).map(withKey),
    // Unlike in other runs, so that their windows do not meet in Redis.
    ...['198.51.100.', '203.0.113.'].map((net) => ({
      'x-forwarded-for': net + (1 + Math.floor(Math.random() * 254)),
    })),
  ];
  const answers = callers.map((): Answered[] => []);
  const stops = callers.map((headers, caller) =>
    sendAtRate(2 * atQuota, async () => void answers[caller]?.push(await ask(headers))),
  );
  await sleep(phaseSeconds * 1_000);
  await Promise.all(stops.map((stop) => stop()));
  const spent = answers.flatMap(spentByWindow);
  const all = answers.flat();
  const share = (status: number) => all.filter((answer) => answer.status === status).length / all.length;
  console.log(
    `Phase 1: ${partners} partners and 2 networks, ${phaseSeconds} s, each at twice its quota of ${quota.STANDARD} points per ${windowSeconds} s, two servers, one Redis`,
  );
  console.log(
    `  requests ${all.length}, answered ${(share(200) * 100).toFixed(1)} %, refused ${(share(429) * 100).toFixed(1)} %, else ${((1 - share(200) - share(429)) * 100).toFixed(1)} %`,
  );
  console.log(
    `  windows ${spent.length}; points spent in one: most ${Math.max(...spent)}, median ${percentile(spent, 0.5)}, of ${quota.STANDARD}; allowed ${quota.STANDARD + pointsPerQuery}`,
  );

  // Phase 2: one partner hammers and is refused, in every second slice; the others stay within their quotas.
  const offender = withKey(texts[partners] ?? '');
  const steady = texts
    .slice(0, partners - 1)
    .map((text) => sendAtRate(atQuota / 2, async () => void (await ask(withKey(text)))));
  /** Of each slice: on a machine with other work, a burst of it must not decide. */
  const slices = { quiet: [] as number[][], refusing: [] as number[][] };
  let state: keyof typeof slices = 'quiet';
  let current: number[] = [];
  const stopWell = sendAtRate(40, async () => {
    const slice = current;
    const { status, ms } = await ask(withKey(wellBehaved));
    if (status !== 200) throw new Error(`The well-behaved partner was answered ${status}`);
    slice.push(ms);
  });
  const refused: Answered[] = [];
  const sliceMs = 1_500;
  for (let slice = 0; slice < (phaseSeconds * 2_000) / sliceMs; slice += 1) {
    state = slice % 2 === 0 ? 'quiet' : 'refusing';
    current = [];
    slices[state].push(current);
    const stop =
      state === 'quiet'
        ? async () => undefined
        : sendAtRate(10 * atQuota, async () => void refused.push(await ask(offender)));
    await sleep(sliceMs);
    await stop();
  }
  await stopWell();
  await Promise.all(steady.map((stop) => stop()));
  const p99 = (each: readonly number[][]) =>
    percentile(
      each.map((slice) => percentile(slice, 0.99)),
      0.5,
    );
  const line = (each: readonly number[][]) =>
    `p50 ${percentile(each.flat(), 0.5).toFixed(1)} ms, p99 ${p99(each).toFixed(1)} ms as the median of slices, ` +
    `${percentile(each.flat(), 0.99).toFixed(1)} ms of all ${each.flat().length} requests`;
  const moved = p99(slices.refusing) / p99(slices.quiet) - 1;
  const movedOverall = percentile(slices.refusing.flat(), 0.99) / percentile(slices.quiet.flat(), 0.99) - 1;
  console.log(
    `Phase 2: a well-behaved partner, ${partners - 1} others within their quotas; in every second slice another asks at ten times its quota`,
  );
  console.log(
    `  of the offender's ${refused.length} requests ${refused.filter(({ status }) => status === 429).length} were refused`,
  );
  console.log(`  while it is silent   ${line(slices.quiet)}`);
  console.log(`  while it is refused  ${line(slices.refusing)}`);
  console.log(
    `  the p99 of the well-behaved partner moved by ${(moved * 100).toFixed(1)} % (median of slices; allowed: under 20 %), over all by ${(movedOverall * 100).toFixed(1)} %`,
  );
} finally {
  for (const child of servers) {
    const ended = once(child, 'close');
    child.kill('SIGTERM');
    await ended;
  }
  await onServer(serverUrl, `DROP DATABASE IF EXISTS ${name} WITH (FORCE)`);
}
process.exit(0);
