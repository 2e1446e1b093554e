import { judgedCells } from './withhold.ts';

/** From the top down: the rows of each level make up the row above them, so none gives a withheld one away. */
export const decisionTables = ['sampled_models', 'sampled_categories', 'sampled_tags'] as const;

type DecisionTable = (typeof decisionTables)[number];

interface Level {
  /** Keys that the level above is published under. */
  block: readonly string[];
  key: string;
  /** The sample with these keys, `user` and `tokens`: a row for each value of the key that a generation has. */
  rows: string;
}

const levels: Record<Exclude<DecisionTable, 'sampled_models'>, Level> = {
  sampled_categories: {
    block: ['day', 'model_key'],
    key: 'category_key',
    rows: `
      SELECT
        sample.day AS day,
        models.published_key AS model_key,
        arrayJoin(sample.category_keys) AS category_key,
        sample.user AS user,
        sample.prompt_tokens + sample.completion_tokens AS tokens
      FROM label_sample AS sample
      INNER JOIN sampled_models AS models ON models.day = sample.day AND models.model_key = sample.model_key
      WHERE NOT models.is_left_out`,
  },
  // Tags of categories that are published under no name have none either.
  sampled_tags: {
    block: ['day', 'model_key', 'category_key'],
    key: 'tag_key',
    rows: `
      SELECT
        tagged.day AS day,
        tagged.model_key AS model_key,
        categories.published_key AS category_key,
        tagged.tag.1 AS tag_key,
        tagged.user AS user,
        tagged.tokens AS tokens
      FROM (
        SELECT
          sample.day AS day,
          models.published_key AS model_key,
          arrayJoin(arrayZip(sample.tag_keys, sample.tag_category_keys)) AS tag,
          sample.user AS user,
          sample.prompt_tokens + sample.completion_tokens AS tokens
        FROM label_sample AS sample
        INNER JOIN sampled_models AS models ON models.day = sample.day AND models.model_key = sample.model_key
        WHERE NOT models.is_left_out
      ) AS tagged
      INNER JOIN sampled_categories AS categories
        ON categories.day = tagged.day
        AND categories.model_key = tagged.model_key
        AND categories.category_key = tagged.tag.2
      WHERE categories.published_key != 0`,
  },
};

/** Every key is published under its own name. */
export function decisionsWithoutUsers(table: DecisionTable): string {
  if (table === 'sampled_models') {
    return `
      INSERT INTO sampled_models
      SELECT DISTINCT day, model_key, model_key AS published_key, false AS is_left_out FROM label_sample`;
  }
  const { block, key, rows } = levels[table];
  return `INSERT INTO ${table} SELECT DISTINCT ${block.join(', ')}, ${key}, ${key} AS published_key FROM (${rows})`;
}

/**
 * Keys of fewer than {minimum_users} users are folded into one, by one decision for both weightings and all
 * tables, since otherwise one could be subtracted from the other.
 */
export function decisionsAbout(table: DecisionTable): string {
  if (table === 'sampled_models') return decisionsAboutModels;
  const { block, key, rows } = levels[table];
  const cells = `
    SELECT
      ${block.join(', ')},
      nullIf(${key}, 0) AS cell_key,
      sum(tokens) AS total_tokens,
      groupUniqArray({minimum_users:UInt32})(user) AS some_users
    FROM (${rows})
    GROUP BY ALL`;
  return `
    INSERT INTO ${table}
    SELECT ${block.join(', ')}, ifNull(cell_key, 0) AS ${key}, if(is_folded, 0, ${key}) AS published_key
    FROM (${judgedCells({ sql: cells, block, key: 'cell_key' })})`;
}

/**
 * The sample of a model can be subtracted from all its usage, which leaves the generations without labels: where
 * these are some, of too few users, the model is folded as well, and what is folded is left out where they are so
 * of all of it.
 */
const decisionsAboutModels = `
  INSERT INTO sampled_models
  SELECT
    day,
    ifNull(cell_key, 0) AS model_key,
    if(is_folded, 0, model_key) AS published_key,
    is_left_out OR (is_folded AND folded_rest > 0 AND folded_rest_users < {minimum_users:UInt32}) AS left_out
  FROM (
    SELECT
      *,
      sumIf(rest, is_folded) OVER (PARTITION BY day) AS folded_rest,
      length(groupUniqArrayArrayIf({minimum_users:UInt32})(rest_users, is_folded) OVER (PARTITION BY day))
        AS folded_rest_users
    FROM (${judgedCells({
      block: ['day'],
      key: 'cell_key',
      sql: `
        SELECT
          sample.day AS day,
          nullIf(sample.model_key, 0) AS cell_key,
          sample.tokens AS total_tokens,
          without.generations AS rest,
          without.users AS rest_users,
          if(rest > 0 AND length(rest_users) < {minimum_users:UInt32}, [], sample.users) AS some_users
        FROM (
          SELECT
            day,
            model_key,
            sum(prompt_tokens + completion_tokens) AS tokens,
            groupUniqArray({minimum_users:UInt32})(user) AS users
          FROM label_sample
          GROUP BY day, model_key
        ) AS sample
        LEFT JOIN (
          SELECT
            toDate(g.created_at) AS day,
            ifNull(models.model_key, 0) AS model_key,
            count() AS generations,
            groupUniqArray({minimum_users:UInt32})(g.user) AS users
          FROM generations AS g
          INNER JOIN published_models AS models ON models.day = toDate(g.created_at) AND models.raw = g.model
          WHERE g.dataset = {dataset:String}
            AND g.key NOT IN (SELECT generation_key FROM labelled_generations WHERE dataset = {dataset:String})
          GROUP BY day, model_key
        ) AS without ON without.day = sample.day AND without.model_key = sample.model_key`,
    })})
  )`;
