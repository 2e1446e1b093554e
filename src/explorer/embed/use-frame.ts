import type { RefObject } from 'preact';
import { useEffect, useState } from 'preact/hooks';

/** Pixels: charts that are lower can not be read. */
const leastPlot = 200;
/** Pixels by which a height may be off before the chart is drawn anew. */
const tolerance = 4;

/**
 * The height of the chart that fills the frame: what the rest of the page leaves. Where that is too little, the page is
 * higher than its frame, and the parent page is told so, which may make the frame higher.
 */
export function useFrame(content: RefObject<HTMLElement | null>): number {
  const [height, setHeight] = useState(leastPlot);
  useEffect(() => {
    const element = content.current;
    if (element === null) return;
    const fit = (): void => {
      const plot = element.querySelector<HTMLElement>('.chart-plot');
      const rest = element.offsetHeight - (plot?.offsetHeight ?? 0);
      const wanted = Math.max(leastPlot, innerHeight - rest);
      setHeight((present) => (Math.abs(wanted - present) > tolerance ? wanted : present));
      tellParent(element.offsetHeight);
    };
    const observer = new ResizeObserver(fit);
    observer.observe(element);
    addEventListener('resize', fit);
    return () => {
      observer.disconnect();
      removeEventListener('resize', fit);
    };
  }, []);
  return height;
}

/** Nothing but a height: any page may know it. */
function tellParent(height: number): void {
  if (window.parent !== window) window.parent.postMessage({ type: 'token-atlas:height', height }, '*');
}
