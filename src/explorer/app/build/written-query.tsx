import { CopyButton } from '../copy-button.tsx';

/** The query as it stands, to be taken elsewhere. */
export function WrittenQuery({ document }: { readonly document: string }) {
  const playground = `/playground?${new URLSearchParams({ query: document }).toString()}`;
  return (
    <details class="written-query" open>
      <summary>GraphQL</summary>
      <pre tabIndex={0} aria-label="Query">
        <code>{document}</code>
      </pre>
      <p>
        <CopyButton text={document} name="query" />{' '}
        <a class="button" href={playground}>
          Open in the playground
        </a>
      </p>
    </details>
  );
}
