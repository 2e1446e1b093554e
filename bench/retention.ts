import { fork } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Engine } from '../src/engine/engine.ts';
import { openEngine } from '../src/engine/open-engine.ts';

/**
 * The rollup of retention beside the self-join that it does without, over the same generations and under the same
 * limit, each in a process of its own: `npx tsx bench/retention.ts [generations] [limit in MiB]`. The rollup counts
 * cohorts of all users, models and authors by day, week and month; the self-join is run once for each of the nine.
 */
const generations = Number(process.argv[2] ?? 10_000_000);
const limitMiB = Number(process.argv[3] ?? 2_048);
const [directory, job] = process.argv.slice(4);

const users = 1_000_000;
const models = 300;
const days = 396;
const parameters = { dataset: 'bench', release_key: 1 };

const grains = ['MONTH', 'WEEK', 'DAY'] as const;
const groupings = {
  MODEL: 'assumeNotNull(model_key)',
  ALL: '0',
  AUTHOR: 'assumeNotNull(author_key)',
} as const;

/** Zipf over models; a few users make most requests, as in a gateway's log. */
const fillStatements = [
  `INSERT INTO stored_generations (dataset, load_id, created_at, user, model, prompt_tokens, completion_tokens)
   SELECT 'bench', 1,
     toDateTime64('2025-01-01 00:00:00', 3, 'UTC') + toIntervalSecond(intDiv(number * 86400 * ${days}, ${generations})),
     toUInt128(cityHash64(floor(pow(rand(1) / 4294967296.0, 1.5) * ${users}))),
     concat('model-', toString(toUInt32(floor(exp(rand(2) / 4294967296.0 * log(${models})))))), 1000, 100
   FROM numbers(${generations})`,
  `INSERT INTO loads (load_id, dataset, kind, committed_at) VALUES (1, 'bench', 'generation', now64(3))`,
];

/** Names are kept in memory only, so every process has to say them again. */
const names = `INSERT INTO model_names
  SELECT concat('model-', toString(number)), number, number % 60, NULL, NULL FROM numbers(${models + 1})`;

const selfJoin = (grain: string, key: string): string => `
  WITH active AS (
    SELECT DISTINCT ${key} AS subject, user, toDate(dateTrunc('${grain}', day)) AS period
    FROM active_days INNER JOIN model_names ON raw = model WHERE dataset = {dataset:String}
  )
  SELECT first.subject, first.cohort, dateDiff('${grain}', first.cohort, active.period) AS age, count() AS users
  FROM (SELECT subject, user, min(period) AS cohort FROM active GROUP BY subject, user) AS first
  INNER JOIN active ON active.subject = first.subject AND active.user = first.user
  WHERE age < 64
  GROUP BY ALL`;

interface Result {
  seconds: number;
  /** Of all threads: what a busy machine does not change. */
  cpuSeconds: number;
  peakMiB: number;
  users: number;
  failure?: string;
}

if (job === undefined) await compare();
else await runJob(job);

async function compare(): Promise<void> {
  const scratch = await mkdtemp(path.join(tmpdir(), 'atlas-bench-'));
  try {
    const filled = await inProcess(scratch, 'fill');
    console.log(
      `${generations} generations, ${filled.users} users, ${models} models; limit ${limitMiB} MiB a statement`,
    );
    const idle = await inProcess(scratch, 'idle');
    print('process that counts nothing', idle);
    const rollup = await inProcess(scratch, 'rollup');
    print('rollup, all nine at once', rollup);
    let cpuSeconds = 0;
    let peakMiB = 0;
    for (const grouping of Object.keys(groupings)) {
      for (const grain of grains) {
        const result = await inProcess(scratch, `${grouping} ${grain}`);
        print(`self-join, ${grouping} by ${grain}`, result);
        cpuSeconds += result.cpuSeconds;
        peakMiB = Math.max(peakMiB, result.peakMiB);
      }
    }
    console.log(
      `self-joins ÷ rollup: ${(cpuSeconds / rollup.cpuSeconds).toFixed(1)} × the CPU time, ${(peakMiB / rollup.peakMiB).toFixed(1)} × the peak`,
    );
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
}

function print(name: string, { seconds, cpuSeconds, peakMiB, users: counted, failure }: Result): void {
  const outcome = failure ?? `${counted} users in cohorts`;
  console.log(
    `${name.padEnd(28)} ${seconds.toFixed(1).padStart(6)} s  ${cpuSeconds.toFixed(1).padStart(6)} s of CPU  ${peakMiB.toFixed(0).padStart(5)} MiB RSS at the peak  ${outcome}`,
  );
}

function inProcess(scratch: string, name: string): Promise<Result> {
  return new Promise((resolve, reject) => {
    const child = fork(import.meta.filename, [`${generations}`, `${limitMiB}`, scratch, name], {
      execArgv: process.execArgv,
    });
    child.once('message', (result) => resolve(result as Result));
    child.once('exit', (code) => reject(new Error(`${name} ended with ${code}`)));
  });
}

async function runJob(name: string): Promise<void> {
  const engine = await openEngine({
    directory: path.join(directory ?? '', 'engine'),
    maxMemoryBytes: limitMiB * 2 ** 20,
  });
  await engine.command('bench.names', names);
  let peak = 0;
  const sample = () => (peak = Math.max(peak, process.memoryUsage.rss()));
  const timer = setInterval(sample, 20);
  const started = performance.now();
  const cpuBefore = process.cpuUsage();
  const result: Result = { seconds: 0, cpuSeconds: 0, peakMiB: 0, users: 0 };
  try {
    result.users = await count(engine, name);
  } catch (error) {
    result.failure = error instanceof Error ? error.message.slice(0, 160) : String(error);
  }
  sample();
  clearInterval(timer);
  result.seconds = (performance.now() - started) / 1000;
  const cpu = process.cpuUsage(cpuBefore);
  result.cpuSeconds = (cpu.user + cpu.system) / 1e6;
  result.peakMiB = peak / 2 ** 20;
  await engine.close();
  process.send?.(result, () => process.exit());
}

/** Runs a job and says how many users it counted, so that it is seen to have done the same. */
async function count(engine: Engine, name: string): Promise<number> {
  if (name === 'fill') {
    for (const statement of fillStatements) await engine.command('bench.fill', statement);
    return only(engine, `SELECT uniqExact(user) AS users FROM generations`);
  }
  if (name === 'idle') return 0;
  if (name === 'rollup') {
    const file = new URL('../src/rollups/07_retention_cohorts.sql', import.meta.url);
    const sizes = `toUInt64(splitByChar(',', trim(BOTH '{}' FROM users))[1])`;
    return only(engine, `SELECT sum(${sizes}) AS users FROM (${await readFile(file, 'utf8')})`);
  }
  const [grouping, grain] = name.split(' ') as [keyof typeof groupings, string];
  return only(engine, `SELECT sumIf(users, age = 0) AS users FROM (${selfJoin(grain, groupings[grouping])})`);
}

async function only(engine: Engine, sql: string): Promise<number> {
  const [row] = await engine.rows<{ users: string }>('bench.count', sql, parameters);
  return Number(row?.users);
}
