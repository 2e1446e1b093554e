import { useEffect, useRef, useState } from 'preact/hooks';
import type { Result } from 'vega-embed';
import { draw, drawFile, type ChartRows, type ChartSpec } from './draw.ts';
import { hasLegend, Legend, marksOf, readLegend, type LegendEntry } from './legend.tsx';
import { RowsTable } from './rows-table.tsx';
import { saveFile } from './save-file.ts';
import { useTheme } from './theme.ts';

export interface ChartProps {
  readonly spec: ChartSpec;
  readonly rows: ChartRows;
  /** What the chart shows, for those who can not see it. */
  readonly label: string;
  /** Name of saved files, without their ending. */
  readonly fileName: string;
  /** Height of the plot in pixels. */
  readonly height?: number;
  /** Called with days `[from, to)` when a stretch of time was dragged over; where it is given, charts can be brushed. */
  readonly onBrush?: (from: string, to: string) => void;
  /** Id of a table of the same rows on the page; without it the chart brings one for screen readers. */
  readonly tableId?: string;
  /** Series that are switched off, where the page keeps them; without, the chart does. */
  readonly hidden?: readonly string[];
  readonly onHiddenChange?: (hidden: readonly string[]) => void;
  /** Without buttons to save pictures. */
  readonly bare?: boolean;
}

/** Draws a specification from rows: as wide as its place, with a legend that switches series off and on. */
export function Chart(props: ChartProps) {
  const { spec, rows, label, fileName, height, onBrush, tableId, bare = false } = props;
  const place = useRef<HTMLDivElement>(null);
  const view = useRef<Result['view'] | null>(null);
  const [entries, setEntries] = useState<readonly LegendEntry[]>([]);
  const [ownHidden, setOwnHidden] = useState<readonly string[]>([]);
  const { hidden = ownHidden, onHiddenChange = setOwnHidden } = props;
  const [failure, setFailure] = useState<string | null>(null);
  const theme = useTheme();
  const latestBrush = useRef(onBrush);
  latestBrush.current = onBrush;
  const canBrush = onBrush !== undefined && withBrush(spec) !== spec;

  const drawing = JSON.stringify([spec, rows]);
  useEffect(() => {
    const element = place.current;
    if (element === null) return;
    let ended = false;
    let finalize = (): void => undefined;
    const asked = canBrush ? withBrush(spec) : spec;
    draw(element, withoutTitle(asked), rows, { theme, height, legend: false }).then(
      (result) => {
        if (ended) return result.finalize();
        finalize = result.finalize;
        // The element around it has the label; marks within would be read out as pictures without one.
        element.querySelector('svg')?.setAttribute('aria-hidden', 'true');
        view.current = result.view;
        setFailure(null);
        setEntries(hasLegend(spec) ? readLegend(result.view) : []);
        followBrush(result.view, (from, to) => latestBrush.current?.(from, to));
      },
      (error: unknown) => {
        if (!ended) setFailure(error instanceof Error ? error.message : String(error));
      },
    );
    return () => {
      ended = true;
      view.current = null;
      finalize();
    };
    // The text stands for specification and rows, which are made anew at every drawing.
  }, [drawing, theme, height, canBrush]);

  useEffect(() => {
    const drawn = view.current;
    if (drawn === null || !hasSignal(drawn, 'hidden')) return;
    void drawn.signal('hidden', [...hidden]).runAsync();
  }, [hidden.join('\n'), entries]);

  const save = async (format: 'svg' | 'png'): Promise<void> => {
    saveFile(await drawFile(spec, rows, format, theme), `${fileName}.${format}`);
  };

  return (
    <figure class="chart">
      <div
        ref={place}
        class="chart-plot"
        role="img"
        aria-label={label}
        {...(tableId !== undefined && { 'aria-describedby': tableId })}
      />
      {failure !== null && (
        <p class="notice notice-problem" role="alert">
          The chart can not be drawn: {failure}
        </p>
      )}
      <Legend entries={entries} hidden={hidden} marks={marksOf(rows)} onChange={onHiddenChange} />
      {!bare && (
        <p class="chart-tools">
          {canBrush && <span class="hint">Drag over the chart to choose a stretch of time.</span>}
          <button type="button" class="quiet" onClick={() => void save('svg')}>
            Save SVG
          </button>
          <button type="button" class="quiet" onClick={() => void save('png')}>
            Save PNG
          </button>
        </p>
      )}
      {tableId === undefined && (
        <div class="visually-hidden">
          <RowsTable rows={rows.rows ?? []} caption={label} />
        </div>
      )}
    </figure>
  );
}

/** The page has a heading of its own; what stands as a warning below a title stays in the chart. */
function withoutTitle({ title, ...spec }: ChartSpec): ChartSpec {
  const { subtitle, subtitleColor } = (title ?? {}) as { subtitle?: unknown; subtitleColor?: string };
  if (!Array.isArray(subtitle)) return spec;
  return {
    ...spec,
    title: { text: String(subtitle[0]), color: subtitleColor, anchor: 'end', fontSize: 11, offset: 4 },
  };
}

type View = Result['view'];

/** An interval over the horizontal axis, where that is time. Of layers, the first carries it. */
export function withBrush(spec: ChartSpec): ChartSpec {
  const brush = { name: 'brush', select: { type: 'interval', encodings: ['x'] } };
  const [first, ...others] = (spec.layer as ChartSpec[] | undefined) ?? [];
  const unit = first ?? spec;
  const x = (unit.encoding as { x?: { type?: string } } | undefined)?.x;
  if (x?.type !== 'temporal') return spec;
  const brushed = { ...unit, params: [...((unit.params as unknown[] | undefined) ?? []), brush] };
  return first === undefined ? brushed : { ...spec, layer: [brushed, ...others] };
}

/** Tells the stretch once the pointer is let go. */
function followBrush(view: View, tell: (from: string, to: string) => void): void {
  if (!hasSignal(view, 'brush')) return;
  let stretch: [number, number] | null = null;
  view.addSignalListener('brush', (_name, value: Record<string, unknown> | null) => {
    const [range] = Object.values(value ?? {});
    stretch = Array.isArray(range) && range.length > 1 ? [Number(range[0]), Number(range.at(-1))] : null;
  });
  const release = (): void => {
    if (stretch === null) return;
    const [from, to] = stretch.map(dayOf);
    stretch = null;
    if (from !== undefined && to !== undefined && from < to) tell(from, to);
  };
  view.container()?.addEventListener('pointerup', release);
  view.container()?.addEventListener('pointerleave', release);
}

function dayOf(time: number): string {
  return new Date(time).toISOString().slice(0, 10);
}

/** `getState` knows the signals; asking for one that is not there is an error. */
function hasSignal(view: View, name: string): boolean {
  return name in (view.getState().signals ?? {});
}
