/** The visitor's API key: kept for this tab, sent in a header, never part of an address. */

const place = 'token-atlas-key';
const listeners = new Set<() => void>();

export function readKey(): string | null {
  try {
    return sessionStorage.getItem(place);
  } catch {
    // A frame may be denied storage: then there is no key.
    return null;
  }
}

export function rememberKey(key: string): void {
  sessionStorage.setItem(place, key.trim());
  tellListeners();
}

export function forgetKey(): void {
  sessionStorage.removeItem(place);
  tellListeners();
}

/** Calls back after every change of the key; returns what ends that. */
export function onKeyChange(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

function tellListeners(): void {
  for (const listener of listeners) listener();
}
