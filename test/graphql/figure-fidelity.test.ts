import { beforeAll, expect, it } from 'vitest';
import { readFigures } from '../../src/figures/catalogue.ts';
import type { Figure, PublishedValue } from '../../src/figures/figure.ts';
import { boundsOf } from '../../src/figures/published-values.ts';
import { addDays, periodStart } from '../../src/measures/periods.ts';
import { type Asker, askerOf } from '../support/ask.ts';
import { describeOnEachDatabase } from '../support/databases.ts';
import { seedRelease } from '../support/seed-release.ts';
import { fixtureGenerations, fixtureModels, fixtureRange } from '../support/serving-fixture.ts';
import { countStatements } from '../support/statements.ts';

const generations = fixtureGenerations(600);
const shipped = readFigures();

type Given = Pick<PublishedValue, 'series' | 'period' | 'text'> & Partial<PublishedValue>;

/** A figure of the study with made values of it, over the days of the fixture. */
function figureWith(id: string, given: readonly Given[], panels?: Figure['panels']): Figure {
  const figure = shipped.find((each) => each.id === id)!;
  const own = panels ?? figure.panels;
  const published = given.map((value) => ({
    panel: own[0]!.key,
    reading: Object.keys(figure.readings)[0]!,
    ...boundsOf(value.text),
    standing: 'PUBLISHED' as const,
    source: 'made',
    counted: true,
    note: null,
    ...value,
  }));
  return { ...figure, panels: own, published, window: fixtureRange };
}

type Generation = (typeof generations)[number];
const tokens = (of: readonly Generation[]): number =>
  of.reduce((sum, each) => sum + each.promptTokens + each.completionTokens, 0);
const modelOf = ({ model }: Generation) => fixtureModels[model - 1]!;

/** Per cent of the tokens of the week that Chinese open models served. */
function chineseShare(monday: string): number {
  const week = generations.filter(({ day }) => day >= monday && day < addDays(monday, 7));
  return (100 * tokens(week.filter((each) => modelOf(each).sourceGroup === 'CHINESE_OPEN'))) / tokens(week);
}

/** Per cent of the users whose first month with the model it was and who used it in the next one. */
function keptAfterOneMonth(cohort: string, next: string): number {
  const monthOf = ({ day }: Generation) => periodStart(day, { grain: 'MONTH', weekStart: 'MONDAY' });
  const uses = generations.filter(({ model, user }) => model === 2 && user !== null);
  const users = [...new Set(uses.map(({ user }) => user))].filter(
    (user) =>
      uses
        .filter((each) => each.user === user)
        .map(monthOf)
        .sort()[0] === cohort,
  );
  const kept = users.filter((user) => uses.some((each) => each.user === user && monthOf(each) === next));
  return (100 * kept.length) / users.length;
}

const figures = [
  figureWith('fig-01', [
    { series: 'CHINESE_OPEN', period: '2024-01-08', text: '10' },
    { series: 'CHINESE_OPEN', period: '2024-01-15', text: '>=99' },
    { series: 'CHINESE_OPEN', period: '2024-01-22', text: '0..100' },
    // The fixture ends within this week.
    { series: 'CHINESE_OPEN', period: '2024-03-04', text: '10' },
    { series: 'CHINESE_OPEN', period: '2024-01-08', text: '90', counted: false },
  ]),
  figureWith('tab-1', [
    { series: 'alibaba', period: '', text: '60' },
    { series: 'google', period: '', text: '40' },
  ]),
  figureWith(
    'fig-25',
    [
      { panel: 'known', series: '2024-01-01', period: '1', text: '40' },
      { panel: 'unknown', series: '2024-01-01', period: '1', text: '40' },
    ],
    [
      { key: 'known', title: 'Known', variables: { model: 'alibaba/small' } },
      { key: 'unknown', title: 'Unknown', variables: { model: 'nobody/nothing' } },
    ],
  ),
];

const question = `query ($id: ID!) { figure(id: $id) { fidelity {
  values { computed difference counted } compared meanAbsoluteError unit notes } } }`;

interface Fidelity {
  values: { computed: number | null; difference: number | null; counted: boolean }[];
  compared: number;
  meanAbsoluteError: number | null;
  unit: string | null;
  notes: string[];
}

describeOnEachDatabase('fidelity, with made values of the study', (open) => {
  let asker: Asker;
  beforeAll(async () => {
    const database = await open();
    await seedRelease(database.pool, generations);
    asker = askerOf(database, 'fixture', undefined, figures);
  });

  async function fidelityOf(id: string): Promise<Fidelity> {
    const { data, errors } = await asker.ask(question, { id });
    expect(errors).toEqual([]);
    return (data.figure as unknown as { fidelity: Fidelity }).fidelity;
  }

  it('finds the weekly shares that a count by hand finds, and their distance from numbers, bounds and ranges', async () => {
    const { values, compared, meanAbsoluteError, unit } = await fidelityOf('fig-01');
    const [first, second, third] = ['2024-01-08', '2024-01-15', '2024-01-22'].map(chineseShare) as [
      number,
      number,
      number,
    ];
    const differences = [first - 10, second - 99, 0, null, first - 90];
    expect(values.map(({ computed }) => computed)).toEqual(
      [first, second, third, null, first].map((each) => (each === null ? null : expect.closeTo(each, 8))),
    );
    expect(values.map(({ difference }) => difference)).toEqual(
      differences.map((each) => (each === null ? null : expect.closeTo(each, 8))),
    );
    expect({ compared, unit }).toEqual({ compared: 3, unit: '%' });
    expect(meanAbsoluteError).toBeCloseTo((Math.abs(first - 10) + Math.abs(second - 99)) / 3, 8);
  });

  it('takes shares of the groups that the study lists, whatever else the data have', async () => {
    const { values } = await fidelityOf('tab-1');
    const [alibaba, google] = ['alibaba/', 'google/'].map((author) =>
      tokens(
        generations.filter((each) => modelOf(each).id.startsWith(author) && modelOf(each).source === 'OPEN'),
      ),
    ) as [number, number];
    const share = (100 * alibaba) / (alibaba + google);
    expect(values.map(({ computed }) => computed)).toEqual([
      expect.closeTo(share, 8),
      expect.closeTo(100 - share, 8),
    ]);
  });

  it('reads cohorts by month and age, and says which panel the data can not answer', async () => {
    const { values, compared, notes } = await fidelityOf('fig-25');
    expect(values.map(({ computed }) => computed)).toEqual([
      expect.closeTo(keptAfterOneMonth('2024-01-01', '2024-02-01'), 8),
      null,
    ]);
    expect(compared).toBe(1);
    expect(notes).toEqual([
      expect.stringContaining('Unknown: The release fixture@2024-03-07.1 knows no model'),
    ]);
  });

  it('runs the document of a figure, and nothing for what the study says alone', async () => {
    await fidelityOf('fig-01');
    const statementsOf = async (source: string) => {
      const { statements } = await countStatements(() => asker.ask(source));
      return statements.filter((text) => /^\/\* (usage|retention)/.test(text)).length;
    };
    expect(await statementsOf('{ figures { id title published { label } coverage { missing } } }')).toBe(0);
    expect(await statementsOf('{ figure(id: "fig-01") { fidelity { compared } } }')).toBe(1);
    expect(
      await statementsOf(
        '{ a: figure(id: "tab-1") { fidelity { unit } } b: figure(id: "tab-1") { fidelity { unit } } }',
      ),
    ).toBe(1);
  });
});
