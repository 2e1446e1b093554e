import type { Coverage, GalleryFigure } from './gallery-query.ts';

export interface Section {
  readonly title: string;
  readonly figures: readonly GalleryFigure[];
}

/** Figures under the chapters of the study, in its order; `3. A: B` belongs to `3. A`. */
export function sectionsOf(figures: readonly GalleryFigure[]): Section[] {
  const chapters = new Map<string, GalleryFigure[]>();
  for (const figure of figures) {
    const [chapter = ''] = figure.section.split(/: (?=[A-Z#])/);
    const title = /^\d/.test(chapter) ? chapter : figure.section;
    chapters.set(title, [...(chapters.get(title) ?? []), figure]);
  }
  return [...chapters].map(([title, inChapter]) => ({ title, figures: inChapter }));
}

/**
 * What a card is drawn from: the chosen data set, or else another one that carries the figure, measurements before
 * simulations. Null where none does.
 */
export function drawnFrom(
  { coverage, coverageByDataset }: GalleryFigure,
  isSynthetic: (dataset: string) => boolean,
): Coverage | null {
  if (coverage.covered) return coverage;
  const others = coverageByDataset.filter(({ covered }) => covered);
  return others.find(({ dataset }) => !isSynthetic(dataset)) ?? others[0] ?? null;
}

/** `SOURCE_GROUP` as words. */
export function inWords(names: readonly string[]): string {
  return names
    .map((name) =>
      name
        .replace(/([a-z])([A-Z])/g, '$1 $2')
        .replaceAll('_', ' ')
        .toLowerCase(),
    )
    .join(', ');
}
