import type { ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';
import { fetchFile } from './fetch-file.ts';
import { readKey } from './key.ts';
import { Problem } from './problem.ts';

export interface DownloadLinkProps {
  /** As the API gives it: on this server, by whatever name the visitor reaches it. */
  readonly url: string;
  /** What the link gets, for those who do not see what it stands beside; begins with its text. */
  readonly label: string;
  readonly children: ComponentChildren;
}

/** A plain link to a file; where the visitor has a key, the file is fetched with it. */
export function DownloadLink({ url, label, children }: DownloadLinkProps) {
  const [state, setState] = useState<'idle' | 'fetching' | Problem>('idle');
  const address = localAddress(url);
  const follow = (event: MouseEvent): void => {
    if (readKey() === null) return;
    event.preventDefault();
    if (state === 'fetching') return;
    setState('fetching');
    fetchFile(address).then(
      () => setState('idle'),
      (error: unknown) =>
        setState(error instanceof Problem ? error : new Problem('UNREADABLE', String(error))),
    );
  };
  return (
    <>
      <a href={address} download aria-label={label} aria-busy={state === 'fetching'} onClick={follow}>
        {children}
        {state === 'fetching' && ' …'}
      </a>
      {state instanceof Problem && (
        <span class="download-problem" role="alert">
          {state.message} <code>{state.code}</code>
        </span>
      )}
    </>
  );
}

function localAddress(url: string): string {
  const { pathname, search } = new URL(url, location.origin);
  return pathname + search;
}
