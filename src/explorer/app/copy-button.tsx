import { useState } from 'preact/hooks';

/** Copies a text, and says whether it could. */
export function CopyButton({ text, name }: { readonly text: string; readonly name: string }) {
  const [outcome, setOutcome] = useState('');
  const copy = async (): Promise<void> => {
    try {
      await navigator.clipboard.writeText(text);
      setOutcome('Copied.');
    } catch {
      setOutcome('The browser does not allow copying: select the text below.');
    }
  };
  return (
    <>
      <button type="button" onClick={() => void copy()}>
        Copy {name}
      </button>
      <span role="status" class="hint">
        {outcome}
      </span>
    </>
  );
}
