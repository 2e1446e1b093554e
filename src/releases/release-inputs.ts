import { createHash } from 'node:crypto';
import type pg from 'pg';
import { catalogVersion, taxonomyVersion } from '../catalog/index.ts';
import type { Engine } from '../engine/engine.ts';
import { EventStore } from '../engine/event-store.ts';
import { AtlasError } from '../errors.ts';
import { listRollups, type Rollup } from '../rollups/rollup.ts';
import { withholdingVersion } from '../rollups/withhold.ts';
import type { DatasetDeclaration } from './dataset-declaration.ts';
import { latestRelease } from './release-records.ts';

/** What a release is made from: what is loaded, and how it is to be counted. */
export interface ReleaseInputs {
  rollups: readonly Rollup[];
  fingerprint: string;
  /** First day of the data, `YYYY-MM-DD`. */
  periodFrom: string;
  /** Day after the last. */
  periodTo: string;
  /** Rows that were counted or refused; repeats of rows loaded before are neither. */
  rowsRead: number;
  rowsQuarantined: number;
  totalTokens: number;
  /** Whether rows of activity are among them, which carry users without tokens. */
  hasActivity: boolean;
}

const sources = { GENERATIONS: 'generations', USAGE_FEED: 'usage_feed' } as const;

/** Reads what the next release would be made from. */
export async function readInputs(engine: Engine, declaration: DatasetDeclaration): Promise<ReleaseInputs> {
  const store = new EventStore(engine);
  // Before anything else is read of the data, so that what changes later shows in it.
  const loads = await store.fingerprint(declaration.id);
  const { from, to, rows, refused, labels, activity, totalTokens } = await store.datasetSummary(
    declaration.id,
  );
  if (loads === null || from === null || to === null) {
    throw new AtlasError(
      'NOTHING_LOADED',
      `The data set "${declaration.id}" holds no rows yet: load a file first.`,
    );
  }
  const carriesUsers = declaration.kind === 'GENERATIONS' || activity > 0;
  const rollups = [
    ...(await listRollups(sources[declaration.kind])),
    ...(carriesUsers ? await listRollups('active_days') : []),
    ...(labels === 0 ? [] : await listRollups('labels')),
  ];
  const versions = [
    catalogVersion(),
    ...(labels === 0 ? [] : [taxonomyVersion()]),
    ...(declaration.minimumUsers === null ? [] : [`withholding ${withholdingVersion}`]),
  ];
  return {
    rollups,
    fingerprint: fingerprintOf(loads, rollups, versions, declaration),
    periodFrom: from,
    periodTo: to,
    rowsRead: rows + refused,
    rowsQuarantined: refused,
    totalTokens,
    hasActivity: activity > 0,
  };
}

/** Where files lie and were copied from, and when more is to come, is no part of a release. */
const besideTheRelease = ['files', 'source', 'nextUpdate'];

/** The same for all that makes the same release. */
function fingerprintOf(
  loads: string,
  rollups: readonly Rollup[],
  versions: readonly string[],
  declaration: DatasetDeclaration,
): string {
  const published = Object.entries(declaration)
    .filter(([field]) => !besideTheRelease.includes(field))
    .sort(([a], [b]) => (a < b ? -1 : 1));
  const definitions = rollups.map(({ name, version, sha256 }) => [name, version, sha256]);
  const parts = [loads, definitions, versions, published];
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex');
}

/** Stops a release that would be the latest one over again. */
export async function refuseUnchanged(
  client: pg.ClientBase,
  dataset: string,
  fingerprint: string,
): Promise<void> {
  const latest = await latestRelease(client, dataset);
  if (latest?.fingerprint !== fingerprint) return;
  throw new AtlasError(
    'NOTHING_CHANGED',
    `${latest.id} was made from the same data and definitions. Publish it again with --force.`,
    { details: { releaseId: latest.id } },
  );
}

/** Stops a release of which one part was counted before a load and another after it. */
export async function refuseChangedMeanwhile(
  engine: Engine,
  declaration: DatasetDeclaration,
  inputs: ReleaseInputs,
): Promise<void> {
  const { fingerprint } = await readInputs(engine, declaration);
  if (fingerprint === inputs.fingerprint) return;
  throw new AtlasError(
    'DATA_CHANGED',
    `A file of "${declaration.id}" was loaded while the release was counted: publish again.`,
  );
}
