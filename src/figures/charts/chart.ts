import type { ChartSpec, FigurePanel } from '../figure.ts';

const schema = 'https://vega.github.io/schema/vega-lite/v6.json';

/**
 * Rows of each path of the result are handed to the chart under a name; `usermeta.rows` says which. The parameter
 * `hidden` takes names of series that are not drawn, and keep their colour.
 */
export function chartOf(
  { title }: FigurePanel,
  rows: Readonly<Record<string, string>>,
  body: ChartSpec,
): ChartSpec {
  return {
    $schema: schema,
    title: { text: title },
    width: 640,
    height: 320,
    usermeta: { rows },
    params: [{ name: 'hidden', value: [] }],
    ...body,
  };
}

/** Largest first, so that legends read as charts do; what has no name of its own comes last. */
export const colour = {
  field: 'series',
  type: 'nominal',
  title: null,
  sort: { field: 'weight', op: 'max', order: 'descending' },
} as const;

/** The order in which parts are stacked, as that of their colours. */
export const order = { field: 'weight', type: 'quantitative', sort: 'descending' } as const;

/** Expression for what is at a path of a row, such as `author.name`, where any step of it may be missing. */
export function valueAt(path: string): string {
  // Names are written as they are: SEO is no label.
  const shown = path.endsWith('.name') ? `datum.${path}` : `(${wordsOf(`datum.${path}`)})`;
  const steps = path.split('.').map((_, index, names) => `datum.${names.slice(0, index + 1).join('.')}`);
  return `${steps.map((step) => `isValid(${step})`).join(' && ')} ? ${shown} : 'Unknown'`;
}

/** Expression for the words of a value: `CHINESE_OPEN` becomes `Chinese open`; names stay as they are. */
export function wordsOf(value: string): string {
  const text = `toString(${value})`;
  const words = `replace(lower(${text}), regexp('_', 'g'), ' ')`;
  return `test(regexp('^[A-Z]+(_[A-Z]+)*$'), ${text}) ? upper(substring(${words}, 0, 1)) + substring(${words}, 1) : ${text}`;
}
