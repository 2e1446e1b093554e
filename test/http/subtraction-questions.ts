import { words } from './subtraction-world.ts';

/** What usage rows are kept by beside the model: one at a time. */
export type Second = 'provider' | 'country' | 'language' | 'content';

/** A field of the root that answers with usage rows. */
export interface Question {
  readonly text: string;
  /** Null where its rows need none, so that they are of whole days and models. */
  readonly second: Second | null;
  /** The same of its totals, which are not grouped. */
  readonly secondOfTotals: Second | null;
  /** Its rows do not overlap, so that their sums can be added. */
  readonly isGrouped: boolean;
}

const ofModels = ['MODEL', 'AUTHOR', 'SOURCE', 'ORIGIN', 'SOURCE_GROUP', 'SIZE', 'REASONING'] as const;
const besideModels = {
  PROVIDER: 'provider',
  COUNTRY: 'country',
  CONTINENT: 'country',
  LANGUAGE: 'language',
  CATEGORY: 'content',
  TAG: 'content',
} as const;
type ModelDimension = (typeof ofModels)[number];
type SecondDimension = keyof typeof besideModels;
export type DimensionName = ModelDimension | SecondDimension;

const secondDimensions = Object.keys(besideModels) as SecondDimension[];
export const dimensionNames: readonly DimensionName[] = [...ofModels, ...secondDimensions];

/** Values as they are written in a filter, by dimension. */
export type Occurring = Readonly<Record<DimensionName, readonly string[]>>;

const secondOf = (name: DimensionName): Second | null =>
  name in besideModels ? besideModels[name as SecondDimension] : null;
/** The name of its field, and of its condition. */
export const fieldOf = (name: DimensionName): string =>
  name === 'SOURCE_GROUP' ? 'sourceGroup' : name.toLowerCase();

const sums = words.join(' ');

function ask(args: string, second: Second | null, isGrouped: boolean, more = ''): Question {
  const isFiltered = args.includes('where:');
  const given = args === '' ? '' : `(${args})`;
  return {
    text: `usage${given} { rows { ${sums} ${more} } totals { ${sums} } meta { sampling { rate } } }`,
    second,
    secondOfTotals: isFiltered ? second : null,
    isGrouped,
  };
}

const grains = ['', 'DAY', 'WEEK', 'WEEK, weekStart: SUNDAY', 'MONTH', 'QUARTER'];

/** Everything by every grouping and grain, what `top` leaves out, and what periods are compared with. */
export function groupedQuestions(): Question[] {
  const pairs = secondDimensions.flatMap((second) => [
    ['MODEL' as const, second],
    ['AUTHOR' as const, second],
    ['SOURCE_GROUP' as const, second],
  ]);
  const groupings: DimensionName[][] = [[], ...dimensionNames.map((name) => [name]), ...pairs];
  return groupings.flatMap((grouping) => {
    const groupBy = grouping.length === 0 ? '' : `groupBy: [${grouping.join(', ')}]`;
    const [second = null] = grouping.map(secondOf).filter((each) => each !== null);
    const tops = grouping.length === 0 ? [] : ['RANGE', 'PERIOD'];
    return [
      ...grains.map((grain) => ask(list(groupBy, grain && `grain: ${grain}`), second, true)),
      ...tops.map((within) =>
        ask(list(groupBy, `grain: DAY, top: { count: 1, within: ${within} }`), second, true),
      ),
      ...['DAY', 'WEEK', 'MONTH'].map((grain) =>
        ask(
          list(groupBy, `grain: ${grain}, from: "2024-03-01", compareTo: PREVIOUS_PERIOD`),
          second,
          false,
          `base { ${sums} }`,
        ),
      ),
    ];
  });
}

const list = (...args: string[]) => args.filter(Boolean).join(', ');

/** Every filter on a value that occurs, and every pair of filters that one rollup can answer. */
export function filteredQuestions(occurring: Occurring, days: readonly string[]): Question[] {
  const filter = (condition: string, second: Second | null, range = '') =>
    ask(list(range, `where: { ${condition} }`), second, false);
  const single = dimensionNames.flatMap((name) =>
    [...conditions(name, occurring), ...bounds(name, occurring)].flatMap((each) =>
      ['', ...days].map((range) => filter(each, secondOf(name), range)),
    ),
  );
  // The other dimensions of models are labels of the same models.
  const pairs = (['MODEL', 'AUTHOR', 'SOURCE', 'REASONING'] as const).flatMap((model) =>
    secondDimensions.flatMap((second) =>
      conditions(model, occurring).flatMap((a) =>
        conditions(second, occurring).map((b) => filter(`${a}, ${b}`, secondOf(second))),
      ),
    ),
  );
  return [...single, ...pairs];
}

/** A value, all but it, and what is unknown: all but it is what an attacker subtracts. */
function conditions(name: DimensionName, occurring: Occurring): string[] {
  const field = fieldOf(name);
  const values = occurring[name];
  const others = name === 'REASONING' ? [] : values.map((value) => `${field}: { notIn: [${value}] }`);
  return [...values.map((value) => `${field}: { eq: ${value} }`), ...others, `${field}: { known: false }`];
}

function bounds(name: DimensionName, occurring: Occurring): string[] {
  if (name === 'REASONING') return [];
  return occurring[name].flatMap((value) =>
    ['gte', 'lt'].map((bound) => `${fieldOf(name)}: { ${bound}: ${value} }`),
  );
}
