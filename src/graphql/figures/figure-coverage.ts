import { dimensions as allDimensions, type DimensionName } from '../../measures/dimensions.ts';
import type { Figure } from '../../figures/figure.ts';
import { controlsOf } from '../../figures/view.ts';
import { isKeptTogether } from '../../measures/plan.ts';
import type { Release } from '../../measures/release.ts';
import type { FigureCoverage } from './figure.type.ts';

/** Whether a release carries what a figure needs, and what it lacks. */
export function coverageOf(
  { dimensions, measures }: Figure,
  { id, datasetId, coverage }: Release,
): FigureCoverage {
  const missing = [
    ...dimensions.filter((name) => !coverage.dimensions[name]),
    ...measures.filter((name) => !coverage.measures[name]),
  ];
  return { release: id, dataset: datasetId, covered: missing.length === 0, missing };
}

/** What a figure may be filtered on: what the release carries, and keeps together with what the figure shows. */
export function filtersOf(figure: Figure, { coverage }: Release): DimensionName[] {
  if (!controlsOf(figure).where) return [];
  const { dimensions } = figure;
  return allDimensions
    .map(({ name }) => name)
    .filter((name) => coverage.dimensions[name] && isKeptTogether([...dimensions, name]));
}
