import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { GenerationRow } from '../../src/events/event-row.ts';
import { registerNames } from '../../src/rollups/names.ts';
import { listRollups } from '../../src/rollups/rollup.ts';
import { countWithheld } from '../../src/rollups/run-rollup.ts';
import { digest, generation, temporaryEngine } from '../engine/event-rows.ts';
import { type Cells, secondKeys } from './brute-force.ts';
import { load, names, releaseKey, rollUp, type RolledUp } from './counted-world.ts';
import { usersOf } from './fold-by-hand.ts';

type Table = keyof typeof secondKeys;
const tables = Object.keys(secondKeys) as Table[];

/** A published cell, and the generations that its sums are of. */
interface PublishedCell {
  day: string | null;
  model: string | null;
  second: string | null;
  members: bigint;
}

// Each generation has a power of two for its prompt tokens and nothing else, so that a sum tells what it is of.
const bit = (index: number) => 1n << BigInt(index);
// Their sum is to stay an exact number.
const largestWorld = 52;

const world = fc.record({
  minimumUsers: fc.integer({ min: 2, max: 6 }),
  contents: fc.array(
    fc.record({
      day: fc.constantFrom('2024-02-29', '2024-03-01'),
      user: fc.option(fc.integer({ min: 1, max: 9 }), { freq: 8 }),
      model: fc.constantFrom(...names.models.keys()),
      provider: fc.option(fc.constantFrom(...names.providers.keys()), { freq: 5 }),
      country: fc.option(fc.constantFrom('DE', 'US', 'FR'), { freq: 5 }),
      language: fc.option(fc.constantFrom('en', 'de'), { freq: 5 }),
      latencyMs: fc.option(fc.nat(1000), { freq: 2 }),
    }),
    { minLength: 1, maxLength: largestWorld, size: 'max' },
  ),
});

function toRows(contents: readonly WorldContent[], name: string): GenerationRow[] {
  return contents.map(({ day, user, ...values }, index) =>
    generation(index, `${name} ${index}`, {
      ...values,
      createdAt: `${day} 12:00:00.000`,
      user: user === null ? null : digest(`user ${user}`),
      promptTokens: 2 ** index,
      completionTokens: 0,
    }),
  );
}
type WorldContent = (typeof world extends fc.Arbitrary<infer World> ? World : never)['contents'][number];

function publishedCells({ cells }: RolledUp, table: Table): PublishedCell[] {
  return (cells[table] ?? []).map(([, day = null, model = null, second = null, , promptTokens]) => ({
    day,
    model,
    second,
    members: BigInt(promptTokens ?? 0),
  }));
}

/** What a filter over cells can ask for: a value, unknown (null), or anything (undefined). */
function answers(cells: readonly PublishedCell[]): bigint[] {
  const values = <Key extends keyof PublishedCell>(key: Key) => [
    undefined,
    ...new Set(cells.map((cell) => cell[key])),
  ];
  return values('day').flatMap((day) =>
    values('model').flatMap((model) =>
      values('second').flatMap((second) => [
        union(
          cells.filter((cell) => fits(cell.day, day) && fits(cell.model, model) && fits(cell.second, second)),
        ),
        // All but that value.
        union(
          cells.filter(
            (cell) => fits(cell.day, day) && fits(cell.model, model) && !fits(cell.second, second),
          ),
        ),
        union(
          cells.filter(
            (cell) => fits(cell.day, day) && !fits(cell.model, model) && fits(cell.second, second),
          ),
        ),
      ]),
    ),
  );
}

const fits = (value: unknown, wanted: unknown) => wanted === undefined || value === wanted;
const union = (cells: readonly PublishedCell[]) => cells.reduce((all, { members }) => all | members, 0n);

