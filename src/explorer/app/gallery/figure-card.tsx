import { writeAddress } from '../../shared/address.ts';
import { useTheme } from '../../shared/theme.ts';
import type { DatasetChoice } from '../datasets.ts';
import type { GalleryFigure } from './gallery-query.ts';
import { drawnFrom, inWords } from './sections.ts';

export interface FigureCardProps {
  readonly figure: GalleryFigure;
  readonly datasets: readonly DatasetChoice[];
}

/** A small picture with number, title and question; all of it leads to the figure. */
export function FigureCard({ figure, datasets }: FigureCardProps) {
  const { id, number, title, question, coverage } = figure;
  const datasetNamed = (name: string): DatasetChoice | undefined =>
    datasets.find((dataset) => dataset.id === name);
  const source = drawnFrom(figure, (name) => datasetNamed(name)?.synthetic === true);
  const dataset = source === null ? undefined : datasetNamed(source.dataset);
  const address = `/figures/${id}${writeAddress({ dataset: source?.dataset ?? null })}`;
  return (
    <li class="card">
      <a href={address}>
        {source !== null && dataset?.visibility === 'PUBLIC' ? (
          <Picture id={id} release={source.release} />
        ) : (
          <span class="picture no-picture" aria-hidden="true">
            {source === null ? 'no data set carries it' : 'partner data: open to draw'}
          </span>
        )}
        <h3>
          <span class="card-number">{number}</span> {title}
        </h3>
      </a>
      <p class="card-question">{question}</p>
      {!coverage.covered && (
        <p class="card-lack">
          {datasetNamed(coverage.dataset)?.title ?? coverage.dataset} lacks {inWords(coverage.missing)}
          {dataset !== undefined && (
            <>
              ; drawn from <em>{dataset.title}</em>
              {dataset.synthetic && <strong class="tag-synthetic">synthetic</strong>}
            </>
          )}
        </p>
      )}
    </li>
  );
}

function Picture({ id, release }: { readonly id: string; readonly release: string }) {
  const theme = useTheme();
  const query = new URLSearchParams({ release, theme });
  return (
    <img
      class="picture"
      src={`/figures/${id}.svg?${query.toString()}`}
      alt=""
      loading="lazy"
      decoding="async"
      width={300}
      height={150}
    />
  );
}
