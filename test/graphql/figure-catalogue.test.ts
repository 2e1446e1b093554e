import { beforeAll, describe, expect, it } from 'vitest';
import * as vega from 'vega';
import { compile, type TopLevelSpec } from 'vega-lite';
import { figureDefinitions, readFigures } from '../../src/figures/catalogue.ts';
import type { FigurePanel } from '../../src/figures/figure.ts';
import { type Asker, askerOf } from '../support/ask.ts';
import { describeOnEachDatabase } from '../support/databases.ts';
import { seedRelease } from '../support/seed-release.ts';
import { fixtureGenerations } from '../support/serving-fixture.ts';
import { countStatements } from '../support/statements.ts';

interface Panel {
  title: string;
  chart: TopLevelSpec;
  rows: Record<string, unknown[]> | null;
}

/** Draws a chart without a screen; what Vega warns of is an error here. */
async function draw(spec: TopLevelSpec, rows: Record<string, unknown[]>): Promise<string> {
  const warnings: string[] = [];
  const logger = vega.logger(vega.Warn);
  logger.warn = (...messages: unknown[]) => (warnings.push(messages.map(String).join(' ')), logger);
  const { spec: compiled } = compile(spec, { logger });
  const view = new vega.View(vega.parse(compiled), { renderer: 'none', logger });
  for (const [name, values] of Object.entries(rows)) view.data(name, structuredClone(values));
  const svg = await view.toSVG();
  view.finalize();
  // A layer that the fixture has no rows for has no extent either.
  expect(warnings.filter((warning) => !warning.startsWith('Infinite extent'))).toEqual([]);
  return svg;
}

/** Panels of the study's models and authors, with those of the fixture in their place. */
const inFixture = readFigures().map((figure) => ({
  ...figure,
  panels: figure.panels.map((panel) => ({
    ...panel,
    variables: { ...panel.variables, ...inPlaceOf(panel) },
  })),
}));

function inPlaceOf({ variables }: FigurePanel): Record<string, unknown> {
  if ('model' in variables) return { model: 'alibaba/small' };
  if (variables.where !== undefined && 'author' in (variables.where as object))
    return { where: { author: { eq: 'alibaba' } } };
  return {};
}

it('has all 29 figures and 5 tables of the study, each once', () => {
  const ids = figureDefinitions.map(({ id }) => id);
  expect(new Set(ids).size).toBe(ids.length);
  expect(figureDefinitions.filter(({ id }) => id.startsWith('tab-'))).toHaveLength(5);
  expect(figureDefinitions.filter(({ id }) => id.startsWith('fig-'))).toHaveLength(29);
});

describeOnEachDatabase('the figure catalogue', (open) => {
  let asker: Asker;
  beforeAll(async () => {
    const database = await open();
    await seedRelease(database.pool, fixtureGenerations(600));
    asker = askerOf(database, 'fixture', undefined, inFixture);
  });

  it('says of each figure what it is, what it needs, and what the study says', async () => {
    const { data, errors } = await asker.ask(`{ figures {
      id number title question section decision document { name text } relatedDocuments { name }
      needs { dimensions measures } coverage { __typename } published { __typename } } }`);
    expect(errors).toEqual([]);
    const figures = data.figures as unknown as { id: string; title: string; document: { text: string } }[];
    expect(figures.map(({ id }) => id)).toEqual(figureDefinitions.map(({ id }) => id));
    for (const { title, document } of figures) {
      expect(title).not.toBe('');
      expect(document.text).toMatch(/^# Figure: .+\n# Question: Q\d+/);
    }
  });

  describe.each(figureDefinitions.map(({ id }) => id))('%s', (id) => {
    it('draws its rows without a warning', async () => {
      const { data, errors } = await asker.ask(
        `query ($id: ID!) { figure(id: $id) { panels { title chart rows } } }`,
        { id },
      );
      expect(errors).toEqual([]);
      const { panels } = data.figure as unknown as { panels: Panel[] };
      expect(panels.length).toBeGreaterThan(0);
      expect(panels.some(({ rows }) => (rows?.rows ?? []).length > 0)).toBe(true);
      for (const { chart, rows } of panels) {
        const svg = await draw(chart, rows ?? {});
        expect(svg).toMatch(/^<svg/);
        // Marks have a label that says what they show.
        if ((rows?.rows ?? []).length > 0) expect(svg).toMatch(/<path aria-label="[^"]*: /);
      }
    });

    it('holds the data against the study, as far as they reach', async () => {
      const { data, errors } = await asker.ask(
        `query ($id: ID!) { figure(id: $id) { published { __typename } fidelity { values { __typename } } } }`,
        { id },
      );
      expect(errors).toEqual([]);
      const figure = data.figure as unknown as { published: unknown[]; fidelity: { values: unknown[] } };
      expect(figure.fidelity.values).toHaveLength(figure.published.length);
    });
  });

  it('runs the document of a figure once, however often one request needs it', async () => {
    const ask = () => asker.ask(`{ figure(id: "fig-01") { panels { rows } again: panels { rows } } }`);
    await ask();
    const { statements } = await countStatements(ask);
    expect(statements.filter((text) => text.startsWith('/* usage'))).toHaveLength(1);
  });

  it('knows no figure of another name', async () => {
    expect((await asker.ask('{ figure(id: "fig-99") { id } }')).data).toEqual({ figure: null });
  });
});
