/**
 * Compares the published rows of a simulated study with the numbers that the study gives, figure by figure: mean
 * absolute error in percentage points (or what the table says). Run it after `atlas publish`, with the same settings:
 *   npx tsx bench/simulated-margins.ts [data set]
 */
import { readConfig } from '../src/config.ts';
import { openDatabase } from '../src/database/open-database.ts';
import { addDays, firstWeek, monthOf, weekOf } from '../src/simulate/calendar.ts';
import { readModels } from '../src/simulate/models.ts';
import { slopeOf } from '../src/simulate/prices.ts';
import { numberOf, optionalNumberOf, readTable, textOf } from '../src/simulate/tables.ts';
import { categoryNames } from '../src/simulate/usage.ts';

interface UsageRow {
  day: string;
  model: string | null;
  author: string | null;
  source: string | null;
  group: string | null;
  size: string | null;
  reasoning: boolean | null;
  category: string | null;
  tag: string | null;
  tokens: number;
  prompt: number;
  completion: number;
  requests: number;
  spend: number;
  billedTokens: number;
  billedSpend: number;
  toolTokens: number;
}

const dataset = process.argv[2] ?? 'simulated-study';
const database = await openDatabase(readConfig());
const [release] = (
  await database.pool.query<{ key: number }>(
    'SELECT key FROM releases WHERE dataset_id = $1 ORDER BY key DESC LIMIT 1',
    [dataset],
  )
).rows;
if (release === undefined) throw new Error(`${dataset} has no release`);

async function read(table: string, extra = '', join = ''): Promise<UsageRow[]> {
  const weighting = /category|tag/.test(table) ? `AND u.weighting = 'EACH'` : '';
  const { rows } = await database.pool.query<Record<string, string | boolean | null>>(
    `SELECT u.day::text AS day, m.id AS model, a.id AS author, m.source, m.source_group AS "group", m.size_class AS size,
            m.reasoning ${extra},
            sum(u.total_tokens)::float8 AS tokens, sum(u.prompt_tokens)::float8 AS prompt,
            sum(u.completion_tokens)::float8 AS completion, sum(u.requests)::float8 AS requests,
            coalesce(sum(u.spend_usd), 0)::float8 AS spend, coalesce(sum(u.billed_tokens), 0)::float8 AS "billedTokens",
            coalesce(sum(u.billed_spend_usd), 0)::float8 AS "billedSpend",
            coalesce(sum(u.tool_call_tokens), 0)::float8 AS "toolTokens"
     FROM ${table} u
     LEFT JOIN models m ON m.release_key = u.release_key AND m.key = u.model_key
     LEFT JOIN authors a ON a.release_key = u.release_key AND a.key = m.author_key ${join}
     WHERE u.release_key = $1 AND u.grain = 'DAY' AND u.level = 'BOTH' ${weighting}
     GROUP BY u.day, m.id, a.id, m.source, m.source_group, m.size_class, m.reasoning ${extra.replace(/ AS \w+/g, '')}`,
    [release?.key],
  );
  return rows as unknown as UsageRow[];
}

const usage = await read('usage_day_model_provider');
const ofCategory = await read(
  'usage_day_model_category',
  ', c.id AS category',
  'LEFT JOIN categories c ON c.release_key = u.release_key AND c.key = u.category_key',
);
const ofTag = await read(
  'usage_day_model_tag',
  ', t.id AS tag, c.id AS category',
  `LEFT JOIN tags t ON t.release_key = u.release_key AND t.key = u.tag_key
   LEFT JOIN categories c ON c.release_key = u.release_key AND c.key = t.category_key`,
);
const places = async (table: string, column: string) =>
  (
    await database.pool.query<{ day: string; place: string | null; tokens: number; spend: number }>(
      `SELECT day::text AS day, ${column} AS place, sum(total_tokens)::float8 AS tokens, sum(spend_usd)::float8 AS spend
       FROM ${table} WHERE release_key = $1 AND grain = 'DAY' AND level = 'BOTH' GROUP BY day, place`,
      [release.key],
    )
  ).rows;
const byCountry = await places('usage_day_model_country', 'country');
const byLanguage = await places('usage_day_model_language', 'language');
await database.close();

const results: { figure: string; values: number; error: string; note: string }[] = [];
type Keyed = Map<string, number>;

