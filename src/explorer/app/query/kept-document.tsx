import { CopyButton } from '../copy-button.tsx';
import type { Permalink } from './permalink.ts';

export interface KeptDocumentProps {
  readonly permalink: Permalink;
  readonly address: string;
  readonly document: string;
}

/** The document with its variables, and where else it can be run. */
export function KeptDocument({ permalink: { variables }, address, document }: KeptDocumentProps) {
  const playground = new URLSearchParams({ query: document, ...(variables !== '' && { variables }) });
  const whole = new URL(address, location.origin).toString();
  return (
    <section aria-labelledby="document-heading">
      <h2 id="document-heading">Query</h2>
      <p>
        <a class="button" href={`/playground?${playground.toString()}`}>
          Open in the playground
        </a>{' '}
        <CopyButton text={document} name="document" /> <CopyButton text={whole} name="permanent address" />
      </p>
      <p class="hint">The playground asks the latest releases unless the document names others.</p>
      <pre tabIndex={0} aria-label="Document">
        <code>{document}</code>
      </pre>
      {variables !== '' && (
        <>
          <h3>Variables</h3>
          <pre tabIndex={0} aria-label="Variables">
            <code>{indented(variables)}</code>
          </pre>
        </>
      )}
    </section>
  );
}

/** What is no JSON is shown as it is: the server refuses it and says why. */
function indented(text: string): string {
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    return text;
  }
}
