import { CopyButton } from '../copy-button.tsx';
import type { FigureFacts } from './figure-query.ts';

export interface QueryPartProps {
  readonly figure: FigureFacts;
  readonly dataset: string;
  readonly release: string;
}

/** The query that the form wrote: anyone can send it. */
export function QueryPart({ figure, dataset, release }: QueryPartProps) {
  const { id, document, panels } = figure;
  const variables = { dataset, release, ...panels[0]?.variables };
  const text = JSON.stringify(variables, null, 2);
  const playground = new URLSearchParams({ figure: id, variables: JSON.stringify(variables) });
  return (
    <section aria-labelledby="query-heading">
      <h2 id="query-heading">Query</h2>
      <p>
        <a class="button" href={`/playground?${playground.toString()}`}>
          Open in the playground
        </a>{' '}
        <CopyButton text={document.text} name="document" /> <CopyButton text={text} name="variables" />
      </p>
      <details>
        <summary>
          Document <code>{document.name}</code> and variables
        </summary>
        <pre tabIndex={0} aria-label="Document">
          <code>{document.text}</code>
        </pre>
        <h3>Variables{panels.length > 1 ? ` of ${panels[0]?.title ?? ''}` : ''}</h3>
        <pre tabIndex={0} aria-label="Variables">
          <code>{text}</code>
        </pre>
      </details>
    </section>
  );
}
