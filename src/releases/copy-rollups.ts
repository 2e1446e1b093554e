import type pg from 'pg';
import type { Engine } from '../engine/engine.ts';
import { forgetNames, registerNames } from '../rollups/names.ts';
import type { Rollup } from '../rollups/rollup.ts';
import { type RollupScope, runRollup } from '../rollups/run-rollup.ts';
import { copyRows } from './copy-rows.ts';
import type { ReleaseEntities } from './release-entities.ts';
import { type RecordedRollup, recordRollup } from './release-records.ts';

/** Told as a step begins, and again with its rows when it is done. */
export type OnStep = (step: string, rows?: number) => void;

export interface RollupCounting {
  engine: Engine;
  rollups: readonly Rollup[];
  scope: RollupScope;
  entities: ReleaseEntities;
  onStep: OnStep;
}

/** Counts the events by each rollup, streams the rows into its table and records what made them. */
export async function copyRollups(
  client: pg.ClientBase,
  counting: RollupCounting,
): Promise<RecordedRollup[]> {
  const { engine, rollups, entities } = counting;
  await registerNames(engine, {
    models: entities.modelKeysByRawName,
    providers: entities.providerKeysByRawName,
  });
  try {
    const recorded: RecordedRollup[] = [];
    for (const rollup of rollups) recorded.push(await copyRollup(client, rollup, counting));
    return recorded;
  } finally {
    // Names that stay behind do no harm, the next release replaces them; the first error is the one to tell.
    await forgetNames(engine).catch(() => undefined);
  }
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
