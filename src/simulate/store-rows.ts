import type { Engine } from '../engine/engine.ts';
import type { GeneratedLoad } from '../engine/generated-load.ts';
import { minimumConfidence } from '../events/label.ts';
import { digest } from './lookup-tables.ts';

export const classifier = 'simulated';
export const classifierVersion = '1';

// What src/events/identity.ts joins, in its order: a row that is loaded from a file is known again.
const canonicalFields = [
  'toString(created_at)',
  'lower(hex(reinterpretAsFixedString(user)))',
  'toString(model)',
  'toString(provider)',
  "ifNull(toString(app), '')",
  'toString(country)',
  'toString(language)',
  'toString(prompt_tokens)',
  'toString(completion_tokens)',
  'toString(reasoning_tokens)',
  'toString(cached_tokens)',
  'toString(spend_usd)',
  'toString(byok)',
  'toString(streamed)',
  'toString(cancelled)',
  "ifNull(toString(finish_reason), '')",
  "ifNull(toString(finish_reason), '')",
  "ifNull(toString(tools_offered), '')",
  'toString(tools_called)',
  'toString(latency_ms)',
  'toString(time_to_first_token_ms)',
  "ifNull(toString(variant), '')",
];

/** Labels of the chunk, below the least confidence too. */
const labelRows = `(
  SELECT
    row,
    id,
    key AS generation_key,
    toString(label.1) AS tag,
    label.2 AS confidence
  FROM simulated_rows
  ARRAY JOIN arrayZip(tags, confidences) AS label
)`;

export interface StoredChunk {
  labels: number;
  droppedLabels: number;
}

/** Copies the chunk that was drawn to the stored tables, where the seal of the load will show it. */
export async function storeRows(engine: Engine, load: GeneratedLoad, dataset: string): Promise<StoredChunk> {
  const parameters = { dataset, load_id: load.generationsId };
  await engine.command(
    'simulate.store_keys',
    `INSERT INTO stored_keys (dataset, load_id, key, content_hash)
     SELECT {dataset:String}, {load_id:UInt32}, key, ${digest(`concatWithSeparator(char(0), ${canonicalFields.join(', ')})`)}
     FROM simulated_rows`,
    parameters,
  );
  await engine.command(
    'simulate.store_events',
    `INSERT INTO stored_generations (dataset, load_id, ${storedColumns.join(', ')}, finish_reason_raw)
     SELECT {dataset:String}, {load_id:UInt32}, ${storedColumns.join(', ')}, finish_reason
     FROM simulated_rows`,
    parameters,
  );
  return storeLabels(engine, load, dataset);
}

const storedColumns = [
  'key',
  'created_at',
  'user',
  'model',
  'provider',
  'app',
  'country',
  'language',
  'variant',
  'prompt_tokens',
  'completion_tokens',
  'reasoning_tokens',
  'cached_tokens',
  'spend_usd',
  'byok',
  'streamed',
  'cancelled',
  'finish_reason',
  'tools_offered',
  'tools_called',
  'latency_ms',
  'time_to_first_token_ms',
];

async function storeLabels(engine: Engine, load: GeneratedLoad, dataset: string): Promise<StoredChunk> {
  const [count] = await engine.rows<{ kept: string; dropped: string }>(
    'simulate.count_labels',
    `SELECT countIf(confidence >= {least:Float64}) AS kept, countIf(confidence < {least:Float64}) AS dropped
     FROM ${labelRows}`,
    { least: minimumConfidence },
  );
  const labels = Number(count?.kept ?? 0);
  if (labels === 0) return { labels, droppedLabels: Number(count?.dropped ?? 0) };
  const parameters = {
    dataset,
    load_id: load.labelsId,
    least: minimumConfidence,
    classifier,
    version: classifierVersion,
  };
  const hexKey = 'lower(hex(reinterpretAsFixedString(generation_key)))';
  await engine.command(
    'simulate.store_label_keys',
    `INSERT INTO stored_keys (dataset, load_id, key, content_hash)
     SELECT
       {dataset:String},
       {load_id:UInt32},
       ${digest(`concatWithSeparator(char(0), 'label', ${hexKey}, tag, {classifier:String}, {version:String})`)},
       ${digest('toString(toFloat64(toFloat32(confidence)))')}
     FROM ${labelRows} WHERE confidence >= {least:Float64}`,
    parameters,
  );
  await engine.command(
    'simulate.store_labels',
    `INSERT INTO stored_labels (dataset, load_id, generation_key, label, confidence, classifier, version)
     SELECT {dataset:String}, {load_id:UInt32}, generation_key, tag, confidence, {classifier:String}, {version:String}
     FROM ${labelRows} WHERE confidence >= {least:Float64}`,
    parameters,
  );
  return { labels, droppedLabels: Number(count?.dropped ?? 0) };
}
