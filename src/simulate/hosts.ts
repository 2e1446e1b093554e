import type { WorldModel } from './models.ts';
import { normalised } from './rake.ts';
import { numberOf, readTable, textOf } from './tables.ts';

/** A host's share is its number of slots. */
export const hostSlots = 100;

const rows = readTable('hosts.tsv');
const hostsPerModel = 5;

/** Who serves a model: its author, and of an open one also some of the hosts, from another one on for each model. */
export function hostsOf(model: WorldModel, index: number): string[] {
  const own = rows.filter(({ author }) => author === model.author);
  if (!model.open) return own.length === 0 ? fill([[model.author, 1]]) : fill(parts(own));
  const hosts = parts(rows.filter(({ author }) => author === 'open'));
  const from = index % hosts.length;
  return fill([...hosts, ...hosts].slice(from, from + hostsPerModel));
}

function parts(of: typeof rows): [string, number][] {
  return of.map((row) => [textOf(row, 'provider'), numberOf(row, 'part')]);
}

function fill(hosts: readonly [string, number][]): string[] {
  const shares = normalised(hosts.map(([, part]) => part));
  let before = 0;
  const slots: string[] = [];
  hosts.forEach(([name], index) => {
    before += shares[index] ?? 0;
    const end = Math.round(before * hostSlots);
    while (slots.length < end) slots.push(name);
  });
  return slots;
}
