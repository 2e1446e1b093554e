import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Engine } from '../../src/engine/engine.ts';
import type { GenerationRow } from '../../src/events/event-row.ts';
import { temporaryEngine } from '../engine/event-rows.ts';
import { cellName, cellsByHand, isFree, keysOf, sampleByHand, type Sampled } from './labels-by-hand.ts';
import {
  labelWorlds,
  listPriceByHand,
  loadWorld,
  resolve,
  rollUpLabels,
  type RollupRow,
  versions,
} from './label-world.ts';

const minimumUsers = 3;

/** What is published of a day under one name: a model's own, or 0 for those that are folded. */
interface Group {
  day: string;
  name: number;
  sample: Sampled[];
  /** Generations of the same models without labels: what is left where the sample is subtracted from all usage. */
  rest: GenerationRow[];
}

describe('what is published of the labelled generations', () => {
  it('stands for enough users, in each cell and in each difference, and keeps totals', async () => {
    const engine = await temporaryEngine();
    let number = 0;
    let foldedCells = 0;
    let namedCells = 0;
    await fc.assert(
      fc.asyncProperty(labelWorlds({ users: 9, maxLength: 110 }), async (world) => {
        const dataset = `data set ${(number += 1)}`;
        await loadWorld(engine, dataset, world);
        const published = await rollUpLabels(engine, dataset, minimumUsers);
        const nameOf = await publishedNames(engine);
        const isPublished = (row: GenerationRow) => nameOf(row) !== undefined;
        const sample = sampleByHand(world.generations, world.labels, resolve, versions, () => 0)
          .filter(({ row }) => isPublished(row))
          .map((each) => ({ ...each, model: nameOf(each.row) ?? 0 }));
        const labelled = new Set(sample.map(({ row }) => row.key));
        const unlabelled = world.generations.filter((row) => isPublished(row) && !labelled.has(row.key));

        const groups = groupsOf(published.category, sample, (day, models) =>
          unlabelled.filter((row) => dayOf(row) === day && models.has(nameOf(row) ?? 0)),
        );
        for (const { sample: members, rest } of groups) {
          expectEnough(members.map(({ row }) => row));
          if (rest.length > 0) expectEnough(rest);
        }
        for (const table of ['category', 'tag'] as const) {
          for (const weighting of ['EACH', 'SPLIT'] as const) {
            const rows = published[table].filter((row) => row['weighting'] === weighting);
            expectCells(groups, rows, table, weighting);
            namedCells += rows.filter((row) => row[`${table}_key`] !== null).length;
          }
        }
        expectTagsWithin(groups, published.category, published.tag);

        const counted = groups.reduce((sum, { sample: members }) => sum + members.length, 0);
        expect(published.sample.generations).toBe(counted);
        for (const table of ['category', 'tag'] as const) {
          const split = published[table].filter((row) => row['weighting'] === 'SPLIT');
          const requests = split.reduce((sum, row) => sum + Number(row['requests']), 0);
          expect(requests).toBeCloseTo(counted, 6);
          const { cells, tokenShare, areOfEnough } = published.sample.withheld[`usage_day_model_${table}`];
          expect(cells).toBe(withheldByHand(sample, groups, published[table], table));
          expect(tokenShare > 0).toBe(cells > 0 && tokenShare !== 0);
          expect(tokenShare).toBeLessThanOrEqual(1);
          if (cells === 0) expect(areOfEnough).toBe(true);
          foldedCells += cells;
        }
      }),
      { numRuns: 40 },
    );
    // A test of privacy that withheld nothing, or all, would show nothing.
    expect(foldedCells).toBeGreaterThan(100);
    expect(namedCells).toBeGreaterThan(100);
  });
});

const dayOf = (row: GenerationRow) => row.createdAt.slice(0, 10);

function usersOf(rows: readonly GenerationRow[]): number {
  return new Set(rows.flatMap(({ user }) => (user === null ? [] : [user]))).size;
}

function expectEnough(rows: readonly GenerationRow[]): void {
  expect(usersOf(rows)).toBeGreaterThanOrEqual(minimumUsers);
}

/** As what all tables publish the model of a generation: 0 for a folded one, undefined where the day is left out. */
async function publishedNames(engine: Engine): Promise<(row: GenerationRow) => number | undefined> {
  const rows = await engine.rows<{ day: string; raw: string; model_key: number | null }>(
    'test.published_models',
    'SELECT day, raw, model_key FROM published_models',
  );
  const names = new Map(rows.map(({ day, raw, model_key: key }) => [`${day} ${raw}`, key ?? 0]));
  return (row) => names.get(`${dayOf(row)} ${row.model}`);
}

