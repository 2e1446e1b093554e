import type { EmbedOptions, Result, VisualizationSpec } from 'vega-embed';
import { chartConfig, type ChartTheme } from '../../figures/charts/chart-theme.ts';

/** A Vega-Lite specification in JSON, without data. */
export type ChartSpec = Readonly<Record<string, unknown>>;
/** Rows by the names that the specification has for them. */
export type ChartRows = Readonly<Record<string, readonly unknown[]>>;

/** Loaded when the first chart is drawn: it is most of the page's script. */
async function loadEmbed() {
  const [{ default: embed }, { expressionInterpreter }] = await Promise.all([
    import('vega-embed'),
    import('vega-interpreter'),
  ]);
  return { embed, expressionInterpreter };
}

/** Begins to load the drawing library before there is anything to draw. */
export function preloadCharts(): void {
  void loadEmbed();
}

export interface DrawOptions {
  readonly theme: ChartTheme;
  /** Height of the plot in pixels; unset, as the specification says. */
  readonly height?: number | undefined;
  /** Width in pixels; unset, as wide as the element. */
  readonly width?: number | undefined;
  readonly legend: boolean;
}

/** Draws into an element. Expressions are interpreted, since the page may not evaluate strings. */
export async function draw(
  element: HTMLElement,
  spec: ChartSpec,
  rows: ChartRows,
  { theme, height, width, legend }: DrawOptions,
): Promise<Result> {
  const { embed, expressionInterpreter } = await loadEmbed();
  const config = chartConfig(theme);
  const sized = {
    ...spec,
    // Copies: Vega writes into the rows that it is given.
    datasets: structuredClone(rows),
    width: width ?? 'container',
    ...(height !== undefined && { height }),
    autosize: { type: 'fit', contains: 'padding' },
  };
  const options: EmbedOptions = {
    mode: 'vega-lite',
    actions: false,
    renderer: 'svg',
    ast: true,
    expr: expressionInterpreter,
    config: {
      ...config,
      ...(legend ? {} : { legend: { disable: true } }),
    } as NonNullable<Exclude<EmbedOptions['config'], string>>,
    tooltip: { theme },
    // Errors alone: a layer without rows warns that it has no extent.
    logLevel: 1,
  };
  return embed(element, sized as unknown as VisualizationSpec, options);
}

/** The chart as a file, with its title and legend, whatever the size on the screen. */
export async function drawFile(
  spec: ChartSpec,
  rows: ChartRows,
  format: 'svg' | 'png',
  theme: ChartTheme,
): Promise<Blob> {
  const element = document.createElement('div');
  const { view, finalize } = await draw(element, spec, rows, {
    theme,
    width: 860,
    height: 400,
    legend: true,
  });
  try {
    if (format === 'svg') return new Blob([await view.toSVG()], { type: 'image/svg+xml' });
    const canvas = (await view.toCanvas(2)) as HTMLCanvasElement;
    return await new Promise((resolve, reject) => {
      canvas.toBlob((blob) => (blob === null ? reject(new Error('The picture is empty.')) : resolve(blob)));
    });
  } finally {
    finalize();
  }
}
