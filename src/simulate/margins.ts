import { addDays, monthOf, weekOf, weekOfSunday, weeks } from './calendar.ts';
import type { SourceGroup, WorldModel } from './models.ts';
import { type Bound, type Margin, sum } from './rake.ts';
import { numberOf, readTable, type TableRow, textOf } from './tables.ts';
import { mostToolCalls, toolCallShares } from './tool-calls.ts';
import { type CategoryName, categoryNames, type Usage } from './usage.ts';

const all = () => true;
const isOpen = ({ open }: WorldModel) => open;
const ofGroup = (group: SourceGroup) => (model: WorldModel) => model.group === group;
const groups = ['CHINESE_OPEN', 'REST_OF_WORLD_OPEN', 'PROPRIETARY'] as const;
const firstTaggedWeek = weekOfSunday('2025-05-18');
// The snapshot of figure 11 has no date; its document asks for November.
const leadersFrom = '2025-11-03';

/**
 * What the study says of week × model × category, those that others contradict first: of two that can not both
 * hold, the later is met. docs/simulation.md lists them.
 */
export function studyMargins(usage: Usage, price: Float64Array): Margin[] {
  return [
    ...sourcesOfCategories(usage),
    ...publishedModels(usage),
    ...leadersInReasoning(usage),
    ...openSizes(usage),
    ...reasoning(usage),
    ...programmingSpend(usage, price),
    ...categoriesWithinAuthors(usage),
    ...openAuthors(usage),
    ...openCategories(usage),
    ...categories(usage),
    ...topOpenModels(usage),
    ...sourceGroups(usage),
    ...closedAtTheEnd(usage),
  ];
}

// Of the tokens of a week: so little that no share shows it, enough to be there.
const leastOfOpenModel = 0.0003;

/** What margins leave open and other figures need. */
export function studyBounds(usage: Usage): Bound[] {
  return [...openModels(usage), ...topFifteen(usage), ...otherOpenAuthors(usage), ...toolCallers(usage)];
}

// 10^12 tokens in the whole window. Chosen.
const leastOfTopFifteen = 0.44;
const mostOfOtherOpenModels = 0.26;
// Of the open tokens of a week, once there are many models. Chosen.
const mostOfOtherInWeek = 0.06;

/** Figure 3 shows the fifteen most used open models: no other one is used as much. */
function topFifteen(usage: Usage): Bound[] {
  const series = new Set(topSeries());
  const open = readTable('series/fig01_oss_split.csv').map(
    (row, week) => ((100 - numberOf(row, 'closed')) / 100) * (usage.volume[week] ?? 0),
  );
  return usage.models.filter(isOpen).flatMap((model): Bound[] => {
    const isSame = ({ id }: WorldModel) => id === model.id;
    const cells = usage.cellsOfAllWeeks(isSame);
    if (series.has(model.series ?? '')) return [{ cells, least: leastOfTopFifteen }];
    const ofWeeks = weeks.slice(firstTaggedWeek).map((_, index) => ({
      cells: usage.cells(firstTaggedWeek + index, isSame),
      most: mostOfOtherInWeek * (open[firstTaggedWeek + index] ?? 0),
    }));
    return [{ cells, most: mostOfOtherOpenModels }, ...ofWeeks];
  });
}

// 10^12 tokens in the whole window: less than the tenth of Table 1 has. Chosen.
const mostOfOtherOpenAuthor = 0.5;
// Authors that no one has told the origin of are in no group of figure 1: they are there in traces.
const mostOfUnknownOrigin = 0.03;

/** Table 1 shows the ten most used authors of open models: no other one is used as much. */
function otherOpenAuthors(usage: Usage): Bound[] {
  const ten = readTable('open_authors.tsv').map((row) => row.author);
  const others = new Set(usage.models.filter(isOpen).map(({ author }) => author));
  for (const author of ten) others.delete(author ?? '');
  return [...others].map((author) => ({
    cells: usage.cellsOfAllWeeks((model) => isOpen(model) && model.author === author),
    most: usage.models.some((model) => model.author === author && model.group === null)
      ? mostOfUnknownOrigin
      : mostOfOtherOpenAuthor,
  }));
}

