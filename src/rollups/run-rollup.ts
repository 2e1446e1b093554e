import { AtlasError } from '../errors.ts';
import type { Engine, StatementParameters } from '../engine/engine.ts';
import { publishCohorts, type CohortSurroundings } from './cohorts/publish-cohorts.ts';
import type { Rollup, RollupSource } from './rollup.ts';
import { publishedRows, withheldCount } from './withhold.ts';

export interface RollupScope {
  dataset: string;
  /** The number under which the release's rows are stored: the first column of every row. */
  releaseKey: number;
  /** Fewest distinct users that a row is to stand for; null: any. */
  minimumUsers: number | null;
  /** For a rollup of cohorts: what is published beside them. */
  cohorts?: CohortSurroundings;
}

/**
 * The rows of a rollup as TabSeparated text in the order of `rollup.columns`, ready for PostgreSQL's COPY.
 * The names it needs must have been registered, and the days of its models decided; a name that is not would drop
 * its usage, so it is an error.
 */
export async function* runRollup(
  engine: Engine,
  rollup: Rollup,
  scope: RollupScope,
): AsyncGenerator<Uint8Array> {
  await refuseUnknownNames(engine, rollup.source, scope.dataset);
  const name = `rollup.${rollup.name}.v${rollup.version}`;
  const sql = publishedRows(rollup, scope.minimumUsers);
  for (const parameters of parametersOf(rollup, scope)) {
    const rows = engine.stream(name, sql, parameters);
    yield* rollup.withhold?.cohorts ? publishCohorts(rows, scope.minimumUsers, besideCohorts(scope)) : rows;
  }
}

function besideCohorts({ cohorts }: RollupScope): CohortSurroundings {
  if (cohorts === undefined)
    throw new Error('cohorts can not be told apart from what is published beside them');
  return cohorts;
}

export interface WithheldCells {
  cells: number;
  /** Where its rows hold tokens. */
  tokens: number;
  /** Whether they stand for enough users, or for none: else their tokens may not be told. */
  areOfEnough: boolean;
}

/** What a rollup withholds beyond the days of models. */
export async function countWithheld(
  engine: Engine,
  rollup: Rollup,
  scope: RollupScope,
): Promise<WithheldCells> {
  const withheld = { cells: 0, tokens: 0, areOfEnough: true };
  for (const parameters of parametersOf(rollup, scope)) {
    const [count] = await engine.rows<{ cells: string; tokens: string; are_of_enough: boolean }>(
      `rollup.${rollup.name}.withheld`,
      withheldCount(rollup),
      parameters,
    );
    withheld.cells += Number(count?.cells ?? 0);
    withheld.tokens += Number(count?.tokens ?? 0);
    withheld.areOfEnough &&= count?.are_of_enough ?? true;
  }
  return withheld;
}

function parametersOf(
  { onceFor }: Rollup,
  { dataset, releaseKey, minimumUsers }: RollupScope,
): StatementParameters[] {
  const parameters = {
    dataset,
    release_key: releaseKey,
    minimum_users: minimumUsers ?? 1,
    withholds: minimumUsers !== null,
  };
  if (onceFor === null) return [parameters];
  return onceFor.values.map((value) => ({ ...parameters, [onceFor.parameter]: value }));
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
  active_days: `
    SELECT 'model' AS kind, model AS raw FROM active_days
    WHERE dataset = {dataset:String} AND model NOT IN (SELECT raw FROM model_names)
    GROUP BY raw`,
  labels: `
    SELECT 'model' AS kind, model AS raw FROM generations
    WHERE dataset = {dataset:String} AND model NOT IN (SELECT raw FROM model_names)
    GROUP BY raw
    UNION ALL
    SELECT 'label' AS kind, label AS raw FROM labels
    WHERE dataset = {dataset:String} AND label NOT IN (SELECT raw FROM label_names)
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
