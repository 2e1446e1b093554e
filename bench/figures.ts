// Median and 95th percentile of every figure's document over a full-size release, uncached, on the embedded
// database or on the PostgreSQL of TEST_DATABASE_URL; beside it, in the same run, the same statement answered from
// the finest rows, so that the ratio says what the coarser ones are worth.
//   npx tsx bench/figures.ts [--runs 11] [--plans 3]
import './as-served.ts';
import 'reflect-metadata';
import { randomBytes } from 'node:crypto';
import { parseArgs } from 'node:util';
import { graphql } from 'graphql';
import pg from 'pg';
import { migrate } from '../src/database/migrate.ts';
import { openDatabase, type Database } from '../src/database/open-database.ts';
import { createContext, createServices } from '../src/graphql/context.ts';
import { buildAtlasSchema } from '../src/graphql/schema.ts';
import { figureDocuments } from '../test/support/figures.ts';
import { countStatements } from '../test/support/statements.ts';
import { makeFullSizeRelease } from './full-size-release.ts';
import { moreQuestions } from './more-questions.ts';
import { onServer } from './servers.ts';

const { values: options } = parseArgs({
  options: { runs: { type: 'string', default: '11' }, plans: { type: 'string', default: '0' } },
});
const runs = Number(options.runs);
const serverUrl = process.env.TEST_DATABASE_URL;
const name = `atlas_bench_${randomBytes(4).toString('hex')}`;
const schema = buildAtlasSchema();

async function open(): Promise<Database> {
  if (serverUrl === undefined) return openDatabase({ databaseDirectory: 'memory://', databasePoolSize: 1 });
  await onServer(serverUrl, `CREATE DATABASE ${name}`);
  const url = new URL(serverUrl);
  url.pathname = `/${name}`;
  return openDatabase({ databaseUrl: url.href, databaseDirectory: '', databasePoolSize: 4 });
}

async function times(work: () => Promise<unknown>): Promise<{ median: number; p95: number }> {
  const measured: number[] = [];
  for (let run = 0; run < runs + 1; run += 1) {
    const started = performance.now();
    await work();
    // The first run is a warm-up: plans, catalogue pages, compiled code.
    if (run > 0) measured.push(performance.now() - started);
  }
  measured.sort((a, b) => a - b);
  return {
    median: measured[Math.floor(measured.length / 2)] ?? 0,
    p95: measured[Math.ceil(measured.length * 0.95) - 1] ?? 0,
  };
}

const database = await open();
try {
  await migrate(database.pool);
  const started = performance.now();
  await makeFullSizeRelease(database.pool);
  const { rows: sizes } = await database.pool.query<{ name: string; rows: string; size: string }>(
    `SELECT relname AS name, reltuples::bigint AS rows, pg_size_pretty(pg_total_relation_size(oid)) AS size
     FROM pg_class WHERE (relname LIKE 'usage_day_%' OR relname LIKE 'histogram%') AND relkind = 'r' ORDER BY relname`,
  );
  console.log(
    `full-size release on ${database.kind}, made in ${((performance.now() - started) / 1000).toFixed(0)} s`,
  );
  for (const { name: table, rows, size } of sizes)
    console.log(`  ${table.padEnd(28)} ${rows.padStart(9)} rows  ${size}`);

  const services = createServices(database, { defaultDataset: 'full-size', publicUrl: 'http://localhost' });
  const ask = async (source: string) => {
    const contextValue = createContext(services, {
      requestId: 'bench',
      signal: new AbortController().signal,
    });
    const variableValues = source.includes('$models') ? { models: ['author-2/model-1'] } : {};
    const answer = await graphql({ schema, source, contextValue, variableValues });
    if (answer.errors) throw new Error(answer.errors[0]?.message);
    return answer;
  };
  console.log(
    `\n${'document'.padEnd(36)}${'median ms'.padStart(10)}${'p95 ms'.padStart(9)}${'statements'.padStart(12)}${'finest rows ms'.padStart(16)}${'ratio'.padStart(8)}`,
  );
  const figures = await figureDocuments();
  const measured: { median: number; sent: { text: string; values: unknown[] }[] }[] = [];
  for (const { name: figure, text } of [...figures, ...moreQuestions]) {
    const { median, p95 } = await times(() => ask(text));
    const { statements, sent } = await captured(() => ask(text));
    const finest =
      sent.length === 0
        ? null
        : await times(async () => {
            for (const { text: statement, values } of sent)
              await database.pool.query(
                statement,
                values.map(statement.includes('histogram_day_model') ? finestHistogram : finestValue),
              );
          });
    measured.push({ median, sent });
    console.log(
      `${figure.padEnd(36)}${median.toFixed(1).padStart(10)}${p95.toFixed(1).padStart(9)}${String(statements).padStart(12)}` +
        `${(finest?.median.toFixed(1) ?? '–').padStart(16)}${(finest === null ? '–' : (finest.median / median).toFixed(1)).padStart(8)}`,
    );
  }
  // Of the figures only, by their first statements.
  const slowest = measured.slice(0, figures.length).sort((a, b) => b.median - a.median);
  for (const { sent, median } of slowest.slice(0, Number(options.plans))) {
    const [first] = sent;
    if (first === undefined) continue;
    const { rows } = await database.pool.query<{ 'QUERY PLAN': string }>(
      `EXPLAIN (ANALYZE, BUFFERS) ${first.text}`,
      first.values,
    );
    console.log(
      `\n${median.toFixed(1)} ms: ${first.text.slice(0, 60)}…\n${rows.map((row) => row['QUERY PLAN']).join('\n')}`,
    );
  }
} finally {
  await database.close();
  if (serverUrl !== undefined) await onServer(serverUrl, `DROP DATABASE ${name} WITH (FORCE)`);
}

/** Usage statements of a document with their values. */
async function captured(work: () => Promise<unknown>) {
  const sent: { text: string; values: unknown[] }[] = [];
  const { query } = pg.Client.prototype as { query: (...args: unknown[]) => unknown };
  pg.Client.prototype.query = function (this: pg.Client, ...args: unknown[]): unknown {
    if (typeof args[0] === 'string' && args[0].startsWith('/* usage'))
      sent.push({ text: args[0], values: args[1] as unknown[] });
    return query.apply(this, args);
  } as typeof pg.Client.prototype.query;
  try {
    const { statements } = await countStatements(work);
    return { statements: statements.length, sent };
  } finally {
    pg.Client.prototype.query = query as typeof pg.Client.prototype.query;
  }
}

/** Level and grain are bound values, so the finest rows are asked for by changing them. */
function finestValue(value: unknown): unknown {
  if (value === 'MODEL' || value === 'SECOND') return 'BOTH';
  return value === 'WEEK' || value === 'WEEK_SUNDAY' || value === 'MONTH' ? 'DAY' : value;
}

/** Days and models of the histograms; the usage rows beside them stay coarse. */
function finestHistogram(value: unknown): unknown {
  if (value === 'ALL') return 'MODEL';
  return value === 'WEEK' || value === 'WEEK_SUNDAY' || value === 'MONTH' ? 'DAY' : value;
}