/** The columns of figure 3. */
function topSeries(): string[] {
  const [row = {}] = readTable('series/fig03_top15_oss.csv');
  return Object.keys(row).filter((column) => column !== 'period');
}

/** Figure 13: enough tokens for the tool calls of those that make most of them. */
function toolCallers(usage: Usage): Bound[] {
  return weeks.flatMap((week, number) =>
    [...toolCallShares(monthOf(addDays(week, 3)))].map(([series, share]) => ({
      cells: usage.cells(number, (model) => model.series === series),
      least: (share / mostToolCalls) * (usage.volume[number] ?? 0),
    })),
  );
}

/** Open models stay in use once they are there, since figure 5 counts them. */
function openModels(usage: Usage): Bound[] {
  return weeks.flatMap((_, week) =>
    usage.models
      .filter((model) => isOpen(model) && model.logUsage === null && week > weekOf(model.released))
      .map(({ id }) => ({
        cells: usage.cells(week, (model) => model.id === id),
        least: leastOfOpenModel * (usage.volume[week] ?? 0),
      })),
  );
}

function sourceGroups(usage: Usage): Margin[] {
  return readTable('series/fig01_oss_split.csv').map((row) => ({
    figure: 'fig01',
    parts: groups.map((group) => usage.cells(weekOf(textOf(row, 'week')), ofGroup(group))),
    shares: ['chinese_oss', 'row_oss', 'closed'].map((column) => numberOf(row, column)),
    whole: usage.volume[weekOf(textOf(row, 'week'))] ?? 0,
  }));
}

/** Table 1. */
function openAuthors(usage: Usage): Margin[] {
  const rows = readTable('open_authors.tsv');
  return [
    {
      figure: 'tab1',
      parts: rows.map(({ author }) =>
        usage.cellsOfAllWeeks((model) => isOpen(model) && model.author === author),
      ),
      shares: rows.map((row) => numberOf(row, 'trillion')),
    },
  ];
}

/** Figure 3. Which part of the open tokens its fifteen models have is left to the other figures. */
function topOpenModels(usage: Usage): Margin[] {
  const series = topSeries();
  return readTable('series/fig03_top15_oss.csv').map((row) => {
    const week = weekOf(textOf(row, 'period'));
    return {
      figure: 'fig03',
      parts: series.map((name) => usage.cells(week, (model) => isOpen(model) && model.series === name)),
      shares: series.map((name) => numberOf(row, name)),
    };
  });
}

/** Figure 4. */
function openSizes(usage: Usage): Margin[] {
  const rows = readTable('open_sizes.tsv');
  return weeks.flatMap((_, week) => {
    const own = rows.flatMap((row) =>
      between(row).flatMap((each) =>
        each.week === week ? [{ size: textOf(row, 'size'), percent: each.percent }] : [],
      ),
    );
    if (own.length === 0) return [];
    return [
      {
        figure: 'fig04',
        parts: own.map(({ size }) => usage.cells(week, (model) => isOpen(model) && model.size === size)),
        shares: own.map(({ percent }) => percent),
      },
    ];
  });
}

/** Figure 11: the models that lead those capable of reasoning. */
function leadersInReasoning(usage: Usage): Margin[] {
  const rows = readTable('reasoning_leaders.tsv');
  const leaders = rows.map((row) => textOf(row, 'model'));
  const shares = rows.map((row) => numberOf(row, 'percent'));
  const rest = 100 - shares.reduce((whole, share) => whole + share, 0);
  const cellsOf = (fits: (model: WorldModel) => boolean) =>
    Int32Array.from(
      weeks.flatMap((_, week) => (week < weekOf(leadersFrom) ? [] : [...usage.cells(week, fits)])),
    );
  return [
    {
      figure: 'fig11',
      parts: [
        ...leaders.map((leader) => cellsOf(({ id }) => id === leader)),
        cellsOf(({ id, reasoning }) => reasoning && !leaders.includes(id)),
      ],
      shares: [...shares, rest],
    },
  ];
}

