import type { Engine } from '../engine/engine.ts';
import { exactCount } from '../engine/engine.ts';

/** What became of the labels of a data set when it was counted: each label is in one of the four. */
export interface LabelCounts {
  /** Counted in a tag and its category. */
  mapped: number;
  /** Of no category. */
  unmapped: number;
  /** By label as written, the most frequent first. */
  unmappedLabels: { label: string; labels: number }[];
  /** Of another classifier, or an older version, than the one that counts for the generation. */
  superseded: number;
  /** Of generations that are not loaded. */
  orphans: number;
}

type Fate = 'mapped' | 'unmapped' | 'superseded' | 'orphan';

/** Counts what becomes of each label. What they stand for must have been registered. */
export async function countLabels(engine: Engine, dataset: string): Promise<LabelCounts> {
  const rows = await engine.rows<{ label: string; fate: Fate; labels: string }>(
    'labels.count',
    `WITH loaded AS (
       SELECT key FROM generations
       WHERE dataset = {dataset:String}
         AND key IN (SELECT generation_key FROM labels WHERE dataset = {dataset:String})
     )
     SELECT
       label,
       multiIf(
         labels.generation_key NOT IN loaded, 'orphan',
         label_versions.rank IS NULL OR label_versions.rank < counted.rank, 'superseded',
         label_names.tag_key IS NULL, 'unmapped',
         'mapped'
       ) AS fate,
       count() AS labels
     FROM labels
     LEFT JOIN label_names ON label_names.raw = labels.label
     LEFT JOIN label_versions
       ON label_versions.classifier = ifNull(labels.classifier, '')
       AND label_versions.version = ifNull(labels.version, '')
     LEFT JOIN (SELECT generation_key, rank FROM labelled_generations WHERE dataset = {dataset:String}) AS counted
       ON counted.generation_key = labels.generation_key
     WHERE labels.dataset = {dataset:String}
     GROUP BY label, fate
     ORDER BY count() DESC, label
     SETTINGS join_use_nulls = 1`,
    { dataset },
  );
  const counts = rows.map(({ label, fate, labels }) => ({ label, fate, labels: exactCount(labels) }));
  const sum = (fate: Fate) =>
    counts.reduce((total, each) => (each.fate === fate ? total + each.labels : total), 0);
  return {
    mapped: sum('mapped'),
    unmapped: sum('unmapped'),
    unmappedLabels: counts
      .filter(({ fate }) => fate === 'unmapped')
      .map(({ label, labels }) => ({ label, labels })),
    superseded: sum('superseded'),
    orphans: sum('orphan'),
  };
}

/** The generations with labels as a sample of all. */
export interface LabelSample {
  /** Generations with a label that counts, mapped or not. */
  generations: number;
  /** Share of all generations on the UTC days that have one of them; null where there is none. */
  rate: number | null;
  /** Tokens of the generations with a category. */
  categorisedTokens: number;
}

/** Measures the sample that the labels of a data set make. What they stand for must have been registered. */
export async function measureSample(engine: Engine, dataset: string): Promise<LabelSample> {
  const [row] = await engine.rows<Record<'labelled' | 'generations' | 'tokens', string>>(
    'labels.sample',
    `SELECT
       sum(labelled_of_day) AS labelled,
       sumIf(generations_of_day, labelled_of_day > 0) AS generations,
       sum(tokens_of_day) AS tokens
     FROM (
       SELECT
         toDate(g.created_at) AS day,
         count() AS generations_of_day,
         countIf(labelled.generation_key IS NOT NULL) AS labelled_of_day,
         sumIf(g.prompt_tokens + g.completion_tokens, notEmpty(labelled.tags)) AS tokens_of_day
       FROM generations AS g
       LEFT JOIN (
         SELECT toNullable(generation_key) AS generation_key, tags
         FROM labelled_generations WHERE dataset = {dataset:String}
       ) AS labelled ON labelled.generation_key = g.key
       WHERE g.dataset = {dataset:String}
       GROUP BY day
     )`,
    { dataset },
  );
  const count = (name: 'labelled' | 'generations' | 'tokens') => exactCount(row?.[name] ?? '0');
  const labelled = count('labelled');
  return {
    generations: labelled,
    rate: labelled === 0 ? null : labelled / count('generations'),
    categorisedTokens: count('tokens'),
  };
}
