import type { Engine } from '../engine/engine.ts';
import { exactCount } from '../engine/engine.ts';

export type SampleTable = 'usage_day_model_category' | 'usage_day_model_tag';

/** What is published of the labelled generations. */
export interface PublishedSample {
  /** Generations in the rows, under whatever name. */
  generations: number;
  /**
   * By table: cells folded or left out, their share of the tokens of the sample, and whether they stand for enough
   * users, or for none.
   */
  withheld: Record<SampleTable, { cells: number; tokenShare: number; areOfEnough: boolean }>;
}

/** Counts the sample that was drawn and decided upon. */
export async function sampleCounts(engine: Engine, minimumUsers: number): Promise<PublishedSample> {
  const [row] = await engine.rows<{ generations: string }>(
    'sample.count',
    `SELECT count() AS generations
     FROM label_sample AS sample
     INNER JOIN sampled_models AS models ON models.day = sample.day AND models.model_key = sample.model_key
     WHERE NOT models.is_left_out`,
  );
  return {
    generations: exactCount(row?.generations ?? '0'),
    withheld: {
      usage_day_model_category: await countWithheld(engine, 'category_keys', 'category_key', minimumUsers),
      usage_day_model_tag: await countWithheld(engine, 'tag_keys', 'tag_key', minimumUsers),
    },
  };
}

/** A generation with several labels counts with a part of its tokens in the cell of each. */
async function countWithheld(
  engine: Engine,
  keys: 'category_keys' | 'tag_keys',
  key: string,
  minimumUsers: number,
) {
  const isFolded =
    key === 'category_key'
      ? 'categories.published_key != sample.category_key'
      : 'ifNull(tags.published_key, 0) != sample.tag_key';
  const [row] = await engine.rows<{ cells: string; withheld: number; tokens: number; users: string }>(
    `sample.withheld_${key}`,
    `SELECT
       uniqExactIf((day, model_key, ${key}), is_withheld) AS cells,
       sumIf(tokens_of_part, is_withheld) AS withheld,
       sum(tokens_of_part) AS tokens,
       uniqExactIf(user, is_withheld) AS users
     FROM (
       SELECT
         sample.user AS user,
         sample.day AS day,
         sample.model_key AS model_key,
         sample.${key} AS ${key},
         sample.tokens_of_part AS tokens_of_part,
         models.is_left_out OR models.published_key != sample.model_key OR ${isFolded} AS is_withheld
       FROM (
         SELECT
           user,
           day,
           model_key,
           arrayJoin(arrayZip(${keys}, ${keys === 'tag_keys' ? 'tag_category_keys' : keys})) AS label,
           label.1 AS ${key},
           label.2 AS label_category,
           (prompt_tokens + completion_tokens) / length(${keys}) AS tokens_of_part
         FROM label_sample
       ) AS sample
       INNER JOIN sampled_models AS models ON models.day = sample.day AND models.model_key = sample.model_key
       LEFT JOIN sampled_categories AS categories
         ON categories.day = sample.day
         AND categories.model_key = models.published_key
         AND categories.category_key = sample.label_category
       LEFT JOIN sampled_tags AS tags
         ON tags.day = sample.day
         AND tags.model_key = models.published_key
         AND tags.category_key = categories.published_key
         AND tags.tag_key = sample.${key}
     )`,
  );
  const tokens = row?.tokens ?? 0;
  const cells = exactCount(row?.cells ?? '0');
  return {
    cells,
    tokenShare: tokens === 0 ? 0 : (row?.withheld ?? 0) / tokens,
    areOfEnough: cells === 0 || exactCount(row?.users ?? '0') >= minimumUsers,
  };
}
