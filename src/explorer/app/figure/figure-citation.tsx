import { useAnswer } from '../../shared/use-answer.ts';
import { CopyButton } from '../copy-button.tsx';
import { citationQuery, type CitationAnswer } from './citation-query.ts';

/** How to cite the release that was drawn. */
export function FigureCitation({ release }: { readonly release: string }) {
  const { answer } = useAnswer<CitationAnswer>(citationQuery, { release });
  const found = answer?.data.release;
  if (!found) return null;
  const { text, bibtex, url } = found.citation;
  return (
    <section aria-labelledby="citation-heading">
      <h2 id="citation-heading">Cite</h2>
      <p>{text}</p>
      <p>
        <CopyButton text={text} name="citation" /> <CopyButton text={bibtex} name="BibTeX" />
      </p>
      <p class="small">
        Release <a href={url}>{found.id}</a>, published {found.publishedAt.slice(0, 10)}; licence{' '}
        {found.licence}.
      </p>
    </section>
  );
}
