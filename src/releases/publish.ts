import type pg from 'pg';
import { catalogVersion, type UnlabelledName, unlabelledReport } from '../catalog/index.ts';
import type { Database } from '../database/open-database.ts';
import type { Engine } from '../engine/engine.ts';
import { coverage } from '../rollups/coverage.ts';
import { distinctNames } from '../rollups/names.ts';
import { analyseTables } from './aggregate-tables.ts';
import { copyEntities, fillTotals } from './copy-entities.ts';
import { copyRollups, type OnStep } from './copy-rollups.ts';
import { coverageOf, notCovered } from './coverage.ts';
import type { DatasetDeclaration } from './dataset-declaration.ts';
import { changeReleases } from './change-releases.ts';
import { numberEntities } from './release-entities.ts';
import { readInputs, refuseChangedMeanwhile, refuseUnchanged } from './release-inputs.ts';
import { recordDataset, type RecordedRollup, recordRelease } from './release-records.ts';
import { verifyTotals } from './verify-totals.ts';

export interface PublishOptions {
  engine: Engine;
  database: Database;
  declaration: DatasetDeclaration;
  /** Publishes also where the latest release was made from the same data and definitions. */
  force?: boolean | undefined;
  onStep?: OnStep | undefined;
}

export interface PublishSummary {
  releaseId: string;
  /** First day of the data, `YYYY-MM-DD`. */
  periodFrom: string;
  /** Day after the last. */
  periodTo: string;
  rowsRead: number;
  rowsQuarantined: number;
  totalTokens: number;
  rollups: RecordedRollup[];
  /** Of the tokens whose model is named, those whose model has an author and a source; null where there are none. */
  labelledShare: number | null;
  /** The most used names to label next. */
  unlabelled: readonly UnlabelledName[];
  /** Names of the measures and dimensions that no token carries. */
  notCovered: { measures: string[]; dimensions: string[] };
}

const UNLABELLED_SHOWN = 20;

/**
 * Counts a data set and publishes the counts as a new release, in one transaction: readers see all of it or,
 * whatever goes wrong, nothing.
 */
export function publish(options: PublishOptions): Promise<PublishSummary> {
  return changeReleases(options.database, (client) => publishIn(client, options));
}

async function publishIn(
  client: pg.ClientBase,
  { engine, declaration, force = false, onStep = () => undefined }: PublishOptions,
): Promise<PublishSummary> {
  const dataset = declaration.id;
  const inputs = await readInputs(engine, declaration);
  if (!force) await refuseUnchanged(client, dataset, inputs.fingerprint);

  onStep('names');
  const names = await distinctNames(engine, dataset);
  const entities = numberEntities({
    models: names.models.map(({ raw }) => raw),
    providers: names.providers.map(({ raw }) => raw),
  });
  onStep('names', names.models.length + names.providers.length);
  onStep('coverage');
  const covered = coverageOf(await coverage(engine, dataset), names.models);

  const { rollups, fingerprint, ...counts } = inputs;
  await recordDataset(client, declaration);
  const release = await recordRelease(client, {
    declaration,
    fingerprint,
    catalogVersion: catalogVersion(),
    coverage: covered,
    ...counts,
  });
  onStep('entities');
  onStep('entities', await copyEntities(client, release.key, entities));
  const scope = { dataset, releaseKey: release.key };
  const recorded = await copyRollups(client, { engine, rollups, scope, entities, onStep });
  onStep('totals and checks');
  await analyseTables(client);
  await fillTotals(client, release.key);
  await verifyTotals(client, release.key, rollups, counts.totalTokens);
  await refuseChangedMeanwhile(engine, declaration, inputs);

  const report = unlabelledReport(names.models.map(({ raw, tokens }) => ({ rawName: raw, tokens })));
  return {
    releaseId: release.id,
    ...counts,
    rollups: recorded,
    labelledShare: report.labelledShare,
    unlabelled: report.unlabelled.slice(0, UNLABELLED_SHOWN),
    notCovered: notCovered(covered),
  };
}
