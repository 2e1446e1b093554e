import type { Engine } from '../engine/engine.ts';
import { exactCount } from '../engine/engine.ts';
import { textField } from '../engine/tab-separated.ts';

/** A name as the logs have it, with what was used under it. */
export interface RawName {
  raw: string;
  tokens: number;
  rows: number;
}

/** Raw name to the key its entity has in the release that is being made. */
export interface NameKeys {
  models: ReadonlyMap<string, number>;
  providers: ReadonlyMap<string, number>;
}

/** All names of models and providers in a data set, the most used first. */
export async function distinctNames(
  engine: Engine,
  dataset: string,
): Promise<{ models: RawName[]; providers: RawName[] }> {
  return {
    models: await readNames(
      engine,
      'names.models',
      `SELECT model AS raw, sum(prompt_tokens + completion_tokens) AS tokens, count() AS rows
       FROM generations WHERE dataset = {dataset:String} GROUP BY raw
       UNION ALL
       SELECT model AS raw, sum(total_tokens) AS tokens, count() AS rows
       FROM usage_feed WHERE dataset = {dataset:String} GROUP BY raw`,
      dataset,
    ),
    providers: await readNames(
      engine,
      'names.providers',
      `SELECT assumeNotNull(provider) AS raw, sum(prompt_tokens + completion_tokens) AS tokens, count() AS rows
       FROM generations WHERE dataset = {dataset:String} AND provider IS NOT NULL GROUP BY raw`,
      dataset,
    ),
  };
}

async function readNames(
  engine: Engine,
  name: string,
  perSource: string,
  dataset: string,
): Promise<RawName[]> {
  const names = await engine.rows<{ raw: string; tokens: string; rows: string }>(
    name,
    `SELECT raw, sum(source.tokens) AS tokens, sum(source.rows) AS rows
     FROM (${perSource}) AS source GROUP BY raw ORDER BY tokens DESC, raw`,
    { dataset },
  );
  return names.map(({ raw, tokens, rows }) => ({ raw, tokens: exactCount(tokens), rows: exactCount(rows) }));
}

/** Tells the engine what the names stand for, in place of what it was told before. */
export async function registerNames(engine: Engine, { models, providers }: NameKeys): Promise<void> {
  await replaceNames(engine, 'model_names', 'model_key', models);
  await replaceNames(engine, 'provider_names', 'provider_key', providers);
}

/** Takes the names back when a release is done. */
export async function forgetNames(engine: Engine): Promise<void> {
  await registerNames(engine, { models: new Map(), providers: new Map() });
}

async function replaceNames(
  engine: Engine,
  table: string,
  keyColumn: string,
  keys: ReadonlyMap<string, number>,
): Promise<void> {
  await engine.command('names.empty', `TRUNCATE TABLE ${table}`);
  const lines = [...keys].map(([raw, key]) => `${textField(raw)}\t${key}\n`).join('');
  if (lines !== '') await engine.insert('names.register', table, ['raw', keyColumn], Buffer.from(lines));
}
