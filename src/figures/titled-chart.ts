import type { Dataset, Release } from '../measures/release.ts';
import type { ChartSpec, Figure, FigurePanel } from './figure.ts';

/** A chart that says on its face what it was drawn from: it may be seen without the page around it. */
export function titledChart(
  figure: Figure,
  panel: FigurePanel,
  release: Release,
  dataset: Dataset,
): ChartSpec {
  const source = `${dataset.title}, ${release.id}${isFiltered(figure, panel) ? ' · filtered' : ''}`;
  const subtitle = dataset.synthetic ? ['SYNTHETIC: simulated data, not measurements', source] : source;
  const warning = dataset.synthetic ? { subtitleColor: '#b26a00' } : {};
  return { ...figure.chart(panel), title: { text: panel.title, subtitle, ...warning } };
}

function isFiltered({ panels }: Figure, { key, variables }: FigurePanel): boolean {
  const own = panels.find((panel) => panel.key === key)?.variables.where;
  return variables.where !== own;
}