/** Percentages of the whole, of the keys given or of all. */
function shares<Row>(
  rows: readonly Row[],
  key: (row: Row) => string | null,
  value: (row: Row) => number,
  keys?: readonly string[],
): Keyed {
  const sums = new Map<string, number>();
  for (const row of rows) {
    const name = key(row);
    if (name === null || (keys !== undefined && !keys.includes(name))) continue;
    sums.set(name, (sums.get(name) ?? 0) + value(row));
  }
  const whole = [...sums.values()].reduce((sum, each) => sum + each, 0);
  return new Map([...sums].map(([name, each]) => [name, (100 * each) / whole]));
}

function groupBy<Row>(rows: readonly Row[], key: (row: Row) => string): Map<string, Row[]> {
  const groups = new Map<string, Row[]>();
  for (const row of rows) {
    const name = key(row);
    const group = groups.get(name);
    if (group === undefined) groups.set(name, [row]);
    else group.push(row);
  }
  return groups;
}

function report(figure: string, pairs: readonly (readonly [number, number])[], note = ''): void {
  const errors = pairs.map(([computed, published]) => Math.abs(computed - published));
  const mean = errors.reduce((sum, error) => sum + error, 0) / errors.length;
  results.push({ figure, values: pairs.length, error: mean.toFixed(2), note });
}

const tokens = (row: UsageRow) => row.tokens;
const monday = (day: string) => addDays(firstWeek, 7 * weekOf(day));
const sunday = (day: string) => addDays(monday(addDays(day, 1)), -1);
const sum = (rows: readonly UsageRow[], value: (row: UsageRow) => number) =>
  rows.reduce((whole, row) => whole + value(row), 0);

// Fig 1
const mondays = groupBy(usage, ({ day }) => monday(day));
const sundays = groupBy(usage, ({ day }) => sunday(day));
report(
  'fig 1',
  readTable('series/fig01_oss_split.csv').flatMap((row) => {
    const now = shares(mondays.get(textOf(row, 'week')) ?? [], (each) => each.group, tokens);
    return [
      [now.get('CHINESE_OPEN') ?? 0, numberOf(row, 'chinese_oss')],
      [now.get('REST_OF_WORLD_OPEN') ?? 0, numberOf(row, 'row_oss')],
      [now.get('PROPRIETARY') ?? 0, numberOf(row, 'closed')],
    ] as const;
  }),
);

// Table 1
const open = usage.filter(({ source }) => source === 'OPEN');
const authors = readTable('open_authors.tsv');
const ofAuthors = shares(
  open,
  ({ author }) => author,
  tokens,
  authors.map((row) => textOf(row, 'author')),
);
report(
  'tab 1',
  authors.map((row) => [ofAuthors.get(textOf(row, 'author')) ?? 0, (100 * numberOf(row, 'trillion')) / 33.8]),
  [...ofAuthors].map(([name, share]) => `${name} ${share.toFixed(1)}`).join(', '),
);

// Fig 3
const seriesOf = new Map(readModels().flatMap(({ id, series }) => (series === null ? [] : [[id, series]])));
const openWeeks = groupBy(open, ({ day }) => monday(day));
report(
  'fig 3',
  readTable('series/fig03_top15_oss.csv').flatMap((row) => {
    const names = Object.keys(row).filter((name) => name !== 'period');
    const now = shares(
      openWeeks.get(textOf(row, 'period')) ?? [],
      ({ model }) => seriesOf.get(model ?? '') ?? null,
      tokens,
      names,
    );
    return names.map((name) => [now.get(name) ?? 0, numberOf(row, name)] as const);
  }),
  'DeepSeek V3 with V3 0324',
);

// Fig 4 and 5
const last = (rows: readonly UsageRow[]) => rows.filter(({ day }) => day >= '2025-11-24');
const sizes = shares(last(open), ({ size }) => size, tokens);
results.push({
  figure: 'fig 4',
  values: 0,
  error: '',
  note: `read 12/38/50, last week ${['SMALL', 'MEDIUM', 'LARGE'].map((size) => sizes.get(size)?.toFixed(0)).join('/')}`,
});
const openSundays = groupBy(open, ({ day }) => sunday(day));
report(
  'fig 5',
  readTable('series/fig05_oss_model_count_share_by_size.csv').flatMap((row) => {
    const models = groupBy(openSundays.get(textOf(row, 'period')) ?? [], ({ model }) => model ?? '');
    const rows = [...models.values()].map(([first]) => first as UsageRow);
    const now = shares(
      rows,
      ({ size }) => size,
      () => 1,
    );
    return (['small', 'medium', 'large'] as const).map(
      (size) => [now.get(size.toUpperCase()) ?? 0, numberOf(row, size)] as const,
    );
  }),
);

