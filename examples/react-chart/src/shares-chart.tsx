import { useEffect, useRef, useState } from 'react';
import embed, { type EmbedOptions } from 'vega-embed';
import { chartSpec } from './chart-spec.ts';
import { useDark } from './use-dark.ts';
import type { WeeklyPart } from './weekly-parts.ts';

const options: EmbedOptions = {
  renderer: 'svg',
  // A menu to save the picture; its other entries would lead to pages elsewhere.
  actions: { export: true, source: false, compiled: false, editor: false },
};

/** Draws the parts, as wide as the page; anew when they or the theme change. */
export default function SharesChart({ parts }: { readonly parts: readonly WeeklyPart[] }) {
  const place = useRef<HTMLDivElement>(null);
  const [failure, setFailure] = useState<string | null>(null);
  const dark = useDark();

  useEffect(() => {
    // Each drawing in an element of its own: one that is outdated before it is done does not meet the next.
    const plot = document.createElement('div');
    place.current?.append(plot);
    const drawing = embed(plot, chartSpec(parts), dark ? { ...options, theme: 'dark' } : options);
    drawing.then(
      () => setFailure(null),
      (error: unknown) => setFailure(String(error)),
    );
    return () => {
      plot.remove();
      drawing.then(({ finalize }) => finalize()).catch(() => undefined);
    };
  }, [parts, dark]);

  return (
    <>
      {failure !== null && <p role="alert">The chart can not be drawn: {failure}</p>}
      <div ref={place} className="chart" aria-label="Share of tokens by source, week by week" role="figure" />
    </>
  );
}
