import { taxonomyVersion } from '../catalog/index.ts';
import type { Engine } from '../engine/engine.ts';
import { minimumConfidence } from '../events/label.ts';
import { countLabels, type LabelCounts, type LabelSample, measureSample } from '../rollups/label-counts.ts';
import { labelsInUse, type LabelsInUse, type LabelVersion, registerLabels } from '../rollups/labels.ts';
import { type LabelEntities, numberLabels } from './label-entities.ts';

/** How the content labels of a release were sampled. */
export interface Sampling {
  /** Labelled generations ÷ all generations of the UTC days that have a labelled one. */
  rate: number;
  /** Labelled generations. */
  rows: number;
  method: string;
  taxonomyVersion: string;
}

/** What a release is to know of the content labels of its data set. */
export interface ReleaseLabels {
  entities: LabelEntities;
  counts: LabelCounts;
  sample: LabelSample;
  /** Null where no labelled generation is loaded. */
  sampling: Sampling | null;
}

/**
 * Resolves the labels of a data set, tells the engine what they stand for and which count, and measures the
 * sample that they are; null where there are none.
 */
export async function prepareLabels(engine: Engine, dataset: string): Promise<ReleaseLabels | null> {
  const inUse = await labelsInUse(engine, dataset);
  if (inUse === null) return null;
  const entities = numberLabels();
  const versions = versionsThatCount(inUse);
  const names = new Map(inUse.names.map((label) => [label, entities.keysOf(label)]));
  await registerLabels(engine, { names, versions });
  const sample = await measureSample(engine, dataset);
  const sampling =
    sample.rate === null
      ? null
      : {
          rate: sample.rate,
          rows: sample.generations,
          method: methodOf(versions),
          taxonomyVersion: taxonomyVersion(),
        };
  return { entities, counts: await countLabels(engine, dataset), sample, sampling };
}

const naturalOrder = new Intl.Collator('en', { numeric: true });

/**
 * Classifiers disagree, so a release counts the labels of one: the one that labelled most generations. Of its
 * versions, the older first, a generation counts with the newest that labelled it. A version that is not stated
 * is the oldest.
 */
export function versionsThatCount({ versions, generationsByClassifier }: LabelsInUse): LabelVersion[] {
  const [first] = [...generationsByClassifier].sort(
    ([a, labelledByA], [b, labelledByB]) => labelledByB - labelledByA || inOrder(a, b),
  );
  return versions
    .filter(({ classifier }) => classifier === first?.[0])
    .sort((a, b) => inOrder(a.version, b.version));
}

/** 2 before 10, and never undecided. */
function inOrder(a: string | null, b: string | null): number {
  return naturalOrder.compare(a ?? '', b ?? '') || ((a ?? '') < (b ?? '') ? -1 : 1);
}

function methodOf(versions: readonly LabelVersion[]): string {
  const classifier = versions[0]?.classifier ?? 'a classifier that the files do not name';
  const named = versions.flatMap(({ version }) => (version === null ? [] : [version]));
  const which = named.length === 0 ? '' : ` (${named.join(', ')})`;
  return (
    `Labels by ${classifier}${which} of confidence ${minimumConfidence} and over. The rate is that of labelled ` +
    'generations among all generations of the UTC days that have a labelled one.'
  );
}
