import type pg from 'pg';
import type { Engine } from '../engine/engine.ts';
import { forgetLabels } from '../rollups/labels.ts';
import { drawSample, forgetSample } from '../rollups/sample.ts';
import type { PublishedSample } from '../rollups/sample-counts.ts';
import { decideModelDays, forgetModelDays } from '../rollups/model-days.ts';
import { forgetNames, registerNames } from '../rollups/names.ts';
import { forgetPrices, registerPrices } from '../rollups/prices.ts';
import type { Rollup } from '../rollups/rollup.ts';
import { type RollupScope, runRollup } from '../rollups/run-rollup.ts';
import { copyRows } from './copy-rows.ts';
import { CohortWithholding } from './published-cohorts.ts';
import { pricesOfNames } from './name-prices.ts';
import type { ReleaseEntities } from './release-entities.ts';
import { type RecordedRollup, recordRollup } from './release-records.ts';
import { recordRemovedUsers, withholdUsers } from './withhold-users.ts';
import { countAllWithheld, type Withheld, withheldOfSample } from './withheld.ts';

/** Told as a step begins, and again with its rows when it is done. */
export type OnStep = (step: string, rows?: number) => void;

export interface RollupCounting {
  engine: Engine;
  rollups: readonly Rollup[];
  scope: RollupScope;
  entities: ReleaseEntities;
  totalTokens: number;
  onStep: OnStep;
}

export interface CopiedRollups {
  recorded: RecordedRollup[];
  /** Null where nothing is withheld. */
  withheld: Withheld | null;
  /** Null where there are no content labels. */
  sample: PublishedSample | null;
}

/** Counts the events by each rollup, streams the rows into its table and records what made them. */
export async function copyRollups(client: pg.ClientBase, counting: RollupCounting): Promise<CopiedRollups> {
  const { engine, rollups, scope, entities, totalTokens, onStep } = counting;
  await registerNames(engine, {
    models: entities.modelNames,
    providers: entities.providerKeysByRawName,
    continents: entities.continents,
  });
  try {
    await registerPrices(engine, pricesOfNames(entities.modelNames.keys()));
    onStep('users of models');
    const modelDays = await decideModelDays(engine, scope.dataset, scope.minimumUsers);
    const sample = rollups.some(({ source }) => source === 'labels')
      ? await drawSample(engine, scope.dataset, scope.minimumUsers)
      : null;
    const recorded: RecordedRollup[] = [];
    let cohorts: CohortWithholding | undefined;
    for (const rollup of rollups) {
      if (rollup.withhold?.cohorts) cohorts = await CohortWithholding.beside(client, scope.releaseKey);
      const scoped = cohorts === undefined ? scope : { ...scope, cohorts };
      recorded.push(await copyRollup(client, rollup, { ...counting, scope: scoped }));
    }
    const withheld = await countAllWithheld(engine, rollups, scope, modelDays, totalTokens);
    if (withheld !== null) await withholdUsersOf(client, counting, cohorts, recorded, withheld);
    if (withheld !== null && sample !== null) Object.assign(withheld.rollups, withheldOfSample(sample));
    return { recorded, withheld, sample };
  } finally {
    // Names that stay behind do no harm, the next release replaces them; the first error is the one to tell.
    await forgetNames(engine).catch(() => undefined);
    await forgetPrices(engine).catch(() => undefined);
    await forgetModelDays(engine).catch(() => undefined);
    await forgetLabels(engine).catch(() => undefined);
    await forgetSample(engine).catch(() => undefined);
  }
}

/** Removes counts of active users that would tell what is withheld of cohorts, or of other counts. */
async function withholdUsersOf(
  client: pg.ClientBase,
  { scope: { releaseKey }, entities }: RollupCounting,
  cohorts: CohortWithholding | undefined,
  recorded: readonly RecordedRollup[],
  withheld: Withheld,
): Promise<void> {
  const forCohorts = (await cohorts?.finish(client, releaseKey, withheld)) ?? 0;
  const ofCohorts = cohorts?.withheldUsers() ?? [];
  const forOthers = await withholdUsers(client, releaseKey, entities, withheld.minimumUsers, ofCohorts);
  await recordRemovedUsers(client, releaseKey, forCohorts + forOthers, recorded, withheld);
}

async function copyRollup(
  client: pg.ClientBase,
  rollup: Rollup,
  { engine, scope, onStep }: RollupCounting,
): Promise<RecordedRollup> {
  const { name, version, sha256, target: table, columns } = rollup;
  onStep(name);
  const started = performance.now();
  const rows = await copyRows(client, table, columns, runRollup(engine, rollup, scope));
  const recorded = {
    name,
    version,
    sha256,
    table,
    rows,
    durationMs: Math.round(performance.now() - started),
  };
  await recordRollup(client, scope.releaseKey, recorded);
  onStep(name, rows);
  return recorded;
}
