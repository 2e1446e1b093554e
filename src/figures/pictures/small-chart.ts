import { chartConfig, type ChartTheme } from '../charts/chart-theme.ts';
import { incompleteLabel } from '../charts/incomplete.ts';
import type { ChartSpec } from '../figure.ts';

const size = { width: 300, height: 150 } as const;

/**
 * A chart as it stands in a gallery: what its caption says is left out, and the axes are sparse. Simulated data
 * are still named on its face.
 */
export function smallChart({ title, layer, ...spec }: ChartSpec, synthetic: boolean): ChartSpec {
  return {
    ...spec,
    ...withoutAxisTitles(spec),
    ...(layer !== undefined && { layer: (layer as ChartSpec[]).filter(hasRoom).map(withoutAxisTitles) }),
    ...size,
    autosize: { type: 'fit', contains: 'padding' },
    padding: 4,
    ...(synthetic && { title: { text: 'SYNTHETIC', anchor: 'end', fontSize: 9, offset: 2 } }),
  };
}

/** The caption says it. */
function withoutAxisTitles({ encoding, ...spec }: ChartSpec): ChartSpec {
  if (encoding === undefined) return spec;
  const { x, y, ...others } = encoding as Record<string, ChartSpec>;
  return {
    ...spec,
    encoding: { ...others, ...(x && { x: { ...x, title: null } }), ...(y && { y: { ...y, title: null } }) },
  };
}

/** Words beside marks would cover them. */
function hasRoom({ name }: ChartSpec): boolean {
  return ![incompleteLabel, 'point-names', 'part-names'].some((words) => String(name).startsWith(words));
}

/** Without titles of axes, and with few labels. */
export function smallConfig(theme: ChartTheme): ChartSpec {
  const config = chartConfig(theme);
  const axis = { ...(config.axis as object), title: null, labelFontSize: 9, labelLimit: 90, tickCount: 4 };
  return {
    ...config,
    background: 'transparent',
    // Names of marks make a picture five times as large, and a picture is named as a whole.
    aria: false,
    axis,
    axisX: { labelOverlap: 'greedy', labelAngle: 0 },
    legend: {
      ...(config.legend as object),
      orient: 'bottom',
      columns: 2,
      title: null,
      labelFontSize: 9,
      labelLimit: 120,
      symbolSize: 40,
      symbolLimit: 6,
      offset: 4,
      padding: 0,
      rowPadding: 0,
      columnPadding: 6,
    },
  };
}
