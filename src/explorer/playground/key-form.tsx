import { useEffect, useState, type SyntheticEvent } from 'react';
import { ask } from '../shared/client.ts';
import { forgetKey, rememberKey } from '../shared/key.ts';
import { useKey } from './use-key.ts';

interface Viewer {
  readonly viewer: {
    readonly key: { readonly name: string; readonly expiresAt: string | null } | null;
  };
}

/** Takes an API key for this tab, and says whose it is or why it is refused. */
export function KeyForm() {
  const key = useKey();
  const [text, setText] = useState('');
  const [state, setState] = useState('');

  useEffect(() => {
    const abort = new AbortController();
    setState('');
    if (key === null) return;
    ask<Viewer>('{ viewer { key { name expiresAt } } }', {}, { signal: abort.signal }).then(
      ({ data }) => setState(describe(data.viewer.key)),
      (problem: Error) => {
        if (!abort.signal.aborted) setState(problem.message);
      },
    );
    return () => abort.abort();
  }, [key]);

  const submit = (event: SyntheticEvent): void => {
    event.preventDefault();
    rememberKey(text);
    setText('');
  };

  return (
    <form className="key" onSubmit={submit}>
      {key === null ? (
        <>
          <label htmlFor="key">API key</label>
          <input
            id="key"
            type="password"
            autoComplete="off"
            placeholder="for data sets of partners"
            value={text}
            onChange={({ target }) => setText(target.value)}
          />
          <button type="submit" disabled={text.trim() === ''}>
            Use
          </button>
        </>
      ) : (
        <>
          <output>{state}</output>
          <button type="button" onClick={forgetKey}>
            Forget the key
          </button>
        </>
      )}
    </form>
  );
}

function describe(key: Viewer['viewer']['key']): string {
  if (key === null) return 'This server takes no keys.';
  return key.expiresAt === null
    ? `Key of ${key.name}`
    : `Key of ${key.name}, until ${key.expiresAt.slice(0, 10)}`;
}
