import type pg from 'pg';
import { catalogVersion, type UnlabelledName, unlabelledReport } from '../catalog/index.ts';
import type { Database } from '../database/open-database.ts';
import type { Engine } from '../engine/engine.ts';
import { coverage } from '../rollups/coverage.ts';
import type { LabelCounts } from '../rollups/label-counts.ts';
import { distinctNames } from '../rollups/names.ts';
import { analyseTables } from './aggregate-tables.ts';
import { coarsen } from './coarsen.ts';
import { copyEntities, fillTotals } from './copy-entities.ts';
import { copyRollups, type OnStep } from './copy-rollups.ts';
import { coverageOf, notCovered } from './coverage.ts';
import type { DatasetDeclaration } from './dataset-declaration.ts';
import { changeReleases } from './change-releases.ts';
import { copyLabelEntities } from './label-entities.ts';
import { copyCountries, dropUnpublished } from './published-entities.ts';
import { numberEntities } from './release-entities.ts';
import { readInputs, refuseChangedMeanwhile, refuseUnchanged } from './release-inputs.ts';
import { prepareLabels, type ReleaseLabels } from './release-labels.ts';
import {
  recordDataset,
  recordPublishedSample,
  type RecordedRollup,
  recordRelease,
  recordWithheld,
} from './release-records.ts';
import { verifySample, verifyTotals } from './verify-totals.ts';
import type { Withheld } from './withheld.ts';

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
  /** What was kept back for the privacy of few users; null where nothing is to be. */
  withheld: Withheld | null;
  /** Of the tokens whose model is named, those whose model has an author and a source; null where there are none. */
  labelledShare: number | null;
  /** The most used names to label next. */
  unlabelled: readonly UnlabelledName[];
  /** What became of the content labels; null where there are none. */
  labels: LabelReport | null;
  /** Names of the measures and dimensions that no token carries. */
  notCovered: { measures: string[]; dimensions: string[] };
}

/** What became of the content labels of a data set. */
export interface LabelReport extends LabelCounts {
  /** Labelled generations that are loaded. */
  generations: number;
  /** Their share of all generations on the days that have one; null where there is none. */
  rate: number | null;
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
    countries: names.countries.map(({ raw }) => raw),
  });
  onStep('names', names.models.length + names.providers.length);
  onStep('labels');
  const labels = await prepareLabels(engine, dataset);
  onStep('coverage');
  const events = await coverage(engine, dataset);
  const carriesUsers = inputs.hasActivity || Boolean(events.dimensions.user.rows);
  const minimumUsers = carriesUsers ? declaration.minimumUsers : null;
  const covered = coverageOf(events, names, labels?.sample.categorisedTokens ?? 0, minimumUsers !== null);

  const { rollups, fingerprint, hasActivity: _, ...counts } = inputs;
  await recordDataset(client, declaration);
  const release = await recordRelease(client, {
    declaration,
    fingerprint,
    catalogVersion: catalogVersion(),
    coverage: covered,
    sampling: labels?.sampling ?? null,
    ...counts,
  });
  onStep('entities');
  const labelEntities = labels === null ? 0 : await copyLabelEntities(client, release.key, labels.entities);
  onStep('entities', labelEntities + (await copyEntities(client, release.key, entities)));
  const scope = { dataset, releaseKey: release.key, minimumUsers };
  const { totalTokens } = counts;
  const counting = { engine, rollups, scope, entities, totalTokens, onStep };
  const { recorded, withheld, sample } = await copyRollups(client, counting);
  if (withheld !== null) {
    await recordWithheld(client, release.key, withheld);
    await recordPublishedSample(client, release.key);
  }
  onStep('totals and checks');
  await coarsen(client, release.key);
  await copyCountries(client, release.key);
  await dropUnpublished(client, release.key, entities);
  await analyseTables(client);
  await fillTotals(client, release.key);
  await verifyTotals(client, release.key, rollups, totalTokens - (withheld?.leftOut.tokens ?? 0));
  await verifySample(client, release.key, rollups, sample?.generations ?? 0);
  await refuseChangedMeanwhile(engine, declaration, inputs);

  const report = unlabelledReport(names.models.map(({ raw, tokens }) => ({ rawName: raw, tokens })));
  return {
    releaseId: release.id,
    ...counts,
    rollups: recorded,
    withheld,
    labelledShare: report.labelledShare,
    unlabelled: report.unlabelled.slice(0, UNLABELLED_SHOWN),
    labels: labels === null ? null : labelReport(labels),
    notCovered: notCovered(covered),
  };
}

function labelReport({ counts, sample: { generations, rate } }: ReleaseLabels): LabelReport {
  return { ...counts, unmappedLabels: counts.unmappedLabels.slice(0, UNLABELLED_SHOWN), generations, rate };
}
