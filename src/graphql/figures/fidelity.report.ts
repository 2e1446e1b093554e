import type { Fidelity } from '../../figures/fidelity.ts';
import type { Figure } from '../../figures/figure.ts';
import type { Dataset, Release } from '../../measures/release.ts';
import type { FigureFidelity } from './fidelity.type.ts';
import { toPublished } from './published-value.ts';

interface Computed {
  readonly release: Release;
  readonly dataset: Dataset;
  readonly notes: string[];
}

/** A comparison as the API promises it. */
export function toFidelity(
  figure: Figure,
  { values, errors, words, agreeing }: Fidelity,
  { release, dataset, notes }: Computed,
): FigureFidelity {
  const [first] = Object.keys(figure.readings);
  const own = errors.find(({ reading }) => reading === first);
  return {
    release: release.id,
    citation: { release },
    synthetic: dataset.synthetic,
    values: values.map((value) => ({ ...value, ...toPublished(value, figure) })),
    compared: own?.compared ?? 0,
    meanAbsoluteError: own?.meanAbsoluteError ?? null,
    unit: own?.unit ?? null,
    errors: [...errors],
    words,
    agreeing,
    notes,
  };
}
