import fc from 'fast-check';
import { beforeAll, expect, it } from 'vitest';
import { publish } from '../../src/releases/publish.ts';
import {
  cohortsByHand,
  type OracleCohort,
  type OracleGrain,
} from '../measures/retention/retention-oracle.ts';
import { askerOf } from '../support/ask.ts';
import { describeOnEachDatabase, type TestDatabase } from '../support/databases.ts';
import { useCountingSide } from './counting-side.ts';
import { rowsOfRollup } from './published.ts';
import { gateway, type LoggedRequest, modelIds, requests } from './gateway-log.ts';

const side = useCountingSide();
const grains: readonly OracleGrain[] = ['DAY', 'WEEK', 'MONTH'];

interface Use {
  user: string | null;
  day: string;
  model: string;
}

interface AnsweredCohort extends OracleCohort {
  end: string;
  withheld: boolean;
  leftCensored: boolean;
  periods: (OracleCohort['periods'][number] & { rate: number | null; withheld: boolean })[];
}

const gpt = 'openai/gpt-4o';
const deepseek = 'deepseek/deepseek-v4-flash-20260423';
const llama = 'meta-llama/llama-3.1-8b-instruct';

function logOf(uses: readonly Use[]): LoggedRequest[] {
  const [template] = requests(1);
  if (template === undefined) throw new Error('no request');
  return uses.map(({ user, day, model }, index) => ({
    ...template,
    id: `use ${index}`,
    user,
    model,
    created_at: `${day}T${index % 2 === 0 ? '00:00:00.000' : '23:59:59.999'}Z`,
  }));
}

/** Everything the API says of the cohorts of a subject; the data set is its release's own. */
async function askCohorts(
  database: TestDatabase,
  dataset: string,
  subject: string,
  grain: OracleGrain,
): Promise<AnsweredCohort[]> {
  const { data, errors } = await askerOf(database, dataset).ask(`{
    retention(${subject} grain: ${grain}) {
      cohorts { start end size withheld complete leftCensored
        periods { age start users stayed rate complete withheld } }
    }
  }`);
  expect(errors).toEqual([]);
  return (data.retention as unknown as { cohorts: AnsweredCohort[] }).cohorts;
}

/** What oracle and API both say. */
const told = (cohorts: readonly (OracleCohort | AnsweredCohort)[]) =>
  cohorts.map(({ start, size, complete, periods }) => ({
    start,
    size,
    complete,
    periods: periods.map(({ age, start: at, users, stayed, complete: whole }) => [
      age,
      at,
      users,
      stayed,
      whole,
    ]),
  }));

let worlds = 0;

/** Publishes the uses as a data set of their own, and compares every subject and grain with the count by hand. */
async function expectCountedRight(database: TestDatabase, uses: readonly Use[]): Promise<string> {
  worlds += 1;
  const dataset = `world-${worlds}-${database.kind}`;
  await side.load(dataset, 'log', logOf(uses));
  await publish({ engine: side.engine, database, declaration: gateway(dataset) });
  const days = uses.map(({ day }) => day).sort();
  const last = days.at(-1) ?? '';
  const data = {
    from: days[0] ?? '',
    to: new Date(Date.parse(last) + 86_400_000).toISOString().slice(0, 10),
  };
  const known = uses.filter((use): use is Use & { user: string } => use.user !== null);
  if (known.length === 0) return dataset;
  const ids = new Set(uses.map(({ model }) => modelIds[model] ?? ''));
  const subjects: [string, (id: string) => boolean][] = [
    ['', () => true],
    ...[...ids].map((id): [string, (id: string) => boolean] => [
      `model: ${JSON.stringify(id)}`,
      (each) => each === id,
    ]),
    ...['openai', 'deepseek', 'meta-llama'].map((author): [string, (id: string) => boolean] => [
      `author: "${author}"`,
      (each) => each.startsWith(`${author}/`),
    ]),
  ];
  for (const [subject, isOf] of subjects) {
    const own = known.filter(({ model }) => isOf(modelIds[model] ?? ''));
    for (const grain of grains) {
      const answered = await askCohorts(database, dataset, subject, grain);
      expect(told(answered), `${subject} by ${grain}`).toEqual(told(cohortsByHand(own, grain, data)));
    }
  }
  return dataset;
}

