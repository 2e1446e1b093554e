import type { ChartSpec } from '../figure.ts';

export type ChartTheme = 'light' | 'dark';

/** Told apart by most people with colour-blindness, and legible on white as on near-black. */
const seriesColours = [
  '#4269d0',
  '#efb118',
  '#ff725c',
  '#6cc5b0',
  '#3ca951',
  '#ff8ab7',
  '#a463f2',
  '#97bbf5',
  '#9c6b4e',
  '#9498a0',
  '#2f8f9d',
  '#c9b400',
  '#d0427c',
  '#7f9f3f',
  '#5a5fb0',
  '#c98a5a',
];

const inks = {
  light: { background: '#ffffff', text: '#1c1e21', soft: '#5a6068', line: '#d9dce0' },
  dark: { background: '#15171a', text: '#e6e8eb', soft: '#a3a9b2', line: '#363b42' },
} as const;

const font = 'system-ui, -apple-system, "Segoe UI", Roboto, "Liberation Sans", Arial, sans-serif';

/** Vega-Lite's `config` for a theme: on the page and for pictures alike. */
export function chartConfig(theme: ChartTheme): ChartSpec {
  const { background, text, soft, line } = inks[theme];
  return {
    background,
    font,
    view: { stroke: null },
    range: { category: seriesColours, ordinal: { scheme: theme === 'light' ? 'viridis' : 'plasma' } },
    axis: {
      domainColor: line,
      gridColor: line,
      gridOpacity: 0.7,
      tickColor: line,
      labelColor: soft,
      titleColor: soft,
      labelFontSize: 11,
      titleFontSize: 11,
      titleFontWeight: 'normal',
    },
    legend: { labelColor: text, titleColor: soft, titleFontWeight: 'normal', labelLimit: 200 },
    title: {
      color: text,
      subtitleColor: soft,
      anchor: 'start',
      fontSize: 14,
      subtitleFontSize: 11,
      offset: 12,
    },
    text: { color: text },
    rule: { color: soft },
  };
}
