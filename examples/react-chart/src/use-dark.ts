import { useSyncExternalStore } from 'react';

const dark = matchMedia('(prefers-color-scheme: dark)');

/** Whether the visitor's system is set to dark, kept up with its changes. */
export function useDark(): boolean {
  return useSyncExternalStore(follow, () => dark.matches);
}

function follow(tell: () => void): () => void {
  dark.addEventListener('change', tell);
  return () => dark.removeEventListener('change', tell);
}
