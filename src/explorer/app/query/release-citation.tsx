import { SyntheticNotice } from '../../shared/notice.tsx';
import { useAnswer } from '../../shared/use-answer.ts';
import { CopyButton } from '../copy-button.tsx';
import { releaseQuery, type ReleaseAnswer } from './release-query.ts';

export interface ReleaseCitationProps {
  readonly release: string;
  /** Above the answer, whether it is synthetic; below, how to cite it. */
  readonly part: 'notice' | 'citation';
}

/** What a reader should know of a release that answered. */
export function ReleaseCitation({ release, part }: ReleaseCitationProps) {
  const { answer } = useAnswer<ReleaseAnswer>(releaseQuery, { release });
  const found = answer?.data.release;
  if (!found) return null;
  const { id, publishedAt, licence, dataset, citation } = found;
  if (part === 'notice') return dataset.synthetic ? <SyntheticNotice title={dataset.title} /> : null;
  return (
    <section aria-label={`How to cite ${id}`}>
      <h2>Cite</h2>
      <p>{citation.text}</p>
      <p>
        <CopyButton text={citation.text} name="citation" />{' '}
        <CopyButton text={citation.bibtex} name="BibTeX" />
      </p>
      <p class="small">
        Release <a href={`/releases/${id}`}>{id}</a> of {dataset.title}, published {publishedAt.slice(0, 10)};
        licence {licence}. <a href="/releases">All releases</a>
      </p>
    </section>
  );
}