function openCategories(usage: Usage): Margin[] {
  const rows = readTable('series/fig06_oss_categories.csv');
  return rows.map((row, index) => ({
    ...categoryMargin(usage, 'fig06', weekOfSunday(textOf(row, 'period')), row, isOpen),
    // The last week's leaves closed models less roleplay than the text gives them in figure 9.
    strength: index === rows.length - 1 ? 0.5 : 1,
  }));
}

function categories(usage: Usage): Margin[] {
  const tagged = readTable('series/fig19_categories.csv');
  const last = tagged.at(-1);
  const early = Object.fromEntries(
    readTable('early_categories.tsv').map((row) => [textOf(row, 'category'), textOf(row, 'share')]),
  );
  return weeks.map((_, week) => {
    const row = week < firstTaggedWeek ? early : (tagged[week - firstTaggedWeek] ?? last ?? early);
    return categoryMargin(usage, week < firstTaggedWeek ? 'early' : 'fig19', week, row, all);
  });
}

// The weekly charts leave out the smallest category of figure 21, seo. Chosen.
const percentOfUnnamed = 0.1;

function categoryMargin(
  usage: Usage,
  figure: string,
  week: number,
  row: TableRow,
  fits: (model: WorldModel) => boolean,
): Margin {
  return {
    figure,
    parts: categoryNames.map((name) => usage.cells(week, fits, [name])),
    shares: categoryNames.map((name) => (name in row ? numberOf(row, name) : percentOfUnnamed)),
  };
}

function reasoning(usage: Usage): Margin[] {
  const rows = readTable('series/fig10_reasoning.csv');
  return weeks.map((_, week) => {
    const row = rows[Math.min(week, rows.length - 1)];
    const share = row === undefined ? 0 : numberOf(row, 'reasoning_share_pct');
    return {
      figure: 'fig10',
      parts: [usage.cells(week, (model) => model.reasoning), usage.cells(week, (model) => !model.reasoning)],
      shares: [share, 100 - share],
    };
  });
}

/** Figure 20: of the money spent on programming. */
function programmingSpend(usage: Usage, price: Float64Array): Margin[] {
  return readTable('series/fig20_programming_spend_by_author.csv').map((row) => {
    const week = weekOf(textOf(row, 'period'));
    const authors = Object.keys(row).filter((column) => column !== 'period');
    const shares = authors.map((author) => numberOf(row, author));
    const rest = 100 - shares.reduce((whole, share) => whole + share, 0);
    const cellsOf = (fits: (model: WorldModel) => boolean) => usage.cells(week, fits, ['programming']);
    return {
      figure: 'fig20',
      parts: [
        ...authors.map((author) => cellsOf((model) => model.author === author)),
        cellsOf((model) => !authors.includes(model.author)),
      ],
      shares: [...shares, Math.max(rest, 0.1)],
      price,
    };
  });
}

/** Section 2.11, figures 22 and 23. */
function categoriesWithinAuthors(usage: Usage): Margin[] {
  return readTable('author_categories.tsv').flatMap((row) => {
    const source = textOf(row, 'source');
    const fits = (model: WorldModel) => model.author === row.author && (source === 'OPEN') === model.open;
    const figure = ['anthropic', 'google', 'x-ai'].includes(textOf(row, 'author')) ? 'fig22' : 'fig23';
    return between(row).map(({ week, percent }) => wholeAndPart(usage, figure, week, fits, row, percent));
  });
}

