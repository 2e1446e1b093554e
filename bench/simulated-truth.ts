/**
 * What was planted in simulated studies of several seeds, found again through the API: cohorts by the retention
 * analysis, the elasticity, and the shares of categories within their stated 95 % intervals. Each seed is drawn and
 * published as a data set of its own, into the database of the settings; use one that you can throw away.
 *   npx tsx bench/simulated-truth.ts [--generations 500000] [--seeds 1,2,3] [--label-share 0.3]
 * or of a data set that is published already, beside what `atlas simulate --truth` wrote of it:
 *   npx tsx bench/simulated-truth.ts --published my-world --truth truth.json
 */
import 'reflect-metadata';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { graphql } from 'graphql';
import { readConfig } from '../src/config.ts';
import { migrate } from '../src/database/migrate.ts';
import { type Database, openDatabase } from '../src/database/open-database.ts';
import { openEngine } from '../src/engine/open-engine.ts';
import { createContext, createServices } from '../src/graphql/context.ts';
import { buildAtlasSchema } from '../src/graphql/schema.ts';
import { parseGlobalId } from '../src/measures/entity-id.ts';
import { wilson } from '../src/measures/retention/wilson.ts';
import { parseDeclaration } from '../src/releases/dataset-declaration.ts';
import { publish } from '../src/releases/publish.ts';
import { simulate } from '../src/simulate/simulate.ts';
import { type Truth, truthOf } from '../src/simulate/truth.ts';

const { values: options } = parseArgs({
  options: {
    generations: { type: 'string', default: '500000' },
    seeds: { type: 'string', default: '1,2,3' },
    'label-share': { type: 'string', default: '0.3' },
    published: { type: 'string' },
    truth: { type: 'string' },
  },
});
const generations = Number(options.generations);
const labelShare = Number(options['label-share']);
const months = 13;
const schema = buildAtlasSchema();

async function drawAndPublish(database: Database, dataset: string, seed: number): Promise<Truth> {
  const directory = await mkdtemp(path.join(tmpdir(), 'atlas-bench-'));
  const engine = await openEngine({ directory, maxMemoryBytes: 2 ** 30 });
  try {
    const drawn = await simulate({ engine, dataset, generations, seed, months, labelShare });
    const declaration = parseDeclaration(
      {
        id: dataset,
        title: dataset,
        description: 'Synthetic.',
        kind: 'GENERATIONS',
        licence: 'CC0-1.0',
        citation: 'None.',
        synthetic: true,
        usersArePseudonymous: true,
        minimumUsers: null,
      },
      'bench',
    );
    await publish({ engine, database, declaration, force: true });
    return truthOf(drawn.world, { generations, seed, months }, drawn.categoryShares);
  } finally {
    await engine.close();
    await rm(directory, { recursive: true, force: true });
  }
}

type Ask = <T>(source: string, variables?: Record<string, unknown>) => Promise<T>;

function asker(database: Database, dataset: string): Ask {
  const services = createServices(database, { defaultDataset: dataset, publicUrl: 'http://localhost' });
  return async <T>(source: string, variableValues: Record<string, unknown> = {}) => {
    const contextValue = createContext(services, {
      requestId: 'bench',
      signal: new AbortController().signal,
    });
    const { data, errors = [] } = await graphql({ schema, source, contextValue, variableValues });
    if (errors[0] !== undefined) throw errors[0];
    return data as T;
  };
}

interface ShareRow {
  period: { start: string };
  category: { id: string } | null;
  share: number;
  shareInterval: { low: number; high: number } | null;
}

/** Of the shares of categories by week, how many lie within the interval that the API states. */
async function coveredShares(ask: Ask, weekShares: Truth['categoryShares']) {
  const { usage } = await ask<{ usage: { rows: ShareRow[] } }>(
    `{ usage(groupBy: [CATEGORY], grain: WEEK, shareOf: PERIOD, from: "2025-05-19", to: "2025-12-01") {
       rows { period { start } category { id } share shareInterval { low high } } } }`,
  );
  const planted = new Map(weekShares.map(({ week, shares }) => [week, shares]));
  const cells = usage.rows.flatMap(({ period, category, shareInterval }) => {
    const share = planted.get(period.start)?.[category === null ? '' : parseGlobalId(category.id).name];
    return share === undefined || shareInterval === null
      ? []
      : [{ share, covered: shareInterval.low <= share && share <= shareInterval.high }];
  });
  return cells;
}

interface Fit {
  group: string;
  n: number;
  slope: number;
  slopeLow: number;
  slopeHigh: number;
}

interface Named {
  cohort: { start: string; leftCensored: boolean };
}

interface Retention {
  retention: { foundational: Named[]; withFirst: Named[]; boomerangs: Named[] };
}

/**
 * Cohorts that the analysis names, `model month kind`. Of the first month of the log, whose users may have come
 * before, it names some only where it is asked to.
 */
