import { createHash } from 'node:crypto';
import { readFile, readdir } from 'node:fs/promises';
import path from 'node:path';

/**
 * What a rollup counts: the view its SQL reads, or generations by their labels, which are a sample of all. Active
 * days are of whatever carries users.
 */
export type RollupSource = (typeof sources)[number];

const sources = ['generations', 'usage_feed', 'labels', 'active_days'] as const;

export interface RollupMeasure {
  name: string;
  /** Whether cells may be summed; a count of distinct users, for one, may not. */
  additive: boolean;
}

/** A versioned SQL statement from events to the rows of one aggregate table. */
export interface Rollup {
  name: string;
  version: number;
  source: RollupSource;
  /** The PostgreSQL table its rows are for. */
  target: string;
  keys: readonly string[];
  measures: readonly RollupMeasure[];
  /** The columns of its rows, in their order: keys, then measures. */
  columns: readonly string[];
  /**
   * How its cells of too few users are withheld: small values of a key folded into NULL, or the rows left out
   * where that key is null; or counts of cohorts taken out of their rows. Null: no cell of it stands for users.
   */
  withhold: { fold: string | null; cohorts?: true } | null;
  /**
   * Measures of a part of each cell, the first of them its requests, or of what would tell it by subtraction: given
   * only where part and rest both stand for enough users or for nothing.
   */
  apart: readonly string[];
  /** A parameter of the SQL that takes each of these values in turn, for rows of several grains in one table. */
  onceFor: { parameter: string; values: readonly string[] } | null;
  sql: string;
  /** Of the whole file: any change of it is a change of the definition. */
  sha256: string;
}

/** The rollups over one kind of events, in the order of their numbers. */
export async function listRollups(source: RollupSource): Promise<Rollup[]> {
  const directory = import.meta.dirname;
  const files = (await readdir(directory)).filter((file) => file.endsWith('.sql')).sort();
  const rollups = await Promise.all(
    files.map(async (file) => parseRollup(file, await readFile(path.join(directory, file), 'utf8'))),
  );
  return rollups.filter((rollup) => rollup.source === source);
}

const headerLine = /^-- ([a-z]+(?: [a-z_]+)*): (.+)$/;
const entries = new Set([
  'name',
  'version',
  'source',
  'target',
  'keys',
  'additive',
  'distinct',
  'withhold',
  'apart',
]);

/** Reads the contract in the header of a rollup file; a header that does not hold together is refused. */
export function parseRollup(file: string, text: string): Rollup {
  const header = readHeader(file, text);
  const list = (entry: string) => header.get(entry)?.split(/,\s*/) ?? [];
  const one = (entry: string) => {
    const value = header.get(entry);
    if (value === undefined) throw new Error(`${file}: the header lacks "${entry}"`);
    return value;
  };

  const keys = one('keys').split(/,\s*/);
  const measures = [
    ...list('additive').map((name) => ({ name, additive: true })),
    ...list('distinct').map((name) => ({ name, additive: false })),
  ];
  const rollup = {
    name: one('name'),
    version: Number(one('version')),
    source: sourceOf(file, one('source')),
    target: one('target'),
    keys,
    measures,
    columns: [...keys, ...measures.map(({ name }) => name)],
    withhold: readWithhold(file, header.get('withhold'), keys),
    apart: list('apart'),
    onceFor: readOnceFor(header),
    sql: text,
    sha256: createHash('sha256').update(text).digest('hex'),
  };
  if (!/^\d\d_[a-z0-9_]+\.sql$/.test(file) || file.slice(3, -4) !== rollup.name) {
    throw new Error(`${file}: the file is to be named NN_${rollup.name}.sql`);
  }
  if (!Number.isInteger(rollup.version) || rollup.version < 1)
    throw new Error(`${file}: version ${rollup.version}`);
  const unknown = rollup.apart.find((name) => !list('additive').includes(name));
  if (unknown !== undefined) throw new Error(`${file}: "apart" names ${unknown}, which is not additive`);
  if (measures.length === 0) throw new Error(`${file}: the header names no measure`);
  return rollup;
}

/** The comment lines of the form `-- entry: value` before the first line that is none. */
function readHeader(file: string, text: string): Map<string, string> {
  const header = new Map<string, string>();
  for (const line of text.split('\n')) {
    const [, entry, value] = headerLine.exec(line) ?? [];
    if (entry === undefined || value === undefined) return header;
    if (!entries.has(entry) && !entry.startsWith('once for '))
      throw new Error(`${file}: unknown entry "${entry}"`);
    header.set(entry, value.trim());
  }
  return header;
}

function readOnceFor(header: ReadonlyMap<string, string>): Rollup['onceFor'] {
  for (const [entry, value] of header) {
    if (entry.startsWith('once for ')) {
      return { parameter: entry.slice('once for '.length), values: value.split(/,\s*/) };
    }
  }
  return null;
}

function readWithhold(file: string, entry: string | undefined, keys: readonly string[]): Rollup['withhold'] {
  if (entry === undefined) return null;
  if (entry === 'leave out') return { fold: null };
  if (entry === 'cohorts') return { fold: null, cohorts: true };
  const fold = keys.find((key) => entry === `fold ${key}`);
  if (fold !== undefined) return { fold };
  throw new Error(
    `${file}: withhold is "leave out", "cohorts" or "fold" with one of the keys, not "${entry}"`,
  );
}

function sourceOf(file: string, source: string): RollupSource {
  const known = sources.find((name) => name === source);
  if (known !== undefined) return known;
  throw new Error(`${file}: source ${source} is none of ${sources.join(', ')}`);
}