function groupsOf(
  rows: readonly RollupRow[],
  sample: readonly Sampled[],
  restOf: (day: string, models: Set<number>) => GenerationRow[],
): Group[] {
  const groups: Group[] = [];
  for (const day of new Set(sample.map((each) => each.day))) {
    const names = new Set(
      rows.filter((row) => row['day'] === day).map((row) => Number(row['model_key'] ?? 0)),
    );
    for (const name of names) {
      const members = sample.filter(
        (each) =>
          each.day === day && (name === 0 ? !names.has(each.model) || each.model === 0 : each.model === name),
      );
      const rest = restOf(day, new Set(members.map(({ model }) => model)));
      groups.push({ day, name, sample: members, rest });
    }
  }
  return groups;
}

/** Named cells are those counted by hand, and all that is under no name is enough together. */
function expectCells(
  groups: readonly Group[],
  rows: readonly RollupRow[],
  table: 'category' | 'tag',
  weighting: 'EACH' | 'SPLIT',
): void {
  for (const { day, name, sample } of groups) {
    const own = rows.filter((row) => row['day'] === day && Number(row['model_key'] ?? 0) === name);
    const byHand = cellsByHand(
      sample.map((each) => ({ ...each, model: name })),
      table,
      weighting,
      listPriceByHand,
    );
    for (const { release_key, day: _, model_key, weighting: __, [`${table}_key`]: key, ...values } of own) {
      if (key == null) continue;
      const members = sample.filter((each) => keysOf(each, table).includes(Number(key)));
      const counted = byHand.get(cellName(day, name, key));
      expect(values).toEqual(table === 'category' ? withoutSmallParts(counted, members) : counted);
      expectEnough(members.map(({ row }) => row));
    }
    const named = namesOf(own, table);
    const unnamed = sample.filter((each) => keysOf(each, table).some((key) => !named.has(key)));
    expect(own.some((row) => row[`${table}_key`] === null)).toBe(unnamed.length > 0);
    if (unnamed.length > 0) expectEnough(unnamed.map(({ row }) => row));
  }
}

/** The cell as counted, but its free part told from the rest only where each stands for enough users or nothing. */
function withoutSmallParts(
  counted: Record<string, string | null> = {},
  members: readonly Sampled[],
): Record<string, string | null> {
  const rows = members.map(({ row }) => row);
  const free = rows.filter((row) => isFree(row) && row.byok !== true);
  const parts = [free, rows.filter((row) => !free.includes(row))];
  if (parts.every((part) => part.length === 0 || usersOf(part) >= minimumUsers)) return counted;
  const names = Object.keys(counted).filter((name) => /^(free|list|listed)_/.test(name));
  const untold = Object.fromEntries(names.map((name) => [name, null]));
  return { ...counted, ...untold, unsplit_tokens: counted['total_tokens'] ?? null };
}

function namesOf(rows: readonly RollupRow[], table: 'category' | 'tag'): Set<number> {
  return new Set(rows.flatMap((row) => (row[`${table}_key`] == null ? [] : [Number(row[`${table}_key`])])));
}

/** What a category holds beside its named tags is nothing, or enough. */
function expectTagsWithin(
  groups: readonly Group[],
  categoryRows: readonly RollupRow[],
  tagRows: readonly RollupRow[],
): void {
  for (const { day, name, sample } of groups) {
    const own = (rows: readonly RollupRow[]) =>
      rows.filter((row) => row['day'] === day && Number(row['model_key'] ?? 0) === name);
    const categories = namesOf(own(categoryRows), 'category');
    const tags = namesOf(own(tagRows), 'tag');
    for (const { tags: keys } of sample) {
      for (const { tagKey, categoryKey } of keys) {
        if (tags.has(tagKey)) expect(categories).toContain(categoryKey);
      }
    }
    for (const category of categories) {
      const others = sample.filter((each) =>
        each.tags.some(({ tagKey, categoryKey }) => categoryKey === category && !tags.has(tagKey)),
      );
      if (others.length > 0) expectEnough(others.map(({ row }) => row));
    }
  }
}

/** Cells by day, model and key that are not published under all their names. */
function withheldByHand(
  sample: readonly Sampled[],
  groups: readonly Group[],
  rows: readonly RollupRow[],
  table: 'category' | 'tag',
): number {
  const withheld = new Set<string>();
  for (const each of sample) {
    const group = groups.find(({ day, sample: members }) => day === each.day && members.includes(each));
    const own = rows.filter(
      (row) => row['day'] === each.day && Number(row['model_key'] ?? 0) === group?.name,
    );
    for (const key of keysOf(each, table)) {
      const isNamed = group?.name === each.model && (key === 0 || namesOf(own, table).has(key));
      if (!isNamed) withheld.add(cellName(each.day, each.model, key));
    }
  }
  return withheld.size;
}
