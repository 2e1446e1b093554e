import type { Result } from 'vega-embed';
import { valueAt } from './columns.ts';
import type { ChartRows, ChartSpec } from './draw.ts';

export interface LegendEntry {
  readonly series: string;
  readonly colour: string;
}

/** More entries than this are no legend any more: the tooltip names them. */
const most = 24;

/** The series of a chart with their colours, in the order of its scale. */
export function readLegend(view: Result['view']): LegendEntry[] {
  const scale = scaleOf(view);
  if (scale === null) return [];
  const domain = scale.domain().map(String);
  if (domain.length < 1 || domain.length > most) return [];
  return domain.map((series) => ({ series, colour: String(scale(series)) }));
}

interface ColourScale {
  (value: string): unknown;
  domain(): unknown[];
}

function scaleOf(view: Result['view']): ColourScale | null {
  try {
    return view.scale('color') as ColourScale;
  } catch {
    // The chart has no colours.
    return null;
  }
}

/** Not where every colour of the specification is without one. */
export function hasLegend(spec: ChartSpec): boolean {
  const units = [spec, ...((spec.layer as ChartSpec[] | undefined) ?? [])];
  const colours = units.flatMap(({ encoding }) => {
    const { color } = (encoding ?? {}) as { color?: { field?: string; legend?: unknown } };
    return color?.field === undefined ? [] : [color];
  });
  return colours.some(({ legend }) => legend !== null);
}

/** How a chart draws what is not whole. */
export type LegendMark = 'hatched' | 'dashed';

const meanings: Readonly<Record<LegendMark, string>> = {
  hatched: 'not covered to the end of the period',
  dashed: 'the period is not over',
};

/** Hatched are periods of usage, dashed those of cohorts. */
export function marksOf({ rows = [] }: ChartRows): LegendMark[] {
  const isIncomplete = (part: unknown): boolean => valueAt(part, 'complete') === false;
  const partsOf = (row: unknown): unknown[] => (valueAt(row, 'periods') as unknown[] | undefined) ?? [];
  return [
    ...(rows.some((row) => isIncomplete(valueAt(row, 'period'))) ? (['hatched'] as const) : []),
    ...(rows.some((row) => partsOf(row).some(isIncomplete)) ? (['dashed'] as const) : []),
  ];
}

export interface LegendProps {
  readonly entries: readonly LegendEntry[];
  readonly hidden: readonly string[];
  readonly marks: readonly LegendMark[];
  readonly onChange: (hidden: readonly string[]) => void;
}

/** Buttons, so that series can be switched by keyboard too. */
export function Legend({ entries, hidden, marks, onChange }: LegendProps) {
  if (entries.length === 0 && marks.length === 0) return null;
  const toggle = (series: string): void =>
    onChange(hidden.includes(series) ? hidden.filter((each) => each !== series) : [...hidden, series]);
  return (
    <ul class="legend" aria-label="Legend; press a series to hide or show it">
      {entries.map(({ series, colour }) => (
        <li key={series}>
          <button
            type="button"
            class="legend-entry"
            aria-pressed={!hidden.includes(series)}
            onClick={() => toggle(series)}
          >
            <span class="legend-mark" style={{ background: colour }} aria-hidden="true" />
            {series}
          </button>
        </li>
      ))}
      {marks.map((mark) => (
        <li key={mark} class="legend-note">
          <span class={`legend-mark ${mark}`} aria-hidden="true" />
          {meanings[mark]}
        </li>
      ))}
    </ul>
  );
}