// Figs 6 and 19
const named = categoryNames.filter((name) => name !== 'seo');
function categorySeries(figure: string, file: string, column: string, rows: readonly UsageRow[]): void {
  const bySunday = groupBy(rows, ({ day }) => sunday(day));
  report(
    figure,
    readTable(file).flatMap((row) => {
      const now = shares(bySunday.get(textOf(row, column)) ?? [], ({ category }) => category, tokens, named);
      return named.map((name) => [now.get(name) ?? 0, numberOf(row, name)] as const);
    }),
  );
}
categorySeries(
  'fig 6',
  'series/fig06_oss_categories.csv',
  'period',
  ofCategory.filter(({ source }) => source === 'OPEN'),
);
categorySeries('fig 19', 'series/fig19_categories.csv', 'week', ofCategory);

// Fig 7
const chinese = shares(
  ofCategory.filter(({ group }) => group === 'CHINESE_OPEN'),
  ({ category }) => category,
  tokens,
);
report('fig 7', [
  [chinese.get('roleplay') ?? 0, 33],
  [(chinese.get('programming') ?? 0) + (chinese.get('technology') ?? 0), 39],
]);

// Figs 8 and 9
const november = ofCategory.filter(({ day }) => day >= '2025-11-01');
const ofMay = ofCategory.filter(({ day }) => day < '2025-06-02');
const programmingSources = shares(
  november.filter(({ category }) => category === 'programming'),
  ({ group }) => group,
  tokens,
);
report('fig 8', [[programmingSources.get('PROPRIETARY') ?? 0, 90]], 'closed at the end, read');
const roleplaySources = [ofMay, november].map((rows) =>
  shares(
    rows.filter(({ category }) => category === 'roleplay'),
    ({ group }) => group,
    tokens,
  ),
);
report(
  'fig 9',
  (
    [
      [70, 22, 8],
      [42, 43, 15],
    ] as const
  ).flatMap((values, index) =>
    (['PROPRIETARY', 'REST_OF_WORLD_OPEN', 'CHINESE_OPEN'] as const).map(
      (group, place) => [roleplaySources[index]?.get(group) ?? 0, values[place] ?? 0] as const,
    ),
  ),
  roleplaySources
    .map((now) =>
      ['PROPRIETARY', 'REST_OF_WORLD_OPEN', 'CHINESE_OPEN']
        .map((group) => now.get(group)?.toFixed(0))
        .join('/'),
    )
    .join(' -> '),
);

// Fig 10
report(
  'fig 10',
  readTable('series/fig10_reasoning.csv')
    .slice(1)
    .map((row) => {
      const now = shares(
        sundays.get(textOf(row, 'week')) ?? [],
        ({ reasoning }) => String(reasoning),
        tokens,
      );
      return [now.get('true') ?? 0, numberOf(row, 'reasoning_share_pct')];
    }),
);

// Fig 11
const reasoners = shares(
  usage.filter(({ day, reasoning }) => day >= '2025-11-01' && reasoning === true),
  ({ model }) => model,
  tokens,
);
results.push({
  figure: 'fig 11',
  values: 0,
  error: '',
  note: [...reasoners]
    .sort((a, b) => b[1] - a[1])
    .slice(0, 6)
    .map(([name, share]) => `${name} ${share.toFixed(0)}`)
    .join(', '),
});

// Figs 12 and 13
const byMonth = groupBy(usage, ({ day }) => monthOf(day));
report(
  'fig 12',
  readTable('tool_calls.tsv').map((row) => {
    const rows = byMonth.get(textOf(row, 'month')) ?? [];
    return [(100 * sum(rows, (each) => each.toolTokens)) / sum(rows, tokens), numberOf(row, 'percent')];
  }),
  'months, loosely read',
);
report(
  'fig 13',
  readTable('series/fig13_tool_call_top10.csv').flatMap((row) => {
    const names = Object.keys(row).filter((name) => name !== 'period');
    const now = shares(
      byMonth.get(textOf(row, 'period')) ?? [],
      ({ model }) => seriesOf.get(model ?? '') ?? null,
      (each) => each.toolTokens,
      names,
    );
    return names.map((name) => [now.get(name) ?? 0, numberOf(row, name)] as const);
  }),
  `top ten: ${[
    ...shares(
      usage,
      ({ model }) => model,
      (row) => row.toolTokens,
    ),
  ]
    .sort((a, b) => b[1] - a[1])
    .slice(0, 10)
    .map(([name]) => name.split('/')[1])
    .join(' ')}`,
);

