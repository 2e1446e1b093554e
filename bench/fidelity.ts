// Every figure and table of the study, computed from published data sets beside what the study says: a line for each
// kind of value, in the form of a Markdown table. Of several data sets each has a column of errors, the first one the
// rest of the line: an error that is smaller in the larger data set is of sampling, one that stays is the world's.
// Run it after `atlas publish`, with the same settings:
//   npx tsx bench/fidelity.ts [data set]... [--values fig-24] [--markdown docs/simulation.md]
// --markdown writes the table between the marks of a page instead of printing it.
import 'reflect-metadata';
import { readFile, writeFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { graphql } from 'graphql';
import { readConfig } from '../src/config.ts';
import { openDatabase } from '../src/database/open-database.ts';
import { createContext, createServices } from '../src/graphql/context.ts';
import { buildAtlasSchema } from '../src/graphql/schema.ts';

interface Value {
  label: string;
  unit: string;
  published: string;
  computed: number | null;
  computedWord: string | null;
  difference: number | null;
  agrees: boolean | null;
  standing: string;
  counted: boolean;
  note: string | null;
}

interface ErrorOfReading {
  title: string;
  unit: string;
  compared: number;
  meanAbsoluteError: number | null;
  meanRelativeError: number | null;
  greatestError: number | null;
}

interface Figure {
  number: string;
  document: { name: string };
  decision: string | null;
  fidelity: {
    release: string;
    values: Value[];
    errors: ErrorOfReading[];
    words: number;
    agreeing: number;
    notes: string[];
  };
}

const { positionals, values: options } = parseArgs({
  allowPositionals: true,
  options: {
    values: { type: 'string', multiple: true, default: [] },
    markdown: { type: 'string' },
  },
});
const datasets = positionals.length === 0 ? ['simulated-study'] : positionals;
const schema = buildAtlasSchema();
const database = await openDatabase(readConfig());

async function ask<T>(dataset: string, source: string, variableValues: Record<string, unknown> = {}) {
  const services = createServices(database, { defaultDataset: dataset, publicUrl: 'http://localhost' });
  const contextValue = createContext(services, { requestId: 'bench', signal: new AbortController().signal });
  const { data, errors = [] } = await graphql({ schema, source, contextValue, variableValues });
  if (errors[0] !== undefined) throw errors[0];
  return data as T;
}

const question = `query ($id: ID!) { figure(id: $id) { number document { name } decision fidelity {
  release words agreeing notes
  values { label unit published computed computedWord difference agrees standing counted note }
  errors { title unit compared meanAbsoluteError meanRelativeError greatestError } } } }`;

/** How many of the values that could be compared are of each standing. */
function standingsOf(values: readonly Value[]): string {
  const counts = new Map<string, number>();
  for (const { standing, counted, difference, agrees } of values)
    if (counted && (difference !== null || agrees !== null))
      counts.set(standing, (counts.get(standing) ?? 0) + 1);
  return [...counts].map(([standing, count]) => `${count} ${standing.toLowerCase()}`).join(', ') || '–';
}

function describeError(error: ErrorOfReading | undefined): string {
  if (error === undefined || error.meanAbsoluteError === null) return '–';
  const { meanAbsoluteError: mean, meanRelativeError: relative, unit } = error;
  if (unit === '%') return `${mean.toFixed(2)} pp`;
  return `${mean.toFixed(2)} ${unit}${relative === null ? '' : ` (${(100 * relative).toFixed(1)} %)`}`;
}

/** The lines of one figure: its readings, then its words. */
function linesOf(figures: readonly Figure[]): string[][] {
  const [first] = figures;
  if (first === undefined) return [];
  const { number, document, fidelity } = first;
  const standings = standingsOf(fidelity.values);
  const lines = fidelity.errors
    .filter(({ compared }) => compared > 0)
    .map(({ title, compared, greatestError }) => [
      number,
      document.name,
      title,
      String(compared),
      ...figures.map((figure) =>
        describeError(figure.fidelity.errors.find((error) => error.title === title)),
      ),
      greatestError === null ? '–' : greatestError.toFixed(2),
      standings,
    ]);
  if (fidelity.words > 0)
    lines.push([
      number,
      document.name,
      'Words',
      String(fidelity.words),
      ...figures.map(({ fidelity: { words, agreeing } }) => `${agreeing} of ${words} agree`),
      '–',
      standings,
    ]);
  if (lines.length > 0) return lines;
  return [
    [number, document.name, 'The study has no number for it', '0', ...figures.map(() => '–'), '–', '–'],
  ];
}

const lines: string[][] = [];
const notes: string[] = [];
let releases: string[] = [];
try {
  const { figures: all } = await ask<{ figures: { id: string }[] }>(datasets[0] ?? '', '{ figures { id } }');
  for (const { id } of all) {
    const figures: Figure[] = [];
    for (const dataset of datasets)
      figures.push((await ask<{ figure: Figure }>(dataset, question, { id })).figure);
    lines.push(...linesOf(figures));
    const [figure] = figures;
    if (figure === undefined) continue;
    const { number, decision, fidelity } = figure;
    releases = figures.map((each) => each.fidelity.release);
    if (decision !== null) notes.push(`${number}: ${decision}`);
    notes.push(...fidelity.notes.map((note) => `${number}: ${note}`));
    if (options.values.includes(id)) console.table(fidelity.values);
  }
} finally {
  await database.close();
}

const errorColumns = releases.map((release, place) =>
  place === 0 && releases.length === 1 ? 'mean absolute error' : `mean absolute error, ${release}`,
);
const header = ['figure', 'document', 'values', 'compared', ...errorColumns, 'greatest', 'standing'];
const table = [header, header.map(() => '---'), ...lines].map((row) => `| ${row.join(' | ')} |`).join('\n');
const text = `${table}\n\nSides taken, and what could not be compared:\n\n${notes.map((note) => `- ${note}`).join('\n')}`;

if (options.markdown === undefined) console.log(`Releases ${releases.join(', ')}\n\n${text}`);
else {
  const [begin, end] = ['<!-- fidelity -->', '<!-- /fidelity -->'];
  const page = await readFile(options.markdown, 'utf8');
  const [from, to] = [page.indexOf(begin), page.indexOf(end)];
  if (from < 0 || to < from) throw new Error(`${options.markdown} has no ${begin} and ${end}`);
  await writeFile(options.markdown, `${page.slice(0, from + begin.length)}\n\n${text}\n\n${page.slice(to)}`);
}
