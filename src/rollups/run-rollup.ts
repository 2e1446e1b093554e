import { AtlasError } from '../errors.ts';
import type { Engine } from '../engine/engine.ts';
import type { Rollup, RollupSource } from './rollup.ts';

export interface RollupScope {
  dataset: string;
  /** The number under which the release's rows are stored: the first column of every row. */
  releaseKey: number;
}

/**
 * The rows of a rollup as TabSeparated text in the order of `rollup.columns`, ready for PostgreSQL's COPY.
 * The names it needs must have been registered; a name that is not would drop its usage, so it is an error.
 */
export async function* runRollup(
  engine: Engine,
  rollup: Rollup,
  scope: RollupScope,
): AsyncGenerator<Uint8Array> {
  await refuseUnknownNames(engine, rollup.source, scope.dataset);
  const parameters = { dataset: scope.dataset, release_key: scope.releaseKey };
  const name = `rollup.${rollup.name}.v${rollup.version}`;
  if (rollup.onceFor === null) {
    yield* engine.stream(name, rollup.sql, parameters);
    return;
  }
  const { parameter, values } = rollup.onceFor;
  for (const value of values) yield* engine.stream(name, rollup.sql, { ...parameters, [parameter]: value });
}

const unregistered: Record<RollupSource, string> = {
  generations: `
    SELECT 'model' AS kind, model AS raw FROM generations
    WHERE dataset = {dataset:String} AND model NOT IN (SELECT raw FROM model_names)
    GROUP BY raw
    UNION ALL
    SELECT 'provider' AS kind, assumeNotNull(provider) AS raw FROM generations
    WHERE dataset = {dataset:String} AND provider IS NOT NULL AND provider NOT IN (SELECT raw FROM provider_names)
    GROUP BY raw`,
  usage_feed: `
    SELECT 'model' AS kind, model AS raw FROM usage_feed
    WHERE dataset = {dataset:String} AND model NOT IN (SELECT raw FROM model_names)
    GROUP BY raw`,
};

async function refuseUnknownNames(engine: Engine, source: RollupSource, dataset: string): Promise<void> {
  const names = await engine.rows<{ kind: string; raw: string }>(
    'rollup.unregistered_names',
    `SELECT kind, raw FROM (${unregistered[source]}) ORDER BY kind, raw LIMIT 6`,
    { dataset },
  );
  if (names.length === 0) return;
  const some = names.slice(0, 5).map(({ kind, raw }) => `${kind} ${JSON.stringify(raw)}`);
  throw new AtlasError(
    'INTERNAL',
    `Names of ${dataset} were not resolved before its rollups: ${some.join(', ')}${names.length > 5 ? ' and others' : ''}.`,
  );
}
