import type pg from 'pg';

/** Aggregate tables whose day rows are summed up further, so that long ranges and few groups read few rows. */
interface CoarsenedTable {
  readonly name: string;
  /** The key beside the model. */
  readonly second: string;
  /** Levels beside that of both keys. */
  readonly levels: readonly Level[];
  readonly sampled: boolean;
  /** Has the columns of estimated, list-priced and free usage. */
  readonly costs: boolean;
}

type Level = 'MODEL' | 'SECOND';

const tables: readonly CoarsenedTable[] = [
  {
    name: 'usage_day_model_provider',
    second: 'provider_key',
    levels: ['MODEL', 'SECOND'],
    sampled: false,
    costs: true,
  },
  { name: 'usage_day_model_country', second: 'country', levels: ['SECOND'], sampled: false, costs: false },
  { name: 'usage_day_model_language', second: 'language', levels: ['SECOND'], sampled: false, costs: false },
  {
    name: 'usage_day_model_category',
    second: 'category_key',
    levels: ['SECOND'],
    sampled: true,
    costs: true,
  },
  { name: 'usage_day_model_tag', second: 'tag_key', levels: ['SECOND'], sampled: true, costs: false },
];

const sums = [
  'requests',
  'prompt_tokens',
  'completion_tokens',
  'reasoning_tokens',
  'cached_tokens',
  'total_tokens',
  'spend_usd',
  'billed_tokens',
  'billed_spend_usd',
  'tool_call_requests',
  'tool_call_tokens',
  'tools_offered_requests',
  'streamed_requests',
  'cancelled_requests',
  'byok_requests',
  'byok_tokens',
];

const sampledSums = [
  ...sums,
  'requests_squares',
  'prompt_tokens_squares',
  'completion_tokens_squares',
  'total_tokens_squares',
  'spend_usd_squares',
];

const costSums = [
  'estimated_tokens',
  'estimated_spend_usd',
  'listed_tokens',
  'listed_spend_usd',
  'list_cost_usd',
  'free_requests',
  'free_tokens',
  'free_billed_tokens',
  'free_billed_spend_usd',
  'free_estimated_tokens',
  'unsplit_tokens',
];

/** First day of the coarser period that holds a day. */
const coarserGrains = {
  WEEK: `date_trunc('week', day)::date`,
  WEEK_SUNDAY: `date_trunc('week', day + 1)::date - 1`,
  MONTH: `date_trunc('month', day)::date`,
} as const;

/**
 * Adds the coarser rows of a release. They are sums of rows that are published anyway, so they tell nothing
 * that is withheld. Identifiers are constants of this file.
 */
export async function coarsen(client: Pick<pg.ClientBase, 'query'>, releaseKey: number): Promise<void> {
  for (const table of tables) {
    for (const level of table.levels) await client.query(levelStatement(table, level), [releaseKey]);
    for (const grain of Object.keys(coarserGrains) as (keyof typeof coarserGrains)[]) {
      await client.query(grainStatement(table, grain), [releaseKey]);
    }
  }
}

/** Days of one key alone, from the days of both. */
function levelStatement(table: CoarsenedTable, level: Level): string {
  const { second, sampled } = table;
  const kept = level === 'MODEL' ? 'model_key' : second;
  const keys = [...(sampled ? ['weighting'] : []), kept, 'day'];
  return insert(table, keys, `'DAY', '${level}'`, keys, `level = 'BOTH' AND grain = 'DAY'`);
}

/** Weeks or months of every level, from its days. */
function grainStatement(table: CoarsenedTable, grain: keyof typeof coarserGrains): string {
  const { second, sampled } = table;
  const [before, after] = sampled ? [['weighting', second], 'model_key'] : [['model_key'], second];
  const values = [...before, coarserGrains[grain], after];
  return insert(table, [...before, 'day', after], `'${grain}', level`, values, `grain = 'DAY'`);
}

function insert(
  { name: table, sampled, costs }: CoarsenedTable,
  keys: readonly string[],
  grainAndLevel: string,
  values: readonly string[],
  condition: string,
): string {
  const columns = [...(sampled ? sampledSums : sums), ...(costs ? costSums : [])];
  const level = grainAndLevel.endsWith('level') ? ['level'] : [];
  // Rows that are read together, those of a model or a category over time, are to lie in the same pages, in the order
  // of the index that finds them.
  const order = [...level, ...values].join(', ');
  return `
    INSERT INTO ${table} (release_key, grain, level, ${[...keys, ...columns].join(', ')})
    SELECT release_key, ${grainAndLevel}, ${values.join(', ')}, ${columns.map((name) => `sum(${name})`).join(', ')}
    FROM ${table}
    WHERE release_key = $1 AND ${condition}
    GROUP BY release_key, ${order}
    ORDER BY ${order}`;
}
