import { expect, it } from 'vitest';
import { compareWithStudy } from '../../src/figures/fidelity.ts';
import { readFigures } from '../../src/figures/catalogue.ts';
import type { Figure, PublishedValue } from '../../src/figures/figure.ts';

const figures = readFigures();
const named = (id: string): Figure => {
  const figure = figures.find((each) => each.id === id);
  if (figure === undefined) throw new Error(`no ${id}`);
  return figure;
};

const value = (given: Partial<PublishedValue>): PublishedValue => ({
  panel: named('fig-01').panels[0]?.key ?? '',
  reading: 'share',
  series: 'CHINESE_OPEN',
  period: '2025-01-06',
  text: '',
  least: null,
  most: null,
  standing: 'PUBLISHED',
  source: 'made for this test',
  counted: true,
  note: null,
  ...given,
});

const row = (start: string, sourceGroup: string, share: number) => ({
  period: { start, complete: true },
  sourceGroup,
  totalTokens: 1,
  share,
});

/** Two weeks whose shares are 10 and 20 % of Chinese open models, 90 and 80 % of proprietary ones. */
const result = {
  usage: {
    rows: [
      row('2025-01-06', 'CHINESE_OPEN', 0.1),
      row('2025-01-06', 'PROPRIETARY', 0.9),
      row('2025-01-13', 'CHINESE_OPEN', 0.2),
      row('2025-01-13', 'PROPRIETARY', 0.8),
    ],
  },
};

function compared(published: PublishedValue[]) {
  const figure = { ...named('fig-01'), published };
  return compareWithStudy(figure, new Map(figure.panels.map(({ key }) => [key, result])));
}

it('is computed − published for each value, and their mean without sign', () => {
  const { values, errors } = compared([
    value({ least: 13, most: 13 }),
    value({ period: '2025-01-13', least: 19.5, most: 19.5 }),
    value({ series: 'PROPRIETARY', least: 90, most: 90 }),
  ]);
  expect(values.map(({ computed }) => computed)).toEqual([
    expect.closeTo(10, 9),
    expect.closeTo(20, 9),
    expect.closeTo(90, 9),
  ]);
  expect(values.map(({ difference }) => difference)).toEqual([
    expect.closeTo(-3, 9),
    expect.closeTo(0.5, 9),
    expect.closeTo(0, 9),
  ]);
  expect(errors).toMatchObject([{ compared: 3, meanAbsoluteError: expect.closeTo(3.5 / 3, 9), greatestError: expect.closeTo(3, 9) }]); // prettier-ignore
});

it('takes the nearest number that agrees, where the study gives a range', () => {
  const { values } = compared([
    value({ least: 5, most: 15 }),
    value({ least: 12, most: Number.POSITIVE_INFINITY }),
  ]);
  expect(values.map(({ difference }) => difference)).toEqual([0, expect.closeTo(-2, 9)]);
});

it('takes a group without a row for unused, unless cells were withheld', () => {
  const unseen = {
    ...named('fig-01'),
    published: [value({ series: 'REST_OF_WORLD_OPEN', least: 5, most: 5 })],
  };
  const [panel = ''] = unseen.panels.map(({ key }) => key);
  const withheld = (cells: number) => ({
    usage: { ...result.usage, meta: { withheld: { minimumUsers: 5, cells, tokenShare: 0.01 } } },
  });
  const computedOf = (answer: object) =>
    compareWithStudy(unseen, new Map([[panel, answer]])).values.map(({ computed }) => computed);
  expect(computedOf(result)).toEqual([0]);
  expect(computedOf(withheld(0))).toEqual([0]);
  expect(computedOf(withheld(2))).toEqual([null]);
});

it('reads the mean, the least and the greatest of the periods', () => {
  const { values } = compared(
    ['mean', 'least', 'greatest'].map((period) => value({ period, least: 0, most: 0 })),
  );
  expect(values.map(({ computed }) => computed)).toEqual([15, 10, 20].map((each) => expect.closeTo(each, 9)));
});

it('leaves out of the mean what does not count, and compares nothing that the data do not have', () => {
  const { values, errors } = compared([
    value({ least: 10, most: 10 }),
    value({ least: 70, most: 70, counted: false }),
    value({ period: '2024-12-30', least: 10, most: 10 }),
  ]);
  expect(values.at(-1)).toMatchObject({ computed: null, difference: null });
  expect(errors).toMatchObject([{ compared: 1, meanAbsoluteError: expect.closeTo(0, 9) }]);
});

it('has published values for most figures, each with a reading, a standing and a source', () => {
  const withValues = figures.filter(({ published }) => published.length > 0);
  expect(withValues.length).toBeGreaterThanOrEqual(28);
  for (const { published, readings } of withValues) {
    for (const { reading, source, text } of published) {
      expect(readings[reading]).toBeDefined();
      expect([source, text].every((each) => each !== '')).toBe(true);
    }
  }
});
