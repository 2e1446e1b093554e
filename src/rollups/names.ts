import type { Engine } from '../engine/engine.ts';
import { exactCount } from '../engine/engine.ts';
import { plainField, textField } from '../engine/tab-separated.ts';

/** A name as the logs have it, with what was used under it. */
export interface RawName {
  raw: string;
  tokens: number;
  rows: number;
}

/** A model's name, with what of its tokens a log names no provider for; a feed never knows providers. */
export interface RawModelName extends RawName {
  tokensWithoutProvider: number;
}

/** The names in a data set, the most used first. */
export interface DistinctNames {
  models: RawModelName[];
  providers: RawName[];
  /** Codes as logged. */
  countries: RawName[];
}

/** What a model's name stands for, by keys of the release that is being made. */
export interface ModelName {
  /** Null for a feed's rest, which is no model. */
  modelKey: number | null;
  authorKey: number | null;
  sourceGroup: string | null;
  /** The host that the name's prefix tells: the provider where the log names none. */
  providerKey: number | null;
}

/** Raw names to what they stand for; countries to their continents. */
export interface NameKeys {
  models: ReadonlyMap<string, ModelName>;
  providers: ReadonlyMap<string, number>;
  continents: ReadonlyMap<string, string | null>;
}

/** All names of models, providers and countries in a data set. */
export async function distinctNames(engine: Engine, dataset: string): Promise<DistinctNames> {
  const read = <Count extends string>(name: string, sql: string) =>
    engine.rows<Record<'raw' | 'tokens' | 'rows' | Count, string>>(name, sql, { dataset });
  const models = await read<'tokens_without_provider'>('names.models', namesOfModels);
  return {
    models: models.map((name) => ({
      ...toRawName(name),
      tokensWithoutProvider: exactCount(name.tokens_without_provider),
    })),
    providers: (await read('names.providers', namesOf('provider'))).map(toRawName),
    countries: (await read('names.countries', namesOf('country'))).map(toRawName),
  };
}

function toRawName({ raw, tokens, rows }: Record<'raw' | 'tokens' | 'rows', string>): RawName {
  return { raw, tokens: exactCount(tokens), rows: exactCount(rows) };
}

const namesOfModels = `
  SELECT
    raw,
    sum(used.tokens) AS tokens,
    sum(used.tokens_without_provider) AS tokens_without_provider,
    sum(used.rows) AS rows
  FROM (
    SELECT
      model AS raw,
      sum(prompt_tokens + completion_tokens) AS tokens,
      sumIf(prompt_tokens + completion_tokens, provider IS NULL) AS tokens_without_provider,
      count() AS rows
    FROM generations WHERE dataset = {dataset:String} GROUP BY raw
    UNION ALL
    SELECT model AS raw, sum(total_tokens) AS tokens, 0 AS tokens_without_provider, count() AS rows
    FROM usage_feed WHERE dataset = {dataset:String} GROUP BY raw
    UNION ALL
    SELECT model AS raw, toUInt64(0) AS tokens, 0 AS tokens_without_provider, count() AS rows
    FROM activity WHERE dataset = {dataset:String} GROUP BY raw
  ) AS used
  GROUP BY raw
  ORDER BY tokens DESC, raw`;

const namesOf = (column: 'provider' | 'country') => `
  SELECT
    assumeNotNull(${column}) AS raw,
    sum(prompt_tokens + completion_tokens) AS tokens,
    count() AS rows
  FROM generations
  WHERE dataset = {dataset:String} AND ${column} IS NOT NULL
  GROUP BY raw
  ORDER BY tokens DESC, raw`;

/** Tells the engine what the names stand for, in place of what it was told before. */
export async function registerNames(
  engine: Engine,
  { models, providers, continents }: NameKeys,
): Promise<void> {
  await replaceNames(
    engine,
    'model_names',
    ['model_key', 'author_key', 'source_group', 'provider_key'],
    [...models].map(([raw, { modelKey, authorKey, sourceGroup, providerKey }]) => [
      raw,
      modelKey,
      authorKey,
      sourceGroup,
      providerKey,
    ]),
  );
  await replaceNames(engine, 'provider_names', ['provider_key'], [...providers]);
  await replaceNames(engine, 'country_names', ['continent'], [...continents]);
}

/** Takes the names back when a release is done. */
export async function forgetNames(engine: Engine): Promise<void> {
  await registerNames(engine, { models: new Map(), providers: new Map(), continents: new Map() });
}

async function replaceNames(
  engine: Engine,
  table: string,
  columns: readonly string[],
  names: readonly (readonly [raw: string, ...values: (string | number | null)[]])[],
): Promise<void> {
  await engine.command('names.empty', `TRUNCATE TABLE ${table}`);
  if (names.length === 0) return;
  const lines = names.map(([raw, ...values]) => `${textField(raw)}\t${values.map(plainField).join('\t')}\n`);
  await engine.insert('names.register', table, ['raw', ...columns], Buffer.from(lines.join('')));
}
