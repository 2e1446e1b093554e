import { useEffect, useRef, useState } from 'preact/hooks';
import { forgetKey, onKeyChange, readKey, rememberKey } from './key.ts';

/** Whether there is a key, kept up with its changes. */
export function useHasKey(): boolean {
  const [hasKey, setHasKey] = useState(readKey() !== null);
  useEffect(() => onKeyChange(() => setHasKey(readKey() !== null)), []);
  return hasKey;
}

/** Takes a key, or forgets it. The page stays as it is, and asks again. */
export function KeyDialog({ open, onClose }: { readonly open: boolean; readonly onClose: () => void }) {
  const dialog = useRef<HTMLDialogElement>(null);
  const [text, setText] = useState('');
  const hasKey = useHasKey();
  useEffect(() => {
    if (open) dialog.current?.showModal();
    else dialog.current?.close();
  }, [open]);

  const save = (event: Event): void => {
    event.preventDefault();
    if (text.trim() !== '') rememberKey(text);
    setText('');
    onClose();
  };
  const forget = (): void => {
    forgetKey();
    onClose();
  };
  return (
    <dialog ref={dialog} aria-labelledby="key-heading" onClose={onClose}>
      <form onSubmit={save}>
        <h2 id="key-heading">API key</h2>
        <p class="small">
          A key shows the data sets that it is for and has a quota of its own. It stays in this tab until you
          close it or forget the key, and is sent to this server alone, never in an address.
        </p>
        <label>
          <span class="field-name">{hasKey ? 'Another key' : 'Key'}</span>
          <input
            type="password"
            autocomplete="off"
            spellcheck={false}
            value={text}
            onInput={(event) => setText(event.currentTarget.value)}
          />
        </label>
        <p class="form-row dialog-buttons">
          <button type="submit" class="primary">
            Use this key
          </button>
          {hasKey && (
            <button type="button" onClick={forget}>
              Forget the key
            </button>
          )}
          <button type="button" onClick={onClose}>
            Close
          </button>
        </p>
      </form>
    </dialog>
  );
}
