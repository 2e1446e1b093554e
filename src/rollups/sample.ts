import type { Engine } from '../engine/engine.ts';
import { decisionTables, decisionsAbout, decisionsWithoutUsers } from './sample-decisions.ts';
import { sampleCounts } from './sample-counts.ts';
import type { PublishedSample } from './sample-counts.ts';

/**
 * Draws the labelled generations of a data set for the rollups over labels, and decides as what their models,
 * categories and tags are published. The names, days of models and labels must have been told to the engine.
 */
export async function drawSample(
  engine: Engine,
  dataset: string,
  minimumUsers: number | null,
): Promise<PublishedSample> {
  await forgetSample(engine);
  await engine.command('sample.draw', draw, { dataset });
  for (const table of decisionTables) {
    const sql = minimumUsers === null ? decisionsWithoutUsers(table) : decisionsAbout(table);
    await engine.command(`sample.decide_${table}`, sql, { dataset, minimum_users: minimumUsers ?? 1 });
  }
  return sampleCounts(engine, minimumUsers ?? 1);
}

/** Empties the sample when the release is done. */
export async function forgetSample(engine: Engine): Promise<void> {
  for (const table of ['label_sample', ...decisionTables]) {
    await engine.command('sample.empty', `TRUNCATE TABLE ${table}`);
  }
}

const draw = `
  INSERT INTO label_sample
  WITH lower(ifNull(g.variant, 'standard')) AS variant
  SELECT
    g.dataset,
    toDate(g.created_at) AS day,
    ifNull(models.model_key, 0) AS model_key,
    g.user,
    g.prompt_tokens,
    g.completion_tokens,
    g.reasoning_tokens,
    g.cached_tokens,
    g.spend_usd,
    g.byok,
    g.streamed,
    g.cancelled,
    coalesce(g.finish_reason = 'tool_calls', g.tools_called) AS tool_called,
    g.tools_offered,
    if(empty(labelled.tags), [0], arrayMap(tag -> tag.1, labelled.tags)) AS tag_keys,
    if(empty(labelled.tags), [0], arrayMap(tag -> tag.2, labelled.tags)) AS tag_category_keys,
    arrayDistinct(tag_category_keys) AS category_keys,
    models.is_free OR variant = 'free' AS is_free,
    multiIf(
      variant = 'free', toDecimal128(0, 12),
      variant = 'standard', g.prompt_tokens * models.prompt_usd + g.completion_tokens * models.completion_usd,
      NULL
    ) AS list_usd
  FROM generations AS g
  INNER JOIN (
    SELECT generation_key, tags FROM labelled_generations WHERE dataset = {dataset:String}
  ) AS labelled ON labelled.generation_key = g.key
  INNER JOIN published_models AS models ON models.day = toDate(g.created_at) AND models.raw = g.model
  WHERE g.dataset = {dataset:String}`;
