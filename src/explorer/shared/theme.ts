import { useEffect, useState } from 'preact/hooks';

export type Theme = 'light' | 'dark';
/** What the visitor chose; `system` follows the system's setting. */
export type ThemeChoice = Theme | 'system';

const place = 'token-atlas-theme';
const dark = matchMedia('(prefers-color-scheme: dark)');
const listeners = new Set<() => void>();

export function themeChoice(): ThemeChoice {
  try {
    const kept = localStorage.getItem(place);
    return kept === 'light' || kept === 'dark' ? kept : 'system';
  } catch {
    return 'system';
  }
}

let forced: Theme | null = null;

/** For pages in frames of others, which have one theme whatever the visitor chose elsewhere. */
export function forceTheme(theme: Theme): void {
  forced = theme;
}

export function currentTheme(): Theme {
  if (forced !== null) return forced;
  const choice = themeChoice();
  return choice === 'system' ? (dark.matches ? 'dark' : 'light') : choice;
}

/** Marks the document, which the style sheet reads. To be called before the first drawing. */
export function applyTheme(): void {
  document.documentElement.dataset.theme = currentTheme();
}

export function chooseTheme(choice: ThemeChoice): void {
  if (choice === 'system') localStorage.removeItem(place);
  else localStorage.setItem(place, choice);
  applyTheme();
  for (const listener of listeners) listener();
}

/** The theme that is shown, kept up with the system's and the visitor's changes. */
export function useTheme(): Theme {
  const [theme, setTheme] = useState(currentTheme);
  useEffect(() => {
    const follow = (): void => {
      applyTheme();
      setTheme(currentTheme());
    };
    dark.addEventListener('change', follow);
    listeners.add(follow);
    return () => {
      dark.removeEventListener('change', follow);
      listeners.delete(follow);
    };
  }, []);
  return theme;
}