// Figs 14, 15, 17, 18
const means = (rows: readonly UsageRow[]) => ({
  prompt: sum(rows, (row) => row.prompt) / sum(rows, (row) => row.requests),
  completion: sum(rows, (row) => row.completion) / sum(rows, (row) => row.requests),
});
const [start, end] = [means(byMonth.get('2024-11') ?? []), means(byMonth.get('2025-11') ?? [])];
const lengthNote = (name: string, from: number, to: number, published: string) =>
  results.push({
    figure: name,
    values: 0,
    error: '',
    note: `${from.toFixed(0)} -> ${to.toFixed(0)}; published ${published}`,
  });
lengthNote('fig 14', start.prompt, end.prompt, '1.5K early 2024 -> over 6K');
lengthNote('fig 15', start.completion, end.completion, '150 early 2024 -> about 400');
lengthNote('fig 17', start.prompt + start.completion, end.prompt + end.completion, 'over 5.4K');
const programming = means(november.filter(({ category }) => category === 'programming'));
const others = means(november.filter(({ category }) => category !== null && category !== 'programming'));
lengthNote('fig 18', others.prompt, programming.prompt, 'others -> programming, 3 to 4 times');

// Fig 16
const prompts = readTable('series/fig16_prompt_tokens_by_category.csv').flatMap((row) => {
  const rows = ofCategory.filter(({ day }) => sunday(day) === row.week);
  return named.flatMap((name) => {
    const published = optionalNumberOf(row, name);
    const own = rows.filter(({ category }) => category === name);
    if (published === null || sum(own, (each) => each.requests) === 0) return [];
    return [[(100 * means(own).prompt) / published, 100] as const];
  });
});
report('fig 16', prompts, 'relative error of each length, percent');

// Fig 20
report(
  'fig 20',
  readTable('series/fig20_programming_spend_by_author.csv').flatMap((row) => {
    const names = Object.keys(row).filter((name) => name !== 'period');
    const now = shares(
      ofCategory.filter(({ day, category }) => category === 'programming' && monday(day) === row.period),
      ({ author }) => author,
      (each) => each.spend,
    );
    return names.map((name) => [now.get(name) ?? 0, numberOf(row, name)] as const);
  }),
);

// Fig 21 and 29
const tagRows = readTable('tags.tsv').filter((row) => textOf(row, 'mark') !== 'chosen');
const tagShares = new Map(
  [
    ...groupBy(
      ofTag.filter(({ category }) => category !== null),
      ({ category }) => category ?? '',
    ),
  ].flatMap(([, rows]) => [...shares(rows, ({ tag }) => tag, tokens)]),
);
report(
  'fig 21',
  tagRows.map((row) => [tagShares.get(textOf(row, 'tag')) ?? 0, numberOf(row, 'share')]),
);
report('fig 29', [
  [tagShares.get('roleplaying-games') ?? 0, 58],
  [tagShares.get('writers-resources') ?? 0, 15],
  [tagShares.get('adult') ?? 0, 15],
  [(tagShares.get('personal-assistants') ?? 0) + (tagShares.get('productivity-software') ?? 0), 65],
]);

// Figs 22 and 23
for (const [figure, wanted] of [
  ['fig 22', ['anthropic', 'google', 'x-ai']],
  ['fig 23', ['openai', 'deepseek', 'qwen']],
] as const) {
  const notes: string[] = [];
  const pairs = readTable('author_categories.tsv')
    .filter((row) => (wanted as readonly string[]).includes(textOf(row, 'author')))
    .flatMap((row) =>
      (['from', 'to'] as const).map((edge) => {
        const week = weekOf(textOf(row, edge));
        const near = ofCategory.filter(
          (each) =>
            each.author === row.author &&
            each.source === row.source &&
            Math.abs(weekOf(each.day) - week) <= 1,
        );
        const now = shares(near, ({ category }) => category, tokens);
        const computed = textOf(row, 'categories')
          .split('+')
          .reduce((whole, name) => whole + (now.get(name) ?? 0), 0);
        notes.push(
          `${row.author} ${row.categories} ${computed.toFixed(0)}/${numberOf(row, `percent_${edge}`)}`,
        );
        return [computed, numberOf(row, `percent_${edge}`)] as const;
      }),
    );
  report(figure, pairs, notes.join(', '));
}

// Fig 24 and tables 2 to 4
const { continentOf } = await import('../src/catalog/index.ts');
const continent = ({ place }: { place: string | null }) =>
  place === null ? null : (continentOf(place) ?? null);
const spendOf = (from: string, to: string) =>
  shares(
    byCountry.filter(({ day }) => day >= from && day < to),
    continent,
    ({ spend }) => spend,
  );
