import { describe, expect, it } from 'vitest';
import type { GalleryFigure } from '../../src/explorer/app/gallery/gallery-query.ts';
import { drawnFrom, sectionsOf } from '../../src/explorer/app/gallery/sections.ts';
import { figureDefinitions } from '../../src/figures/catalogue.ts';

const coverage = (dataset: string, covered: boolean) => ({
  dataset,
  release: `${dataset}@1`,
  covered,
  missing: covered ? [] : ['CATEGORY'],
});
const figure = (chosen: string, byDataset: Record<string, boolean>): GalleryFigure => {
  const coverageByDataset = Object.entries(byDataset).map(([dataset, covered]) => coverage(dataset, covered));
  return {
    id: 'fig-06',
    number: 'Fig. 6',
    title: '',
    question: '',
    section: '3. Open vs. Closed Source Models',
    coverage: coverageByDataset.find(({ dataset }) => dataset === chosen)!,
    coverageByDataset,
  };
};
const isSynthetic = (dataset: string): boolean => dataset === 'simulated';

describe('a card of the gallery', () => {
  it('is drawn from the chosen data set where that carries the figure', () => {
    expect(drawnFrom(figure('real', { simulated: true, real: true }), isSynthetic)?.dataset).toBe('real');
  });

  it('is drawn from measurements rather than a simulation where both carry it', () => {
    const lacking = figure('feed', { feed: false, simulated: true, real: true });
    expect(drawnFrom(lacking, isSynthetic)?.dataset).toBe('real');
    expect(drawnFrom(figure('feed', { feed: false, simulated: true }), isSynthetic)?.dataset).toBe(
      'simulated',
    );
  });

  it('has no picture where no data set carries it', () => {
    expect(drawnFrom(figure('feed', { feed: false, simulated: false }), isSynthetic)).toBeNull();
  });
});

it('groups the figures by the chapters of the study, in its order', () => {
  const figures = figureDefinitions.map(({ section }) => ({ ...figure('x', { x: true }), section }));
  expect(sectionsOf(figures).map(({ title }) => title)).toEqual([
    '3. Open vs. Closed Source Models',
    '4. The Rise of Agentic Inference',
    '5. Categories',
    '6. Geography',
    '7. Analysis of LLM User Retention',
    '8. Cost vs. Usage Dynamics',
    'Appendix: Category Sub-Composition Details',
  ]);
});
