/** One condition on a dimension: its value is one of these, or none of these. */
export interface Condition {
  /** Field of the filter, such as `sourceGroup`. */
  readonly field: string;
  readonly not: boolean;
  readonly values: readonly string[];
}

export interface Top {
  readonly count: number;
  readonly by: string;
  readonly others: string;
  readonly within: string;
}

/** What the free-form page asks `usage` for. Names are those of the schema; null is the server's default. */
export interface Choice {
  readonly dataset: string | null;
  readonly release: string | null;
  readonly measures: readonly string[];
  /** Measure that shares are taken of. */
  readonly share: string | null;
  readonly shareOf: string | null;
  readonly groupBy: readonly string[];
  readonly grain: string | null;
  readonly weekStart: string | null;
  readonly from: string | null;
  readonly to: string | null;
  readonly conditions: readonly Condition[];
  /** Whether all conditions must hold, or at least one. */
  readonly match: 'all' | 'any';
  readonly top: Top | null;
  readonly compareTo: string | null;
}

export const firstChoice: Choice = {
  dataset: null,
  release: null,
  measures: ['TOTAL_TOKENS'],
  share: null,
  shareOf: null,
  groupBy: ['SOURCE_GROUP'],
  grain: 'WEEK',
  weekStart: null,
  from: null,
  to: null,
  conditions: [],
  match: 'all',
  top: null,
  compareTo: null,
};

const plain = [
  'dataset',
  'release',
  'share',
  'shareOf',
  'grain',
  'weekStart',
  'from',
  'to',
  'compareTo',
] as const;

/** The choice that an address holds. What is no name of the schema is left out: it ends up in a document. */
export function readChoice(search: string): Choice {
  const parameters = new URLSearchParams(search);
  if (!parameters.has('measures')) return { ...firstChoice, dataset: parameters.get('dataset') };
  const names = (key: string): string[] => (parameters.get(key) ?? '').split(',').filter(isName);
  const text = (key: (typeof plain)[number]): string | null => {
    const value = parameters.get(key);
    if (value === null || value === '') return null;
    if (key === 'dataset' || key === 'release') return value;
    if (key === 'from' || key === 'to') return isDay(value) ? value : null;
    return isName(value) ? value : null;
  };
  return {
    ...(Object.fromEntries(plain.map((key) => [key, text(key)])) as Pick<Choice, (typeof plain)[number]>),
    measures: names('measures'),
    groupBy: names('by'),
    conditions: parameters.getAll('filter').flatMap(readCondition),
    match: parameters.get('match') === 'any' ? 'any' : 'all',
    top: readTop(parameters),
  };
}

/** The address of a choice: what is the default is not in it. */
export function writeChoice(choice: Choice): string {
  const parameters = new URLSearchParams({ measures: choice.measures.join(',') });
  if (choice.groupBy.length > 0) parameters.set('by', choice.groupBy.join(','));
  for (const key of plain) {
    const value = choice[key];
    if (value !== null) parameters.set(key, value);
  }
  for (const { field, not, values } of choice.conditions)
    parameters.append('filter', `${not ? '!' : ''}${field}:${values.map(encodeURIComponent).join(',')}`);
  if (choice.match === 'any') parameters.set('match', 'any');
  if (choice.top !== null) {
    const { count, by, others, within } = choice.top;
    parameters.set('top', [count, by, others, within].join(','));
  }
  return parameters.toString();
}

function readCondition(text: string): Condition[] {
  const [, not = '', field = '', values = ''] = /^(!?)([a-z][A-Za-z]*):(.*)$/.exec(text) ?? [];
  if (field === '') return [];
  return [{ field, not: not === '!', values: values.split(',').filter(Boolean).map(decode) }];
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

function readTop(parameters: URLSearchParams): Top | null {
  const [count, by = '', others = '', within = ''] = (parameters.get('top') ?? '').split(',');
  if (!Number.isInteger(Number(count)) || ![by, others, within].every(isName)) return null;
  return { count: Number(count), by, others, within };
}

function isName(text: string): boolean {
  return /^[A-Z][A-Z_]*$/.test(text);
}

function isDay(text: string): boolean {
  return /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(Date.parse(text));
}
