import path from 'node:path';
import type { Engine } from '../engine/engine.ts';
import { classifier, classifierVersion } from './store-rows.ts';

// Compressed alike everywhere, and in the order of the rows: the same rows are the same bytes.
const settings = `SETTINGS
  output_format_parquet_compression_method = 'zstd',
  output_format_parquet_string_as_string = 1,
  output_format_parquet_parallel_encoding = 0,
  engine_file_truncate_on_insert = 1`;

/** Writes the chunk that was drawn as files of the project's own log format and label format. */
export async function writeParquet(engine: Engine, directory: string, chunk: number): Promise<void> {
  const number = String(chunk).padStart(5, '0');
  await engine.command(
    'simulate.write_generations',
    `INSERT INTO FUNCTION file({file:String}, 'Parquet')
     SELECT
       id,
       created_at,
       user_name AS user,
       toString(model) AS model,
       toString(provider) AS provider,
       CAST(app, 'Nullable(String)') AS app,
       toString(country) AS country,
       toString(language) AS language,
       CAST(variant, 'Nullable(String)') AS variant,
       prompt_tokens,
       completion_tokens,
       reasoning_tokens,
       cached_tokens,
       toString(spend_usd) AS spend_usd,
       byok,
       streamed,
       cancelled,
       CAST(finish_reason, 'Nullable(String)') AS finish_reason,
       tools_offered,
       tools_called,
       latency_ms,
       time_to_first_token_ms
     FROM simulated_rows ORDER BY row ${settings}`,
    { file: path.join(directory, `generations-${number}.parquet`) },
  );
  await engine.command(
    'simulate.write_labels',
    `INSERT INTO FUNCTION file({file:String}, 'Parquet')
     SELECT
       id AS generation_id,
       toString(label.1) AS tag,
       label.2 AS confidence,
       {classifier:String} AS classifier,
       {version:String} AS version
     FROM simulated_rows
     ARRAY JOIN arrayZip(tags, confidences) AS label
     ORDER BY row, tag ${settings}`,
    { file: path.join(directory, `labels-${number}.parquet`), classifier, version: classifierVersion },
  );
}
