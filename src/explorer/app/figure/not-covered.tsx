import { writeAddress } from '../../shared/address.ts';
import type { DatasetChoice } from '../datasets.ts';
import { inWords } from '../gallery/sections.ts';
import type { FigureFacts } from './figure-query.ts';

export interface NotCoveredProps {
  readonly figure: FigureFacts;
  readonly datasets: readonly DatasetChoice[];
  readonly dataset: DatasetChoice;
}

/** What the data set lacks for the figure, and which one has it. */
export function NotCovered({ figure, datasets, dataset }: NotCoveredProps) {
  const having = figure.coverageByDataset.filter(({ covered }) => covered);
  return (
    <div class="notice">
      <p>
        <strong>{dataset.title} can not show this figure.</strong> It carries no{' '}
        {inWords(figure.coverage.missing)}.
      </p>
      <ul>
        {having.map(({ dataset: id }) => {
          const other = datasets.find((each) => each.id === id);
          return (
            <li key={id}>
              <a href={`/figures/${figure.id}${writeAddress({ dataset: id })}`}>
                Show it from {other?.title ?? id}
              </a>
              {other?.synthetic === true && <strong class="tag-synthetic">synthetic</strong>}
            </li>
          );
        })}
      </ul>
    </div>
  );
}
