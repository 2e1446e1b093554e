import type { Engine } from '../engine/engine.ts';
import { exactCount } from '../engine/engine.ts';
import { judgedCells, ofEnoughUsers } from './withhold.ts';

/** What is withheld of models, the same in all tables. */
export interface WithheldModelDays {
  /** Days of a model that are not published under its name. */
  cells: number;
  tokens: number;
  /** Of the days that are not published at all. */
  leftOut: { requests: number; tokens: number };
  /** Whether folded models stand for enough users or none, and so do the days left out. */
  areOfEnough: boolean;
}

/**
 * Decides as what each model of each day is published, once for all rollups, so that what their tables say of a
 * day and model is of the same generations. The names and prices must have been registered. Null: nothing is withheld.
 */
export async function decideModelDays(
  engine: Engine,
  dataset: string,
  minimumUsers: number | null,
): Promise<WithheldModelDays> {
  await forgetModelDays(engine);
  await engine.command(
    'model_days.decide',
    `INSERT INTO model_days
       (day, model_key, published_key, is_folded, is_left_out, requests, total_tokens, some_users)
     ${minimumUsers === null ? asTheyAre : foldedModels}`,
    { dataset, minimum_users: minimumUsers ?? 1 },
  );
  await engine.command('model_days.publish', publishedModels);
  const [withheld] = await engine.rows<Withheld>(
    'model_days.withheld',
    `SELECT
       countIf(is_folded OR is_left_out) AS cells,
       sumIf(total_tokens, is_folded OR is_left_out) AS tokens,
       sumIf(requests, is_left_out) AS left_out,
       sumIf(total_tokens, is_left_out) AS left_out_tokens,
       toBool(${ofEnoughUsers('is_folded')} AND ${ofEnoughUsers('is_left_out')}) AS are_of_enough
     FROM model_days`,
    { minimum_users: minimumUsers ?? 1 },
  );
  const count = (name: Exclude<keyof Withheld, 'are_of_enough'>) => exactCount(withheld?.[name] ?? '0');
  return {
    cells: count('cells'),
    tokens: count('tokens'),
    leftOut: { requests: count('left_out'), tokens: count('left_out_tokens') },
    areOfEnough: withheld?.are_of_enough ?? true,
  };
}

type Withheld = Record<'cells' | 'tokens' | 'left_out' | 'left_out_tokens', string> & {
  are_of_enough: boolean;
};

/** Takes the decisions back when a release is done. */
export async function forgetModelDays(engine: Engine): Promise<void> {
  for (const table of ['model_days', 'published_models']) {
    await engine.command('model_days.empty', `TRUNCATE TABLE ${table}`);
  }
}

const publishedModels = `
  INSERT INTO published_models
    (day, raw, model_key, provider_key, is_folded, is_free, prompt_usd, completion_usd)
  SELECT
    model_days.day,
    model_names.raw,
    model_days.published_key,
    model_names.provider_key,
    model_days.is_folded,
    model_prices.is_free,
    model_prices.prompt_usd,
    model_prices.completion_usd
  FROM model_days
  INNER JOIN model_names ON model_names.model_key IS NOT DISTINCT FROM model_days.model_key
  LEFT JOIN model_prices
    ON model_prices.raw = model_names.raw
    AND model_prices.from_day <= model_days.day
    AND model_prices.until_day > model_days.day
  WHERE NOT model_days.is_left_out`;

const modelDays = `
  SELECT
    toDate(g.created_at) AS day,
    model_names.model_key AS model_key,
    count() AS requests,
    sum(g.prompt_tokens + g.completion_tokens) AS total_tokens,
    groupUniqArray({minimum_users:UInt32})(g.user) AS some_users
  FROM generations AS g
  INNER JOIN model_names ON model_names.raw = g.model
  WHERE g.dataset = {dataset:String}
  GROUP BY day, model_key`;

const asTheyAre = `
  SELECT day, model_key, model_key AS published_key, false, false, requests, total_tokens, some_users
  FROM (${modelDays})`;

const foldedModels = `
  SELECT
    day,
    model_key,
    if(is_folded, NULL, model_key) AS published_key,
    is_folded AND model_key IS NOT NULL,
    is_left_out,
    requests,
    total_tokens,
    some_users
  FROM (${judgedCells({ sql: modelDays, block: ['day'], key: 'model_key' })})`;
