import type { Figure, PublishedValue as PublishedRecord } from '../../figures/figure.ts';
import type { PublishedValue } from './figure.type.ts';

/** A value of the study as the API promises it. */
export function toPublished(value: PublishedRecord, { readings }: Figure): PublishedValue {
  return {
    ...value,
    label: labelOf(value),
    published: value.text,
    unit: readings[value.reading]?.unit ?? '',
  };
}

/** Group and period in one, with the panel where a figure has several. */
export function labelOf({ panel, series, period }: PublishedRecord): string {
  return [panel === 'all' ? '' : panel, series, period].filter((part) => part !== '').join(', ');
}