const [firstSpend, lastSpend] = [spendOf('2024-11-01', '2025-01-01'), spendOf('2025-10-01', '2025-12-01')];
report(
  'fig 24',
  [
    [firstSpend.get('AS') ?? 0, 13],
    [lastSpend.get('AS') ?? 0, 31],
  ],
  `Asia; North America ${firstSpend.get('NA')?.toFixed(0)} -> ${lastSpend.get('NA')?.toFixed(0)}, Europe ${firstSpend.get('EU')?.toFixed(0)} -> ${lastSpend.get('EU')?.toFixed(0)}`,
);
const continentTokens = shares(byCountry, continent, (row) => row.tokens);
report(
  'tab 2',
  readTable('continents.tsv').map((row) => [
    continentTokens.get(textOf(row, 'continent')) ?? 0,
    numberOf(row, 'percent'),
  ]),
);
const countryTokens = shares(
  byCountry,
  ({ place }) => place,
  (row) => row.tokens,
);
const tab3 = {
  US: 47.17,
  SG: 9.21,
  DE: 7.51,
  CN: 6.01,
  KR: 2.88,
  NL: 2.65,
  GB: 2.52,
  CA: 1.9,
  JP: 1.77,
  IN: 1.62,
};
report(
  'tab 3',
  Object.entries(tab3).map(([code, percent]) => [countryTokens.get(code) ?? 0, percent]),
  Object.keys(tab3)
    .map((code) => `${code} ${countryTokens.get(code)?.toFixed(1)}`)
    .join(' '),
);
const languageTokens = shares(
  byLanguage,
  ({ place }) => place,
  (row) => row.tokens,
);
report(
  'tab 4',
  readTable('languages.tsv')
    .filter(({ language }) => language !== 'other')
    .map((row) => [languageTokens.get(textOf(row, 'language')) ?? 0, numberOf(row, 'percent')]),
);

// Fig 26
const costs = named.map((name) => {
  const rows = ofCategory.filter(({ category }) => category === name);
  return {
    name,
    cost: (1e6 * sum(rows, (row) => row.billedSpend)) / sum(rows, (row) => row.billedTokens),
    tokens: sum(rows, tokens),
  };
});
const ordered = costs.map(({ cost }) => cost).sort((a, b) => a - b);
results.push({
  figure: 'fig 26',
  values: 0,
  error: '',
  note: `median ${ordered[5]?.toFixed(2)} (published 0.73): ${costs
    .sort((a, b) => b.cost - a.cost)
    .map(({ name, cost }) => `${name} ${cost.toFixed(2)}`)
    .join(' ')}`,
});

// Figs 27 and 28, table 5
const models = [
  ...groupBy(
    usage.filter(({ model }) => model !== null),
    ({ model }) => model ?? '',
  ),
].map(([id, rows]) => ({
  id,
  usage: Math.log10(sum(rows, tokens)),
  cost: (1e6 * sum(rows, (row) => row.billedSpend)) / sum(rows, (row) => row.billedTokens),
}));
const scattered = models.filter(({ cost }) => cost > 0);
const slope = slopeOf(
  scattered.map(({ cost }) => Math.log10(cost)),
  scattered.map(({ usage: each }) => each),
);
const modelCosts = scattered.map(({ cost }) => cost).sort((a, b) => a - b);
results.push({
  figure: 'figs 27, 28',
  values: 0,
  error: '',
  note: `slope ${slope.toFixed(3)} over ${scattered.length} models (text -0.05 to -0.07, planted -0.06), median cost ${modelCosts[Math.floor(modelCosts.length / 2)]?.toFixed(2)} (measured 0.48)`,
});
const published = readModels().filter(({ logUsage }) => logUsage !== null);
// Volumes are simulated in another unit: compared is the size beside the mean of the eight.
const found = published.map(({ id }) => models.find((model) => model.id === id));
const shift =
  published.reduce((whole, { logUsage }, index) => whole + (logUsage ?? 0) - (found[index]?.usage ?? 0), 0) /
  published.length;
report(
  'tab 5 usage',
  published.map(({ logUsage }, index) => [(found[index]?.usage ?? 0) + shift, logUsage ?? 0]),
  'log10',
);
report(
  'tab 5 price',
  published.map(({ price }, index) => [(100 * (found[index]?.cost ?? 0)) / price, 100]),
  'percent of the price',
);

console.log(`${dataset}: ${Math.round(sum(usage, (row) => row.requests)).toLocaleString('en')} generations`);
for (const { figure, values, error, note } of results) {
  console.log(`${figure.padEnd(12)} ${String(values).padStart(5)} ${error.padStart(7)}  ${note}`);
}