async function foundCohorts(ask: Ask, truth: Truth): Promise<Set<string>> {
  const found = new Set<string>();
  for (const { id } of truth.models) {
    const { retention } = await ask<Retention>(
      `query ($model: ID!) { retention(model: $model, grain: MONTH) {
         foundational { cohort { start leftCensored } }
         withFirst: foundational(includeLeftCensored: true) { cohort { start leftCensored } }
         boomerangs { cohort { start leftCensored } } } }`,
      { model: id },
    );
    const ofFirst = retention.withFirst.filter(({ cohort }) => cohort.leftCensored);
    for (const { cohort } of [...retention.foundational, ...ofFirst])
      found.add(`${id} ${cohort.start.slice(0, 7)} foundational`);
    for (const { cohort } of retention.boomerangs) found.add(`${id} ${cohort.start.slice(0, 7)} boomerang`);
  }
  return found;
}

/** Whether what was planted for a cohort lies above the later ones at as many ages, by as much, as the test asks. */
function isAboveLater({ cohorts }: Truth, name: string): boolean {
  const [model, month, kind] = name.split(' ');
  const own = cohorts.find((each) => each.model === model && each.month === month);
  if (own === undefined || kind !== 'foundational') return false;
  const later = cohorts.filter((each) => each.model === model && each.month > own.month);
  const last = Math.max(...cohorts.map((each) => Date.parse(`${each.month}-01`)));
  const ageOf = (each: string): number => Math.round((last - Date.parse(`${each}-01`)) / 2_629_800_000);
  const ages = own.retention.slice(1).filter((rate, index) => {
    const known = later.filter((each) => ageOf(each.month) >= index + 1);
    const users = known.reduce((sum, each) => sum + each.users, 0);
    const active = known.reduce((sum, each) => sum + each.users * (each.retention[index + 1] ?? 0), 0);
    return users > 0 && rate >= 1.25 * (active / users);
  });
  return ages.length >= 3;
}

/** Prints what is found of one data set, and returns the shares that were compared. */
async function report(database: Database, dataset: string, truth: Truth) {
  const ask = asker(database, dataset);
  console.log(`${dataset}: seed ${truth.seed}, ${truth.generations.toLocaleString('en')} generations`);
  const planted = truth.cohorts
    .filter(({ kind }) => kind === 'foundational' || kind === 'boomerang')
    .map(({ model, month, kind }) => `${model} ${month} ${kind}`);
  const found = await foundCohorts(ask, truth);
  const missed = planted.filter((each) => !found.has(each));
  const others = [...found].filter((each) => !planted.includes(each));
  const alsoAbove = others.filter((each) => isAboveLater(truth, each));
  const falseAlarms = others.filter((each) => !alsoAbove.includes(each));
  console.log(`  cohorts planted and found: ${planted.length - missed.length} of ${planted.length}`);
  for (const each of missed) console.log(`    not found: ${each}`);
  for (const each of alsoAbove)
    console.log(`    planted above the later ones by its curve, and found: ${each}`);
  console.log(`  found but not planted: ${falseAlarms.length}, among ${truth.cohorts.length} cohorts`);
  for (const each of falseAlarms) console.log(`    ${each}`);

  const { costMap } = await ask<{ costMap: { fits: Fit[] } }>(
    '{ costMap(of: MODEL) { fits { group n slope slopeLow slopeHigh } } }',
  );
  const fit = costMap.fits.find(({ group }) => group === 'ALL');
  if (fit !== undefined) {
    const { slope, slopeLow, slopeHigh, n } = fit;
    const covered = slopeLow <= truth.elasticity.planted && truth.elasticity.planted <= slopeHigh;
    console.log(
      `  elasticity planted ${truth.elasticity.planted}, found ${slope.toFixed(3)} ` +
        `(${slopeLow.toFixed(3)} to ${slopeHigh.toFixed(3)}, ${n} models): ${covered ? 'within' : 'NOT within'}`,
    );
  }
  const cells = await coveredShares(ask, truth.drawnCategoryShares);
  console.log(`  shares of categories by week, of the generations drawn: ${describe(cells)}`);
  const ofWorld = await coveredShares(ask, truth.categoryShares);
  console.log(`  of the world, of which the generations are a sample themselves: ${describe(ofWorld)}`);
  return cells;
}

const database = await openDatabase(readConfig());
await migrate(database.pool);
const all: { share: number; covered: boolean }[] = [];
try {
  if (options.published !== undefined && options.truth !== undefined) {
    const truth = JSON.parse(await readFile(options.truth, 'utf8')) as Truth;
    all.push(...(await report(database, options.published, truth)));
  } else {
    for (const seed of options.seeds.split(',').map(Number)) {
      const dataset = `truth-${generations}-${seed}`;
      all.push(...(await report(database, dataset, await drawAndPublish(database, dataset, seed))));
    }
  }
} finally {
  await database.close();
}
console.log(`all: ${describe(all)}`);
for (const [least, most] of [
  [0, 0.005],
  [0.005, 0.02],
  [0.02, 0.1],
  [0.1, 1],
] as const) {
  const cells = all.filter(({ share }) => share >= least && share < most);
  console.log(`  planted shares of ${100 * least} to ${100 * most} %: ${describe(cells)}`);
}

function describe(cells: readonly { covered: boolean }[]): string {
  const covered = cells.filter((cell) => cell.covered).length;
  if (cells.length === 0) return 'none';
  const { low, high } = wilson(covered, cells.length);
  const percent = (share: number) => (100 * share).toFixed(1);
  return `${covered} of ${cells.length} within their 95 % interval, ${percent(covered / cells.length)} % (${percent(low)} to ${percent(high)})`;
}
