import type { Engine } from '../engine/engine.ts';
import { exactCount } from '../engine/engine.ts';
import { plainField, textField } from '../engine/tab-separated.ts';

/** Classifier and version of a label; null where its file does not say. */
export interface LabelVersion {
  classifier: string | null;
  version: string | null;
}

/** What the labels of a data set have for paths and tags, and who made them. */
export interface LabelsInUse {
  /** As written. */
  names: string[];
  versions: LabelVersion[];
  /** Distinct labelled generations by classifier, whether or not they are loaded. */
  generationsByClassifier: Map<string | null, number>;
}

/** Numbers of a tag and its category in the release that is being made. */
export interface LabelKeys {
  tagKey: number;
  categoryKey: number;
}

export interface RegisteredLabels {
  /** Null: unmapped. Every label of the data set has an entry. */
  names: ReadonlyMap<string, LabelKeys | null>;
  /** Those that count, the older first: of a generation the labels of the last one that it has. */
  versions: readonly LabelVersion[];
}

/** Reads which labels a data set has; null where it has none. */
export async function labelsInUse(engine: Engine, dataset: string): Promise<LabelsInUse | null> {
  const names = await engine.rows<{ raw: string }>(
    'labels.names',
    'SELECT label AS raw FROM labels WHERE dataset = {dataset:String} GROUP BY raw ORDER BY raw',
    { dataset },
  );
  if (names.length === 0) return null;
  const versions = await engine.rows<LabelVersion>(
    'labels.versions',
    `SELECT classifier, version FROM labels WHERE dataset = {dataset:String}
     GROUP BY classifier, version ORDER BY classifier, version`,
    { dataset },
  );
  const classifiers = await engine.rows<{ classifier: string | null; generations: string }>(
    'labels.classifiers',
    `SELECT classifier, count() AS generations
     FROM (SELECT classifier, generation_key FROM labels WHERE dataset = {dataset:String}
           GROUP BY classifier, generation_key)
     GROUP BY classifier`,
    { dataset },
  );
  return {
    names: names.map(({ raw }) => raw),
    versions,
    generationsByClassifier: new Map(
      classifiers.map(({ classifier, generations }) => [classifier, exactCount(generations)]),
    ),
  };
}

/** Tells the engine what the labels stand for and which of them count, in place of what it was told before. */
export async function registerLabels(engine: Engine, { names, versions }: RegisteredLabels): Promise<void> {
  const nameLines = [...names].map(
    ([raw, keys]) =>
      `${textField(raw)}\t${plainField(keys?.tagKey ?? null)}\t${plainField(keys?.categoryKey ?? null)}\n`,
  );
  const versionLines = versions.map(
    ({ classifier, version }, rank) =>
      `${textField(classifier ?? '')}\t${textField(version ?? '')}\t${rank}\n`,
  );
  await replaceRows(engine, 'label_names', ['raw', 'tag_key', 'category_key'], nameLines);
  await replaceRows(engine, 'label_versions', ['classifier', 'version', 'rank'], versionLines);
}

/** Takes them back when a release is done. */
export async function forgetLabels(engine: Engine): Promise<void> {
  await registerLabels(engine, { names: new Map(), versions: [] });
}

async function replaceRows(
  engine: Engine,
  table: string,
  columns: readonly string[],
  lines: readonly string[],
): Promise<void> {
  await engine.command('labels.empty', `TRUNCATE TABLE ${table}`);
  if (lines.length > 0) await engine.insert('labels.register', table, columns, Buffer.from(lines.join('')));
}