describe('what is published with a minimum of users', () => {
  it('stands for that many, in every row, difference and table, and leaves out only days that can not', async () => {
    const engine = await temporaryEngine();
    await registerNames(engine, names);
    let number = 0;
    let leftOut = 0;
    await fc.assert(
      fc.asyncProperty(world, async ({ minimumUsers, contents }) => {
        number += 1;
        const dataset = `world ${number}`;
        const rows = toRows(contents, dataset);
        await load(engine, dataset, 'generation', rows);
        const rolledUp = await rollUp(engine, dataset, 'generations', minimumUsers);
        const usersIn = counted(
          (members) => usersOf(rows.filter((_, index) => (members & bit(index)) !== 0n)).size,
        );

        // Every row.
        const byTable = tables.map((table) => publishedCells(rolledUp, table));
        for (const { members } of byTable.flat())
          expect(usersIn(members)).toBeGreaterThanOrEqual(minimumUsers);
        for (const cell of rolledUp.cells['active_users'] ?? []) {
          expect(Number(cell.at(-1))).toBeGreaterThanOrEqual(minimumUsers);
        }

        // Every generation once in every table, but those of days of too few users.
        const days = [...new Set(contents.map(({ day }) => day))];
        const membersOf = (day: string) =>
          contents.reduce((all, each, index) => (each.day === day ? all | bit(index) : all), 0n);
        const published = days.map(membersOf).filter((members) => usersIn(members) >= minimumUsers);
        const all = published.reduce((union, members) => union | members, 0n);
        leftOut += days.length - published.length;
        for (const cells of byTable) {
          expect(cells.reduce((sum, { members }) => sum + members, 0n)).toBe(all);
        }
        expect(BigInt(rolledUp.modelDays.leftOut.tokens)).toBe(
          days.map(membersOf).reduce((sum, members) => sum + members, 0n) - all,
        );

        // The same generations of a day and model in every table, so that one takes nothing away from another.
        const margins = byTable.map((cells) => marginsOf(cells));
        for (const margin of margins) expect(margin).toEqual(margins[0]);
        const requests = (members: bigint) => rows.filter((_, index) => (members & bit(index)) !== 0n).length;
        expect(histogramTotals(rolledUp, 'PROMPT_TOKENS')).toEqual(
          new Map([...(margins[0] ?? [])].map(([key, members]) => [key, requests(members)])),
        );
        for (const key of histogramTotals(rolledUp, 'LATENCY_MS').keys()) {
          const carriers = rows.filter(
            ({ latencyMs }, index) =>
              latencyMs !== null && ((margins[0]?.get(key) ?? 0n) & bit(index)) !== 0n,
          );
          expect(usersOf(carriers).size).toBeGreaterThanOrEqual(minimumUsers);
        }

        // Every answer that lies within another: of one table, or one of a whole day and model and one of any table.
        for (const cells of byTable) {
          const within = [...new Set(answers(cells))];
          const whole = byTable.flatMap((other) => answers(other.map((cell) => ({ ...cell, second: null }))));
          for (const larger of new Set([...within, ...whole])) {
            for (const smaller of within) {
              const rest = larger & ~smaller;
              if ((smaller & ~larger) !== 0n || rest === 0n) continue;
              expect(usersIn(rest)).toBeGreaterThanOrEqual(minimumUsers);
            }
          }
        }
      }),
      { numRuns: 40 },
    );
    expect(leftOut).toBeGreaterThan(0);
  }, 300_000);

  const someone = (user: number, model: string, values: Partial<GenerationRow> = {}) => ({
    user: digest(`user ${user}`),
    model,
    provider: 'Azure',
    ...values,
  });

  async function publishedOf(minimumUsers: number | null, contents: readonly Partial<GenerationRow>[]) {
    const engine = await temporaryEngine();
    await registerNames(engine, names);
    await load(
      engine,
      'example',
      'generation',
      contents.map((values, index) => generation(index, `${index}`, values)),
    );
    const rolledUp = await rollUp(engine, 'example', 'generations', minimumUsers);
    const requests = (table: Table) =>
      Object.fromEntries(
        (rolledUp.cells[table] ?? []).map(([, , model, second, count]) => [
          `${model} ${second}`,
          Number(count),
        ]),
      );
    const withheld: Record<string, { cells: number; tokens: number }> = {};
    for (const rollup of await listRollups('generations')) {
      const scope = { dataset: 'example', releaseKey, minimumUsers: minimumUsers ?? 1 };
      withheld[rollup.target] = await countWithheld(engine, rollup, scope);
    }
    return { requests, withheld, ...rolledUp };
  }

  it('folds models of too few users into the unknown one', async () => {
    const { requests, modelDays } = await publishedOf(2, [
      ...[1, 2, 3].map((user) => someone(user, 'gpt-4o')),
      someone(4, "o'hara\\mini\t2"),
      someone(5, 'unheard-of'),
    ]);
    expect(requests('usage_day_model_provider')).toEqual({ '7 1': 3, 'null 1': 2 });
    expect(modelDays).toEqual({
      cells: 2,
      tokens: 240,
      leftOut: { requests: 0, tokens: 0 },
      areOfEnough: true,
    });
  });

  it('folds the smallest other model with one that stands alone for too few users', async () => {
    const { requests } = await publishedOf(2, [
      ...[1, 2, 3].map((user) => someone(user, 'gpt-4o')),
      ...[1, 2].map((user) => someone(user, "o'hara\\mini\t2")),
      someone(5, 'unheard-of'),
    ]);
    expect(requests('usage_day_model_provider')).toEqual({ '7 1': 3, 'null 1': 3 });
  });

  it('folds small values of a second key, with a neighbour where they are too few together', async () => {
    const { requests, withheld } = await publishedOf(2, [
      ...[1, 2, 3].map((user) => someone(user, 'gpt-4o', { country: 'DE', language: 'en' })),
      ...[1, 2].map((user) => someone(user, 'gpt-4o', { country: 'US', language: 'en' })),
      someone(4, 'gpt-4o', { country: 'FR', language: 'de' }),
      someone(5, 'gpt-4o', { country: null, language: 'zho' }),
      someone(6, 'gpt-4o', { country: 'DE', provider: null, language: 'en' }),
    ]);
    expect(requests('usage_day_model_country')).toEqual({ '7 DE': 4, '7 US': 2, '7 null': 2 });
    expect(requests('usage_day_model_language')).toEqual({ '7 en': 6, '7 null': 2 });
    // Nobody else lacks a provider, and there is one other: all of it is unknown.
    expect(requests('usage_day_model_provider')).toEqual({ '7 null': 8 });
    expect(withheld).toMatchObject({
      usage_day_model_country: { cells: 1, tokens: 120, areOfEnough: false },
      usage_day_model_language: { cells: 2, tokens: 240, areOfEnough: true },
      usage_day_model_provider: { cells: 1, tokens: 840, areOfEnough: true },
    });
  });

  it('leaves out a day of too few users, and publishes its week', async () => {
    const { requests, modelDays, cells } = await publishedOf(2, [
      someone(1, 'gpt-4o', { createdAt: '2025-03-03 10:00:00.000' }),
      someone(2, 'gpt-4o', { createdAt: '2025-03-04 10:00:00.000' }),
      someone(3, 'gpt-4o', { createdAt: '2025-03-04 10:00:00.000' }),
    ]);
    expect(requests('usage_day_model_country')).toEqual({ '7 DE': 2 });
    expect(modelDays).toMatchObject({ leftOut: { requests: 1, tokens: 120 }, areOfEnough: false });
    const users = (grain: string) =>
      (cells['active_users'] ?? [])
        .filter((cell: Cells) => cell[1] === grain && cell[3] === 'ALL')
        .map(([, , start, , , , count]) => [start, count]);
    expect(users('DAY')).toEqual([['2025-03-04', '2']]);
    expect(users('WEEK')).toEqual([['2025-03-03', '3']]);
  });

  it('counts a generation without a user for nobody', async () => {
    const { requests } = await publishedOf(2, [
      ...[1, 2].map((user) => someone(user, 'gpt-4o')),
      ...[1, 2].map(() => someone(1, 'unheard-of', { user: null })),
      someone(3, "o'hara\\mini\t2"),
      someone(4, 'host/o-two'),
    ]);
    expect(requests('usage_day_model_provider')).toEqual({ '7 1': 2, 'null 1': 4 });
  });

  it('is everything as it is where there is no minimum', async () => {
    const { requests } = await publishedOf(null, [
      someone(1, 'gpt-4o'),
      someone(1, 'unheard-of', { user: null }),
    ]);
    expect(requests('usage_day_model_provider')).toEqual({ '7 1': 1, '9 1': 1 });
  });
});

/** Counts of the same members once. */
function counted(count: (members: bigint) => number): (members: bigint) => number {
  const counts = new Map<bigint, number>();
  return (members) => {
    const known = counts.get(members) ?? count(members);
    counts.set(members, known);
    return known;
  };
}

function marginsOf(cells: readonly PublishedCell[]): Map<string, bigint> {
  const margins = new Map<string, bigint>();
  for (const { day, model, members } of cells) {
    margins.set(`${day} ${model}`, (margins.get(`${day} ${model}`) ?? 0n) | members);
  }
  return new Map([...margins].sort());
}

function histogramTotals({ cells }: RolledUp, kind: string): Map<string, number> {
  const rows = (cells['histogram_day_model'] ?? []).filter(
    ([, level, grain, ofKind]) => level === 'MODEL' && grain === 'DAY' && ofKind === kind,
  );
  const total = (counts: string | null | undefined) =>
    counts
      ?.slice(1, -1)
      .split(',')
      .map(Number)
      .reduce((sum, count) => sum + count, 0) ?? 0;
  return new Map(
    rows.map(([, , , , model, day, , counts]): [string, number] => [`${day} ${model}`, total(counts)]).sort(),
  );
}
