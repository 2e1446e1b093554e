import { useSyncExternalStore } from 'react';
import { onKeyChange, readKey } from '../shared/key.ts';

/** The visitor's key, for what depends on it. */
export function useKey(): string | null {
  return useSyncExternalStore(onKeyChange, readKey);
}