describeOnEachDatabase('retention, from log to answer', (open, kind) => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await open();
  });

  it('is what a count by hand gives: returning users, two models, month ends, leap day, weeks over the year’s end', async () => {
    const dataset = await expectCountedRight(database, [
      // Away for a while, and back; first use on the last day of a year, in ISO week 1 of the next.
      ...['2024-12-30', '2024-12-31', '2025-01-01', '2025-01-05', '2025-01-06', '2025-03-31'].map((day) => ({
        user: 'returns',
        day,
        model: gpt,
      })),
      // Two models, two cohorts; one of all models.
      { user: 'two', day: '2024-01-31', model: gpt },
      { user: 'two', day: '2024-02-29', model: deepseek },
      { user: 'two', day: '2024-02-29', model: llama },
      { user: 'two', day: '2024-03-01', model: gpt },
      // Two names of one model are one.
      { user: 'names', day: '2024-02-29', model: 'openai/gpt-4o-2024-08-06' },
      { user: 'names', day: '2024-03-31', model: 'openai/gpt-4o:free' },
      // Sunday and Monday.
      { user: 'week', day: '2023-12-31', model: llama },
      { user: 'week', day: '2024-01-01', model: llama },
      // The last cohort is cut by the end of the data, on 2025-04-02.
      { user: 'late', day: '2025-04-01', model: gpt },
      { user: 'late', day: '2025-04-02', model: gpt },
      { user: null, day: '2024-05-05', model: gpt },
    ]);
    const months = await askCohorts(database, dataset, 'model: "openai/gpt-4o"', 'MONTH');
    expect(
      months.map(({ start, size, complete, leftCensored }) => [start, size, complete, leftCensored]),
    ).toEqual([
      ['2024-01-01', 1, true, false],
      ['2024-02-01', 1, true, false],
      ['2024-12-01', 1, true, false],
      ['2025-04-01', 1, false, false],
    ]);
    const all = await askCohorts(database, dataset, '', 'MONTH');
    expect(all[0]).toMatchObject({ start: '2023-12-01', complete: false, leftCensored: true });
    const december = months[2]?.periods.map(({ users, complete }) => [users, complete]);
    expect(december).toEqual([
      [1, true],
      [1, true],
      [0, true],
      [1, true],
      [0, false],
    ]);
  });

  it('follows a cohort for 64 periods and no further', async () => {
    const dataset = await expectCountedRight(
      database,
      ['2024-01-01', '2024-03-04', '2024-03-05', '2024-03-06'].map((day) => ({
        user: 'one',
        day,
        model: gpt,
      })),
    );
    const [cohort] = await askCohorts(database, dataset, '', 'DAY');
    expect(cohort?.periods).toHaveLength(64);
    expect(cohort?.periods.at(-1)).toMatchObject({ start: '2024-03-04', users: 1 });
  });

  it('shows of a minimum of users what a count by hand gives, or nothing, and no count below it', async () => {
    const minimum = 4;
    const dataset = `few-${database.kind}`;
    const logged = requests(700, 5);
    await side.load(dataset, 'log', logged);
    const declaration = gateway(dataset, minimum);
    const summary = await publish({ engine: side.engine, database, declaration });
    const days = logged.map(({ created_at: at }) => at.slice(0, 10)).sort();
    const data = { from: days[0] ?? '', to: summary.periodTo };
    let shown = 0;
    let hidden = 0;
    for (const grain of grains) {
      const own = logged.flatMap(({ user, created_at: at, model }) =>
        user !== null && modelIds[model] === gpt ? [{ user, day: at.slice(0, 10) }] : [],
      );
      const byHand = cohortsByHand(own, grain, data);
      const answered = await askCohorts(database, dataset, `model: "${gpt}"`, grain);
      expect(answered.map(({ start }) => start)).toEqual(byHand.map(({ start }) => start));
      answered.forEach(({ size, withheld, periods }, index) => {
        const expected = byHand[index];
        expect(size).toBe(withheld ? null : expected?.size);
        if (!withheld) expect(size).toBeGreaterThanOrEqual(minimum);
        for (const [age, { users, withheld: isHidden }] of periods.entries()) {
          if (isHidden) hidden += 1;
          else shown += 1;
          expect(users).toBe(isHidden ? null : expected?.periods[age]?.users);
          expect(users === null || users === 0 || users >= minimum).toBe(true);
        }
      });
    }
    expect(shown).toBeGreaterThan(0);
    expect(hidden).toBeGreaterThan(0);
    for (const { table, rows } of summary.rollups) {
      if (table !== 'active_users' && table !== 'retention_cohorts') continue;
      expect(BigInt(rows)).toBe(await rowsOfRollup(database.pool, summary.releaseId, table));
    }
    expect(summary.withheld?.rollups['retention_cohorts']?.cells).toBeGreaterThan(0);
  });

  it('is what a count by hand gives in random worlds', async () => {
    const edges = [
      '2023-12-30',
      '2023-12-31',
      '2024-01-01',
      '2024-01-31',
      '2024-02-28',
      '2024-02-29',
      '2024-03-01',
    ];
    const use = fc.record({
      user: fc.option(
        fc.integer({ min: 1, max: 8 }).map((number) => `user ${number}`),
        { nil: null, freq: 9 },
      ),
      day: fc.oneof(
        fc.constantFrom(...edges, '2024-12-29', '2024-12-30', '2025-01-01'),
        fc
          .integer({ min: 0, max: 450 })
          .map((days) => new Date(Date.UTC(2023, 11, 28) + days * 86_400_000).toISOString().slice(0, 10)),
      ),
      model: fc.constantFrom(...Object.keys(modelIds)),
    });
    // A failure prints the seed.
    await fc.assert(
      fc.asyncProperty(fc.array(use, { minLength: 1, maxLength: 60 }), async (uses) => {
        await expectCountedRight(database, uses);
      }),
      { numRuns: kind === 'embedded' ? 10 : 5, interruptAfterTimeLimit: 200_000 },
    );
  }, 400_000);
});
