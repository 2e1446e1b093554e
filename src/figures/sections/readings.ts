import type { FigurePanel, Reading } from '../figure.ts';

export const ofPeriod = { period: 'period.start', complete: 'period.complete' } as const;

/** Share of tokens by group and period. */
export function sharesOf(series: string, title: string, more: Partial<Reading> = {}): Reading {
  return {
    title,
    unit: '%',
    rows: 'usage.rows',
    series,
    ...ofPeriod,
    value: 'share',
    factor: 100,
    absent: 0,
    ...more,
  };
}

/** The only chart of a figure. */
export function onePanel(title: string, variables: FigurePanel['variables'] = {}): FigurePanel[] {
  return [{ key: 'all', title, variables }];
}