/** Figures 7, 8 and 9. */
function sourcesOfCategories(usage: Usage): Margin[] {
  const rows = readTable('category_sources.tsv');
  const chinese = rows.filter(({ figure }) => figure === 'fig07');
  return [
    ...rows
      .filter(({ figure }) => figure === 'fig08')
      .flatMap((row) =>
        between(row).map(({ week, percent }) => ({
          figure: 'fig08',
          parts: [
            usage.cells(week, ofGroup('PROPRIETARY'), ['programming']),
            usage.cells(week, isOpen, ['programming']),
          ],
          shares: [percent, 100 - percent],
          strength: 0.3,
        })),
      ),
    ...weeks.slice(firstTaggedWeek).map((_, index) => {
      const week = firstTaggedWeek + index;
      const shareOf = (group: SourceGroup) =>
        rows
          .filter((row) => row.figure === 'fig09' && row.group === group)
          .flatMap((row) => between(row))
          .find((each) => each.week === week)?.percent ?? 0;
      return {
        figure: 'fig09',
        parts: groups.map((group) => usage.cells(week, ofGroup(group), ['roleplay'])),
        shares: groups.map(shareOf),
        strength: 0.5,
      };
    }),
    ...chineseCategories(usage, chinese),
  ];
}

/** Figures 8 and 9 in their last week: the part of closed models, where it nearly agrees with the others. */
function closedAtTheEnd(usage: Usage): Margin[] {
  return readTable('category_sources.tsv')
    .filter(({ group }) => group === 'PROPRIETARY')
    .map((row) => {
      const week = weekOf(textOf(row, 'to'));
      const category = textOf(row, 'of') as CategoryName;
      const closed = numberOf(row, 'percent_to');
      return {
        figure: `${textOf(row, 'figure')} at the end`,
        parts: [usage.cells(week, ofGroup('PROPRIETARY'), [category]), usage.cells(week, isOpen, [category])],
        shares: [closed, 100 - closed],
      };
    });
}

/** Figure 7, whose percentages are means of the weeks: each week's cells have its tokens as their weight. */
function chineseCategories(usage: Usage, rows: readonly TableRow[]): Margin[] {
  const named = rows.map((row) => textOf(row, 'group').split('+') as CategoryName[]);
  const others = categoryNames.filter((name) => !named.flat().includes(name));
  const shares = rows.map((row) => numberOf(row, 'percent_from'));
  const rest = 100 - shares.reduce((whole, share) => whole + share, 0);
  const price = new Float64Array(usage.tokens.length);
  const parts = [...named, others].map((): number[] => []);
  for (let week = firstTaggedWeek; week < weeks.length; week += 1) {
    const cells = usage.cells(week, ofGroup('CHINESE_OPEN'));
    const tokens = sum(usage.tokens, cells);
    for (const cell of cells) price[cell] = tokens === 0 ? 0 : 1 / tokens;
    [...named, others].forEach((names, part) =>
      parts[part]?.push(...usage.cells(week, ofGroup('CHINESE_OPEN'), names)),
    );
  }
  return [
    {
      figure: 'fig07',
      parts: parts.map((cells) => Int32Array.from(cells)),
      shares: [...shares, rest],
      price,
    },
  ];
}

function wholeAndPart(
  usage: Usage,
  figure: string,
  week: number,
  fits: (model: WorldModel) => boolean,
  row: TableRow,
  percent: number,
): Margin {
  const named = textOf(row, 'categories').split('+') as CategoryName[];
  const others = categoryNames.filter((name) => !named.includes(name));
  return {
    figure,
    parts: [usage.cells(week, fits, named), usage.cells(week, fits, others)],
    shares: [percent, 100 - percent],
  };
}

/** Tab 5: usage of single models in the whole window. */
function publishedModels(usage: Usage): Margin[] {
  return usage.models
    .filter(({ logUsage }) => logUsage !== null)
    .map((model) => ({
      figure: 'tab5',
      parts: [usage.cellsOfAllWeeks(({ id }) => id === model.id)],
      shares: [1],
      // Of 10^6 tokens, in the unit of volume.
      whole: 10 ** ((model.logUsage ?? 0) - 6),
    }));
}

/** The weeks of a row of two ends, and the number between them. */
function between(row: TableRow): { week: number; percent: number }[] {
  const from = weekOf(textOf(row, 'from'));
  const to = weekOf(textOf(row, 'to'));
  const [first, last] = [numberOf(row, 'percent_from'), numberOf(row, 'percent_to')];
  return Array.from({ length: to - from + 1 }, (_, index) => ({
    week: from + index,
    percent: first + ((last - first) * index) / Math.max(to - from, 1),
  }));
}
