import { beforeAll, describe, expect, it } from 'vitest';
import type { Release } from '../../src/measures/release.ts';
import { rollupDifference } from '../../src/measures/difference/catalog-difference.ts';
import { numberDifference } from '../../src/measures/difference/row-difference.ts';
import { type Asker, askerOf } from '../support/ask.ts';
import { describeOnEachDatabase } from '../support/databases.ts';
import { countStatements } from '../support/statements.ts';
import { seedRelease } from '../support/seed-release.ts';
import { fixtureGenerations, fixtureRange } from '../support/serving-fixture.ts';
import { viewerWith } from '../support/viewers.ts';

const first = `fixture@${fixtureRange.to}.1`;
const second = `fixture@${fixtureRange.to}.2`;
const early = 'fixture@2024-02-01.1';

interface Row {
  readonly periodStart: string | null;
  readonly id: string | null;
  readonly name: string | null;
  readonly status: string;
  readonly before: number | null;
  readonly after: number | null;
  readonly change: number | null;
}

describeOnEachDatabase('the difference between two releases', (open) => {
  let asker: Asker;
  let database: Awaited<ReturnType<typeof open>>;
  beforeAll(async () => {
    database = await open();
    const generations = fixtureGenerations(600);
    await seedRelease(database.pool, generations);
    // One model is gone, one day was counted anew, all else is the same.
    const revised = generations
      .filter(({ model }) => model !== 5)
      .map((each) =>
        each.day === '2024-01-10' ? { ...each, promptTokens: each.promptTokens + 1_000 } : each,
      );
    const key = await seedRelease(database.pool, revised, { number: 2 });
    await database.pool.query(`UPDATE models SET total_tokens = NULL WHERE release_key = $1 AND key = 5`, [
      key,
    ]);
    await database.pool.query(`UPDATE models SET name = 'Newly named' WHERE release_key = $1 AND key = 2`, [
      key,
    ]);
    await database.pool.query(`UPDATE models SET source = 'PROPRIETARY' WHERE release_key = $1 AND key = 4`, [
      key,
    ]);
    await database.pool.query(`UPDATE release_rollups SET version = 2 WHERE release_key = $1`, [key]);
    const short = await seedRelease(database.pool, [], { number: 3 });
    await database.pool.query(
      `UPDATE releases SET id = $2, period_from = '2023-12-01', period_to = '2023-12-10' WHERE key = $1`,
      [short, early],
    );
    asker = askerOf(database);
  });

  const ask = async (fields: string, args = `from: "${first}", to: "${second}"`) => {
    const { data, errors } = await asker.ask(`{ releaseDifference(${args}) { ${fields} } }`);
    expect(errors).toEqual([]);
    return data.releaseDifference as unknown as Record<string, never>;
  };
  const codeOf = async (document: string): Promise<unknown> => {
    const [error] = (await asker.ask(document)).errors;
    return (error?.originalError as { code?: string } | undefined)?.code;
  };
  /** What `usage` says of each release, by model. */
  const byModel = async (release: string, more = ''): Promise<Map<string, number>> => {
    const { data } = await asker.ask(
      `{ usage(release: "${release}", groupBy: [MODEL]${more}) { rows { model { id } totalTokens } } }`,
    );
    const { rows } = data.usage as unknown as { rows: { model: { id: string }; totalTokens: number }[] };
    return new Map(rows.map(({ model, totalTokens }) => [model.id, totalTokens]));
  };

  it('says for every group that moved what `usage` says of each release, largest change first', async () => {
    const { rows, totalRows } = (
      await ask('rows(groupBy: MODEL) { totalRows rows { id name status before after change } }')
    ).rows as unknown as { rows: Row[]; totalRows: number };
    const [before, after] = [await byModel(first), await byModel(second)];
    const moved = [...new Set([...before.keys(), ...after.keys()])].filter(
      (id) => before.get(id) !== after.get(id),
    );
    expect(rows.map(({ id }) => id).sort()).toEqual(moved.sort());
    expect(totalRows).toBe(moved.length);
    for (const row of rows) {
      expect([row.before, row.after]).toEqual([before.get(row.id!) ?? null, after.get(row.id!) ?? null]);
    }
    const gone = rows[0]!;
    expect([gone.id, gone.status, gone.after, gone.change]).toEqual(['meta/closed', 'GONE', null, null]);
    const sizes = rows.map((row) => Math.abs((row.after ?? 0) - (row.before ?? 0)));
    expect(sizes).toEqual([...sizes].sort((a, b) => b - a));
  });

  it('compares sums, with money exact to the cent', async () => {
    const { totals } = (await ask('totals { field before after change relativeChange }')) as unknown as {
      totals: { field: string; before: number; after: number; change: number }[];
    };
    const { data } = await asker.ask(
      `{ a: usage(release: "${first}") { rows { totalTokens requests spendUsd } } b: usage(release: "${second}") { rows { totalTokens requests spendUsd } } }`,
    );
    const rowOf = (name: string) => (data[name] as unknown as { rows: Record<string, number>[] }).rows[0]!;
    for (const field of ['totalTokens', 'requests', 'spendUsd']) {
      const found = totals.find((each) => each.field === field)!;
      expect([found.before, found.after]).toEqual([Number(rowOf('a')[field]), Number(rowOf('b')[field])]);
    }
  });

  it('tells the days that were revised among those that both cover', async () => {
    const { revisedDays } = (await ask(
      'revisedDays(first: 1000) { totalRows rows { periodStart status before after change } }',
    )) as unknown as { revisedDays: { rows: Row[] } };
    // The model that is gone was used on many days; without it only one day differs.
    const { data } = await asker.ask(
      `{ a: usage(release: "${first}", grain: DAY) { rows { period { start } totalTokens } } b: usage(release: "${second}", grain: DAY) { rows { period { start } totalTokens } } }`,
    );
    const days = (name: string) =>
      new Map(
        (data[name] as unknown as { rows: { period: { start: string }; totalTokens: number }[] }).rows.map(
          ({ period, totalTokens }) => [period.start, totalTokens],
        ),
      );
    const [before, after] = [days('a'), days('b')];
    const differing = [...before.keys()].filter((day) => before.get(day) !== after.get(day));
    expect(revisedDays.rows.map(({ periodStart }) => periodStart).sort()).toEqual(differing.sort());
    expect(differing).toContain('2024-01-10');
    const none = await ask('revisedDays { totalRows }', `from: "${first}", to: "${early}"`);
    expect(none).toEqual({ revisedDays: { totalRows: 0 } });
  });

  it('tells models that are gone, renamed or counted in other groups, and rollups of another definition', async () => {
    const fields =
      '{ added { id } gone { id } renamed { before { name } after { name } } relabelled { after { id } } }';
    expect(
      await ask(
        `models ${fields} authors { added { id } gone { id } } rollups { name before { version } after { version } }`,
      ),
    ).toEqual({
      models: {
        added: [],
        gone: [{ id: 'meta/closed' }],
        renamed: [{ before: { name: 'alibaba/small' }, after: { name: 'Newly named' } }],
        relabelled: [{ after: { id: 'google/open-medium' } }],
      },
      authors: { added: [], gone: [] },
      rollups: [{ name: 'retention_cohorts', before: { version: 1 }, after: { version: 2 } }],
    });
    expect(await ask('models { added { id } gone { id } }', `from: "${second}", to: "${first}"`)).toEqual({
      models: { added: [{ id: 'meta/closed' }], gone: [] },
    });
  });

  it('counts the days that one of them covers alone', async () => {
    expect(await ask('daysAdded daysGone', `from: "${first}", to: "${second}"`)).toEqual({
      daysAdded: 0,
      daysGone: 0,
    });
    expect(await ask('daysAdded daysGone', `from: "${early}", to: "${first}"`)).toEqual({
      daysAdded: 78,
      daysGone: 9,
    });
  });

  it('takes two statements for each of sums, rows and days, and none for the rest', async () => {
    const all = `{ releaseDifference(from: "${first}", to: "${second}") {
      daysAdded totals { after } rows(groupBy: AUTHOR, grain: WEEK) { totalRows } revisedDays { totalRows }
      models { added { id } } authors { gone { id } } rollups { name } citation { text } } }`;
    await asker.ask(all);
    const { statements, result } = await countStatements(() => asker.ask(all));
    expect(result.errors).toEqual([]);
    expect(statements.filter((text) => text.startsWith('/* usage'))).toHaveLength(6);
  });

  it.each([
    [`releaseDifference(from: "${first}", to: "nothing@2024-01-01.1") { daysAdded }`, 'RELEASE_UNKNOWN'],
    [
      `releaseDifference(from: "${first}", to: "${second}") { rows(first: 0) { totalRows } }`,
      'LIMIT_EXCEEDED',
    ],
    [
      `releaseDifference(from: "${first}", to: "${second}") { rows(first: 1001) { totalRows } }`,
      'LIMIT_EXCEEDED',
    ],
    [
      `releaseDifference(from: "${first}", to: "${early}", days: SHARED) { totals { after } }`,
      'BAD_ARGUMENT',
    ],
  ])('refuses %s', async (field, code) => {
    expect(await codeOf(`{ ${field} }`)).toBe(code);
  });

  it('asks for the scopes that `usage` asks for, and leaves out of the sums what needs one', async () => {
    await database.pool.query(`UPDATE datasets SET restricted = '{spend:read}'`);
    const restricted = askerOf(database);
    const document = (fields: string) =>
      `{ releaseDifference(from: "${first}", to: "${second}") { ${fields} } }`;
    const { errors } = await restricted.ask(
      document('rows(groupBy: MODEL, measure: SPEND_USD) { totalRows }'),
    );
    expect((errors[0]!.originalError as { code?: string }).code).toBe('KEY_MISSING');
    const named = await restricted.ask(document('totals(measures: [SPEND_USD]) { after }'));
    expect((named.errors[0]!.originalError as { code?: string }).code).toBe('KEY_MISSING');
    const { data } = await restricted.ask(document('totals { field }'));
    const { totals } = data.releaseDifference as unknown as { totals: { field: string }[] };
    const fields = totals.map(({ field }) => field);
    expect([fields.includes('totalTokens'), fields.includes('spendUsd')]).toEqual([true, false]);
    const scoped = askerOf(database, 'fixture', viewerWith({ scopes: ['spend:read'] }));
    const whole = await scoped.ask(document('totals { field }'));
    expect(JSON.stringify(whole.data)).toContain('spendUsd');
  });
});

describe('a number in two releases', () => {
  it.each([
    ['0.3', '0.1', { before: 0.3, after: 0.1, change: -0.2, relativeChange: -0.2 / 0.3 }],
    [0, 5, { before: 0, after: 5, change: 5, relativeChange: null }],
    [null, 5, { before: null, after: 5, change: null, relativeChange: null }],
    [undefined, null, { before: null, after: null, change: null, relativeChange: null }],
    [
      2 ** 53 - 1,
      1,
      { before: 2 ** 53 - 1, after: 1, change: 2 - 2 ** 53, relativeChange: (2 - 2 ** 53) / (2 ** 53 - 1) },
    ],
  ])('from %s to %s', (before, after, difference) => {
    expect(numberDifference(before, after)).toEqual(difference);
  });
});

it('a rollup that one release lacks is told as such', () => {
  const rollup: Release['rollups'][number] = {
    name: 'usage',
    version: 1,
    sha256: '0',
    table: 'usage',
    rows: 1,
    durationMs: 1,
  };
  expect(rollupDifference([rollup], [])).toEqual([{ name: 'usage', before: rollup, after: null }]);
  expect(rollupDifference([rollup], [{ ...rollup, durationMs: 2, rows: 3 }])).toEqual([]);
});
